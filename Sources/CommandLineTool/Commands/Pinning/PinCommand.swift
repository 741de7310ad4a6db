import Notation
import Platform
import PromptReading
import PromptRegistry

/// `stet pin`: which version of a prompt a program reads, in a file beside its code.
struct PinCommand: Command {
  static let usage = """
    pin <ref>… [--from <place>] [--dry-run]
    pin --update [<name>] [--from <place>] [--dry-run]
    pin --remove <name> [--dry-run]
    pin --check [--into <dir>]
    """
  static let namesMeant = NamesMeant.prompts
  static let summary = "write down in 'stet.lock' which versions a program reads"
  static let details = """
    Works in any folder. --from is a registry's folder or the URL of a service; later the URL in the \
    lock is asked. STET_TOKEN is sent to a service that needs one. --update looks again for what was \
    asked for. --check asks nobody: is the lock as it was written, and the vendored folder what it \
    says, and nothing else? With --into that folder has to be there.
    """
  static let examples = """
    stet pin billing/summarise@^1.2 --from https://prompts.example.com
    stet pin --update billing/summarise
    stet pin --check
    """

  private let deed: Deed
  private let from: String?
  private let effect: Effect

  private enum Deed {
    case pin([Reference])
    /// Looks again for one prompt, or for all.
    case update(PromptName?)
    case remove(PromptName)
    /// Also the folder of that name.
    case check(String?)
  }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    from = try arguments.option("--from")
    effect = arguments.effect()
    let into: String? = try arguments.option("--into")
    let removed: PromptName? = try arguments.option("--remove")
    let flag = try arguments.oneFlag(of: "--update", "--check")
    switch (flag, removed) {
    case (let flag?, .some): throw .usage(.contradiction(flag, "--remove"))
    case ("--update", nil): deed = .update(try arguments.optionalWord("<name>"))
    case (.some, nil): deed = .check(into)
    case (nil, let name?): deed = .remove(name)
    case (nil, nil):
      let references = (try arguments.words("<ref>") as [Reference]).withoutRepetitions
      guard !references.isEmpty else { throw .usage(.missingWord("<ref>")) }
      try Self.requireOneOfEach(references)
      deed = .pin(references)
    }
    try arguments.finish()
  }

  /// Refuses two references to one prompt: a lock holds one version of each.
  private static func requireOneOfEach(_ references: [Reference]) throws(CommandError) {
    var known: [PromptName: Reference] = [:]
    for reference in references {
      guard let other = known.updateValue(reference, forKey: reference.name) else { continue }
      throw .usage(.contradiction("\(other)", "\(reference)"))
    }
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let file = try LockFile(session)
    switch deed {
    case .pin(let references): try pin(references, file, session)
    case .update(let name): try update(name, file, session)
    case .remove(let name): try remove(name, file, session)
    case .check(let folder): return try check(file, folder, session)
    }
    return .yes
  }
}

// MARK: - Writing the lock

extension PinCommand {
  private func pin(
    _ references: [Reference], _ file: LockFile, _ session: Session
  ) throws(CommandError) {
    try file.requireAsWritten()
    try write(file, session) { source, lock throws(CommandError) in
      try session.look(for: references, in: source, &lock)
    }
  }

  /// All of a lock that was changed by hand can be looked for again, one of it cannot.
  private func update(
    _ name: PromptName?, _ file: LockFile, _ session: Session
  ) throws(CommandError) {
    let lock = try file.existing(session)
    var pins = lock.pins
    if let name {
      try file.requireAsWritten()
      pins = [try lock.pin(of: name)]
    }
    try write(file, session) { source, lock throws(CommandError) in
      try session.lookAgain(for: pins, in: source, &lock)
    }
  }

  /// Writes the lock after something was looked for where it comes from.
  private func write(
    _ file: LockFile, _ session: Session,
    _ look: (any PinSource, inout PinLock) throws(CommandError) -> [PinMove]
  ) throws(CommandError) {
    let source = try session.pinSource(from, file.lock)
    let standing = try session.standing(of: source, for: file.lock)
    var lock =
      file.lock ?? PinLock(registry: standing.id, url: source.url, entry: standing.entry)
    if let url = source.url { lock.url = url }
    lock.entry = standing.entry
    let moves = try look(source, &lock)
    if effect == .written { try file.write(lock) }
    session.answer(PinReport(entry: lock.entry, effect: effect, moves: moves))
  }

  private func remove(
    _ name: PromptName, _ file: LockFile, _ session: Session
  ) throws(CommandError) {
    var lock = try file.existing(session)
    try file.requireAsWritten()
    _ = try lock.pin(of: name)
    lock.remove(name.text)
    if effect == .written { try file.write(lock) }
    session.answer(PinReport(entry: lock.entry, effect: effect, removed: [name]))
  }
}

extension PinLock {
  fileprivate func pin(of name: PromptName) throws(CommandError) -> Pin {
    guard let pin = self[name.text] else {
      throw .pinning(.notPinned(name, pinned: pins.map(\.name)))
    }
    return pin
  }
}

extension Session {
  /// Puts the versions that some references mean into a lock, with words about what withdraws them
  /// or changes their callers.
  func look(
    for references: [Reference], in source: any PinSource, _ lock: inout PinLock
  ) throws(CommandError) -> [PinMove] {
    var moves: [PinMove] = []
    for reference in references {
      guard !reference.name.isPartial else { throw .pinning(.partial(reference.name)) }
      let found = try source.version(reference)
      let pin = Pin(ask: "\(reference)", found.version, inputs: found.inputs)
      let before = lock[pin.name]
      warn(of: found.caution, pin.name, pin.version)
      if let before, before.inputs != pin.inputs {
        console.say(
          "note: '\(pin.name)' takes \(pin.inputs.joined(separator: ", ").visible) now, "
            + "before it took \(before.inputs.joined(separator: ", ").visible)")
      }
      lock.put(pin)
      moves.append(PinMove(pin: pin, before: before?.version))
    }
    return moves
  }

  /// Looks again for what some pins asked for. In a lock that was changed by hand an ask may mean
  /// another prompt than its pin is named for; that pin goes.
  func lookAgain(
    for pins: [Pin], in source: any PinSource, _ lock: inout PinLock
  ) throws(CommandError) -> [PinMove] {
    let references = try pins.map { pin throws(CommandError) in try pin.reference() }
    let moves = try look(for: references, in: source, &lock)
    for pin in pins where !moves.contains(where: { $0.pin.name == pin.name }) {
      console.say("note: '\(pin.name)' is pinned no longer: '\(pin.ask)' means another prompt")
      lock.remove(pin.name)
    }
    return moves
  }
}

// MARK: - Checking

extension PinCommand {
  private func check(
    _ file: LockFile, _ into: String?, _ session: Session
  ) throws(CommandError) -> Verdict {
    let lock = try file.existing(session)
    var findings: [String] = []
    if !file.isAsWritten { findings.append("'\(PinLock.fileName)' was changed by hand") }
    for pin in lock.pins where !pin.isAsked {
      findings.append("'\(pin.name)' \(pin.version) is not what '\(pin.ask)' means")
    }
    let folder = into ?? Vendor.usualFolder
    let path = session.surroundings.path(folder)
    let isVendored = try platformErrors(in: FileSystem.exists(path))
    if isVendored {
      findings += try session.differences(of: VendoredFolder(path: path), from: lock)
    } else if into != nil {
      findings.append("there is no '\(folder)'")
    }
    switch session.console.form {
    case .json:
      session.console.answer([
        "ok": .bool(findings.isEmpty), "findings": .list(findings.map { ["message": .string($0)] }),
        "vendored": .bool(isVendored),
      ])
    case .text:
      for finding in findings { session.console.answer(finding.visible) }
      if findings.isEmpty {
        let vendored =
          isVendored
          ? ", and every byte in '\(folder)' is theirs"
          : ", and none vendored: there is no '\(folder)'"
        session.console.answer("\(lock.pins.count) pinned\(vendored)")
      }
    }
    return findings.isEmpty ? .yes : .no
  }
}

extension Session {
  /// In what a vendored folder is not what a lock says, a sentence each.
  func differences(
    of folder: VendoredFolder, from lock: PinLock
  ) throws(CommandError) -> [String] {
    var findings: [String] = []
    do throws(ReadingError) {
      guard let copy = try folder.lock() else { throw ReadingError(.noLock(path: folder.path)) }
      if copy != lock { findings.append("'\(folder.path)' was vendored for another lock") }
    } catch {
      findings.append(ErrorReport(error).message)
    }
    for pin in lock.pins {
      do throws(ReadingError) { _ = try folder.text(of: pin) } catch {
        findings.append(ErrorReport(error).message)
      }
    }
    for stray in try platformErrors(in: folder.strays(beside: lock.pins)) {
      findings.append("'\(folder.path)/\(stray)' is nothing that was pinned")
    }
    return findings
  }
}

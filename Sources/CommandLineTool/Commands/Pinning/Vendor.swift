import Contracts
import Keys
import Notation
import Platform
import PromptReading
import PromptRegistry

/// `stet vendor`: the pinned files themselves, so that a program needs no registry to start.
struct Vendor: Command {
  static let usage = "vendor [--into <dir>] [--from <place>] [--frozen] [--dry-run]"
  static let summary = "write the pinned prompts into a folder, each byte checked"
  static let details = """
    One folder a prompt, with the partials frozen into it, and a copy of the lock. What is there \
    already is left alone, so that a second run asks nobody; anything that was not pinned is \
    refused. Where the lock was changed by hand, what the copy does not say too is looked for \
    again; --frozen refuses instead, for builds.
    """
  static let examples = """
    stet vendor --into prompts --frozen
    """

  private let folder: String
  private let from: String?
  private let freedom: Freedom
  private let effect: Effect

  /// Whether versions may be looked for again.
  private enum Freedom { case free, frozen }

  /// Where the files go if nothing else is said.
  static let usualFolder = "vendor/prompts"

  init(_ arguments: consuming Arguments) throws(CommandError) {
    folder = try arguments.option("--into") ?? Self.usualFolder
    from = try arguments.option("--from")
    effect = arguments.effect()
    freedom = arguments.flag("--frozen") ? .frozen : .free
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    var supply = Supply(session, from)
    let vendored = VendoredFolder(path: session.surroundings.path(folder))
    let earlier = try earlierLock(vendored)
    let file = try LockFile(session)
    let lock = try currentLock(file, earlier, &supply, session)
    let strays = try platformErrors(
      in: vendored.strays(beside: lock.pins + (earlier?.pins ?? [])))
    if let stray = strays.first { throw .pinning(.occupied(vendored.path, by: stray)) }
    var written: [String] = []
    for pin in lock.pins where try write(pin, into: vendored, &supply, lock) {
      written.append(pin.name)
    }
    if effect == .written {
      // Now that all it vouches for has been found.
      if !file.isAsWritten { try file.write(lock) }
      try platformErrors { () throws(PlatformError) in
        for leftover in try vendored.strays(beside: lock.pins) { try vendored.remove(leftover) }
        if earlier != lock { try vendored.write(lock) }
      }
    }
    let gone = (earlier?.pins ?? []).map(\.name).filter { lock[$0] == nil }
    session.answer(
      Vendored(
        folder: folder, pins: lock.pins, written: written, removed: gone, effect: effect))
    return .yes
  }

  /// What was vendored before; a copy that is no lock, or was changed by hand, says nothing of it.
  private func earlierLock(_ folder: VendoredFolder) throws(CommandError) -> PinLock? {
    do throws(ReadingError) { return try folder.lock() } catch {
      guard case .lock = error.problem else { throw .reading(error) }
      return nil
    }
  }

  /// The lock; where it was changed by hand, what was not vendored so is looked for again.
  private func currentLock(
    _ file: LockFile, _ earlier: PinLock?, _ supply: inout Supply, _ session: Session
  ) throws(CommandError) -> PinLock {
    var lock = try file.existing(session)
    guard !file.isAsWritten else { return lock }
    switch freedom {
    case .frozen: try file.requireAsWritten()
    case .free: break
    }
    let (source, standing) = try supply.source(for: lock)
    let known = earlier?.registry == lock.registry ? Set(earlier?.pins ?? []) : []
    lock.entry = standing.entry
    let doubtful = lock.pins.filter { !known.contains($0) }
    _ = try session.lookAgain(for: doubtful, in: source, &lock)
    return lock
  }

  /// Writes the files of a pin where they are not what they should be; says whether it had to.
  private func write(
    _ pin: Pin, into folder: VendoredFolder, _ supply: inout Supply, _ lock: PinLock
  ) throws(CommandError) -> Bool {
    // Whatever is wrong with the files, they are about to be replaced.
    guard (try? folder.text(of: pin)) == nil else { return false }
    let reference = try pin.exactReference()
    let found = try supply.source(for: lock).source.version(reference)
    guard found.version.digest == pin.digest else {
      throw .pinning(
        .otherBytes(reference, expected: pin.digest.description, found.version.digest))
    }
    guard Set(found.version.includes) == Set(pin.includes) else {
      throw .pinning(.otherIncludes(pin))
    }
    if effect == .written {
      try platformErrors(in: folder.write(found.text, of: pin))
    }
    return true
  }
}

/// Where missing files come from, asked for the first time when one is missing.
private struct Supply {
  private let session: Session
  private let from: String?
  private var opened: (source: any PinSource, standing: RegistryStanding)?

  init(_ session: Session, _ from: String?) {
    self.session = session
    self.from = from
  }

  mutating func source(
    for lock: PinLock
  ) throws(CommandError) -> (source: any PinSource, standing: RegistryStanding) {
    if let opened { return opened }
    let source = try session.pinSource(from, lock)
    let made = (source, try session.standing(of: source, for: lock))
    opened = made
    return made
  }
}

/// What `vendor` did.
private struct Vendored {
  let folder: String
  let pins: [Pin]
  let written: [String]
  let removed: [String]
  let effect: Effect
}

extension Session {
  fileprivate func answer(_ vendored: Vendored) {
    switch console.form {
    case .json:
      let prompts = vendored.pins.map { pin -> Value in
        [
          "name": .string(pin.name), "version": .string("\(pin.version)"),
          "digest": .string("\(pin.digest)"),
          "written": .bool(vendored.written.contains(pin.name)),
        ]
      }
      console.answer([
        "into": .string(vendored.folder), "prompts": .list(prompts),
        "removed": .list(vendored.removed.map { .string($0) }),
      ])
    case .text:
      let isDone = vendored.effect == .written
      for pin in vendored.pins where vendored.written.contains(pin.name) {
        console.answer("\(isDone ? "wrote" : "would write") \(pin.name) \(pin.version)")
      }
      for name in vendored.removed {
        console.answer("\(isDone ? "removed" : "would remove") \(name)")
      }
      guard isDone else { return }
      console.answer("\(vendored.folder) holds \(vendored.pins.count) pinned, every byte checked")
    }
  }
}

import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet host init`: a bare repository that others share a registry through.
struct HostInit: Command {
  static let usage = "host init <dir> [--dry-run]"
  static let summary = "make a bare repository for others to push to, with its rules in a hook"
  static let details = """
    Nothing in it can be replaced or removed by a push, everything is on the disk before a push is \
    answered, and 'stet hook pre-receive' judges each. Somebody else then begins the registry with \
    'stet init --remote <url>'.
    """
  static let examples = """
    stet host init /srv/git/prompts.git
    """

  private let folder: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    folder = try arguments.word("<dir>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let folder = session.surroundings.path(folder)
    let script = try script(session)
    if try platformErrors({ () throws(PlatformError) in try FileSystem.exists(folder) }) {
      throw .taken(folder)
    }
    if effect == .written {
      try ledgerErrors(in: HostedLedger.create(folder, preReceive: script))
    }
    switch session.console.form {
    case .text:
      let done = effect == .written ? "made" : "would make"
      session.console.answer("\(done) a repository to push to at \(folder)")
    case .json: session.console.answer(["repository": .string(folder)])
    }
    return .yes
  }

  /// The hook: this very program, with the memory of whoever made the repository where whoever
  /// pushes has none of his own.
  private func script(_ session: Session) throws(CommandError) -> String {
    let program = try platformErrors(in: Environment.executablePath())
    let state = session.stateFolder.map { "STET_STATE=\($0.quotedForShell) " } ?? ""
    return "#!/bin/sh\n\(state)exec \(program.quotedForShell) hook pre-receive\n"
  }
}

/// `stet host repair`: a host that plain git has fed what no registry may hold.
struct HostRepair: Command {
  static let usage = "host repair [<dir>] [--dry-run]"
  static let summary = "set a registry back to the newest entry before which everything holds"
  static let details = """
    Every reader stops before an entry that does not hold, so nobody has moved past it. What is \
    taken away stays in the repository under refs/stet/set-aside/.
    """
  static let examples = """
    stet host repair /srv/git/prompts.git
    """

  private let folder: String?
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    folder = try arguments.optionalWord("<dir>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let place =
      if let folder { try Place.named(session.surroundings.path(folder)) } else {
        try Place.find(session)
      }
    let registry = try session.registry(at: place, expectedID: nil)
    let repair = try registryErrors { () throws(RegistryError) in
      switch effect {
      case .written: try registry.repair()
      case .shown: try registry.foreseenRepair()
      }
    }
    switch session.console.form {
    case .text:
      guard let repair else {
        session.console.answer("every entry holds; there is nothing to repair")
        return .yes
      }
      let (done, kept) = effect == .written ? ("set", "is") : ("would set", "would be")
      session.console.answer(
        "\(done) back to entry \(repair.tip.entry.number), as \(repair.broken.message)")
      session.console.answer("what was taken away \(kept) kept as \(repair.keptAs)")
    case .json:
      session.console.answer([
        "repaired": .bool(repair != nil && effect == .written),
        "entry": Field.number(repair?.tip.entry.number),
        "kept_as": repair.map { .string($0.keptAs) } ?? .null,
      ])
    }
    return .yes
  }
}

extension String {
  /// One word to a shell, whatever it holds.
  fileprivate var quotedForShell: String { "'\(replacing("'", with: "'\\''"))'" }
}

import Ledger
import Notation
import PromptRegistry

/// `stet remote set`: a registry that was here alone is shared, or moves to another host.
struct RemoteSet: Command {
  static let usage = "remote set <url> [--dry-run]"
  static let summary = "share this registry through a git host from now on"
  static let details = """
    Sends the whole ledger to an empty repository, such as 'stet host init' makes. Where this \
    registry is there already, it is brought up to it. Anything else there is refused, and nothing \
    is changed.
    """
  static let examples = """
    stet remote set git@git.example.com:prompts.git
    """

  private let address: RemoteAddress
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    address = try arguments.word("<url>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let folder = try opened.workspace().folder
    let remote = session.remote(at: address)
    let standing = try registryErrors { () throws(RegistryError) in
      switch effect {
      case .written: try opened.registry.share(through: remote)
      case .shown: try opened.registry.foreseenShare(through: remote)
      }
    }
    if effect == .written {
      try Workspace.changing(folder) { workspace throws(CommandError) in
        workspace.record.remote = address.text
        try workspace.save()
      }
    }
    let entry = standing.tip?.entry.number ?? opened.state.entry
    switch session.console.form {
    case .text:
      let done = effect == .written ? "shared" : "would be shared"
      session.console.answer("\(done) through \(address), up to entry \(entry)")
    case .json:
      session.console.answer(["remote": .string(address.text), "entry": Field.number(entry)])
    }
    return .yes
  }
}

import Ledger
import Notation
import PromptRegistry

/// `stet remote set`: a registry that was here alone is shared, or moves to another host.
struct RemoteSet: Command {
  static let usage = "remote set <url> [--abandon] [--dry-run]"
  static let summary = "share this registry through a git host from now on"
  static let details = """
    Pulls from the present host, if there is one, and then sends the whole ledger to an empty \
    repository, such as 'stet host init' makes. Where this registry is there already, the older of \
    the two is brought up to the newer. Anything else there is refused, and nothing is \
    changed. --abandon is for a present host that is gone for good: it is not asked, and what only \
    it has is lost.
    """
  static let examples = """
    stet remote set git@git.example.com:prompts.git
    """

  private let address: RemoteAddress
  private let parting: Parting
  private let effect: Effect

  /// Whether the present host is asked for what only it has.
  private enum Parting { case pulled, abandoned }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    parting = arguments.flag("--abandon") ? .abandoned : .pulled
    effect = arguments.effect()
    address = try arguments.word("<url>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.openWhole()
    let folder = try opened.workspace().folder
    let remote = session.remote(at: address)
    let former = try former(of: opened.place, session)
    let standing = try registryErrors { () throws(RegistryError) in
      switch effect {
      case .written: try opened.registry.share(through: remote, insteadOf: former)
      case .shown: try opened.registry.foreseenShare(through: remote, insteadOf: former)
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

  /// The present host, where it is to be asked.
  private func former(of place: Place, _ session: Session) throws(CommandError) -> Remote? {
    guard let present = try session.remote(of: place) else { return nil }
    switch parting {
    case .pulled: return present
    case .abandoned:
      session.console.say(
        "warning: '\(present.address)' is not asked; what others wrote there since the last "
          + "'stet pull' is not in what is shared now")
      return nil
    }
  }
}

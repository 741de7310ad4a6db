import Notation
import PromptRegistry

/// `stet show`: all there is to say of one version.
struct Show: Command {
  static let usage = "show <ref>"
  static let summary = "show a version: record, contract, who approved it, where it is and was live"
  static let details = """
    Without a version the newest one. 'stet show <name>@production' says what is live there and who \
    approved it.
    """
  static let examples = """
    stet show support/triage
    stet show support/triage@production
    """

  private let reference: Reference

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reference = try arguments.word("<ref>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.openWithHistory()
    let view = try opened.explaining { () throws(RegistryError) in
      let version = try opened.state.resolve(reference)
      return try VersionView(version, in: opened.registry, opened.tip)
    }
    switch session.console.form {
    case .json: session.console.answer(view.value)
    case .text: for line in view.lines { session.console.answer(line.visible) }
    }
    return .yes
  }
}

import Notation
import PromptRegistry

/// `stet get`: the source of one version, exactly.
struct Get: Command {
  static let usage = "get <ref>"
  static let summary = "print the source of a version"
  static let details = """
    The bytes of the version, checked against its digest. With --json also its \
    contract, its settings and the partials frozen into it.
    """
  static let examples = """
    stet get support/triage@1.3.0
    stet get support/triage@production --json
    """

  private let reference: Reference

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reference = try arguments.word("<ref>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let resolved = try session.resolve(reference, opened)
    let text = try registryErrors(in: opened.state.frozenText(of: resolved))
    switch session.console.form {
    case .text:
      session.console.answer(exactly: text.source)
    case .json:
      session.console.answer(
        try registryErrors { () throws(RegistryError) in
          let entry = try opened.registry.publication(
            of: resolved.name, resolved.version, from: opened.tip.entry)
          return try text.value(of: resolved, entry: entry)
        })
    }
    return .yes
  }
}

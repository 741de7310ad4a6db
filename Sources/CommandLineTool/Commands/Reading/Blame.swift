import Notation
import PromptRegistry

/// `stet blame`: which version each line came with.
struct Blame: Command {
  static let usage = "blame <ref>"
  static let summary = "show for each line its version, author and reason"
  static let details = """
    With each line stand the version that brought it, who published that, and why.
    """
  static let examples = """
    stet blame support/triage@1.3.0
    """

  private let reference: Reference

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reference = try arguments.word("<ref>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let version = try session.resolve(reference, opened)
    let lines = try registryErrors(in: opened.state.blame(version))
    switch session.console.form {
    case .json: session.console.answer(["lines": .list(lines.map(\.value))])
    case .text:
      let heads = lines.map { Self.head(of: $0.record) }
      let width = heads.map(\.columns).max() ?? 0
      for (line, head) in zip(lines, heads) {
        let gap = String(repeating: " ", count: width - head.columns)
        session.console.answer("\(head)\(gap)  \(line.text)".visible)
      }
    }
    return .yes
  }

  /// How much of a reason stands before a line, in characters.
  private static let reasonLimit = 28

  /// The version, who published it, and why, or what it is where that was not said.
  private static func head(of record: VersionRecord) -> String {
    let reason = ErrorText.oneLine(record.why ?? record.what)
    let shown = reason.count > reasonLimit ? "\(reason.prefix(reasonLimit - 1))…" : reason
    return "\(record.version) \(record.by)  \(shown)"
  }
}

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
      let width = lines.map { "\($0.record.version) \($0.record.by)".count }.max() ?? 0
      for line in lines {
        let head = "\(line.record.version) \(line.record.by)"
        let gap = String(repeating: " ", count: width - head.count)
        session.console.answer("\(head)\(gap)  \(line.text)".visible)
      }
    }
    return .yes
  }
}

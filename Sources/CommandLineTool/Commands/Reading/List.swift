import Contracts
import Notation
import PromptRegistry

/// `stet list`: what there is.
struct List: Command {
  static let usage = "list [<pattern>]"
  static let summary = "list prompts with their highest version and where they are live"
  static let details = """
    A pattern is 'support/*' for one level or 'support/**' for all below.
    """
  static let examples = """
    stet list
    stet list 'support/**'
    """

  private let pattern: NamePattern?

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let text: String? = try arguments.optionalWord("<pattern>")
    pattern = try text.map { text throws(CommandError) in
      guard let pattern = NamePattern(text) else {
        throw .usage(
          .badValue(of: "<pattern>", text: text, expected: "it is written like 'support/**'"))
      }
      return pattern
    }
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let listed = try registryErrors { () throws(RegistryError) in
      var listed: [Listed] = []
      for name in try opened.state.names(matching: pattern) {
        listed.append(try opened.state.listed(name))
      }
      return listed
    }
    switch session.console.form {
    case .json: session.console.answer(["prompts": .list(listed.map(\.value))])
    case .text:
      var table = TextTable("prompt", "highest", "live")
      for prompt in listed {
        let live = prompt.live.map { "\($0.environment) \($0.mark.version)" }
        table.add(
          prompt.name.text + (prompt.isOffered ? "" : " (retired)"),
          prompt.newest?.version.description ?? "-", live.joined(separator: ", "))
      }
      if listed.isEmpty { session.console.say(try emptiness(opened)) }
      for line in table.lines(session.ink) { session.console.answer(line) }
    }
    return .yes
  }

  /// Why nothing is listed.
  private func emptiness(_ opened: Opened) throws(CommandError) -> String {
    guard let pattern else { return "nothing is published yet" }
    let text = "no name matches '\(pattern.text)'"
    guard let below = NamePattern("\(pattern.text)/**") else { return text }
    let names = try registryErrors(in: opened.state.names(matching: below))
    return names.isEmpty ? text : "\(text); '\(below.text)' matches \(names.count)"
  }
}

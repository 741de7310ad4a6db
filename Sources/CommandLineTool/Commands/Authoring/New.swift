import Notation
import Platform
import PromptRegistry
import Templates

/// `stet new`: a file to start from.
struct New: Command {
  static let usage = "new <name> [--chat] [--dry-run]"
  static let summary = "begin a prompt"
  static let details = """
    Writes a prompt with an input schema, a first case and a brief; with --chat one that takes the \
    conversation so far. Nothing is published.
    """
  static let examples = """
    stet new support/triage
    stet new support/chat --chat
    """

  private let name: PromptName
  private let style: Scaffold.Style
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    style = arguments.flag("--chat") ? .chat : .text
    name = try arguments.word("<name>")
    try arguments.finish()
    // A partial has no messages of its own.
    if name.isPartial, style == .chat { throw .usage(.contradiction("--chat", name.text)) }
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let workspace = try opened.workspace()
    let versions = try registryErrors(in: opened.state.versions(of: name))
    guard versions.isEmpty, try workspace.files.draft(name) == nil else {
      throw .registry(.conflict(.exists(name)))
    }
    var draft = Draft(
      name: name,
      source: Array((name.isPartial ? Self.partial : Scaffold.prompt(style)).utf8), start: nil)
    if !name.isPartial {
      // What somebody wrote before the prompt itself stays.
      if try !workspace.files.has(name, .cases) { draft.cases = Array(Scaffold.cases.utf8) }
      if try !workspace.files.has(name, .brief) { draft.brief = Array(Scaffold.brief.utf8) }
    }
    if effect == .written { try workspace.files.write([draft]) }
    let file = workspace.files.file(of: name, .source)
    switch session.console.form {
    case .text: session.console.answer("\(effect == .written ? "wrote" : "would write") \(file)")
    case .json: session.console.answer(["name": .string(name.text), "file": .string(file)])
    }
    return .yes
  }

  private static let partial = "Say what every prompt that includes this shall say.\n"
}

extension Scaffold {
  /// A case that every starting file passes.
  static let cases = """
    # Named inputs, and what must hold of the messages; 'stet check' runs them.
    first:
      input:
        text: A short text.
      expect:
        not-contains: "{{"

    """

  /// A brief to fill in.
  static let brief = """
    # Goal

    What the prompt is for, and for whom.

    # Success metric

    How you will know that it works: what is counted, and which figure is good enough.

    # Guardrails

    What it must never do, whatever it is asked.

    """
}

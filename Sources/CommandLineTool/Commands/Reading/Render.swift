import Contracts
import Notation
import PromptRegistry
import Templates

/// `stet render`: what a model would see.
struct Render: Command {
  static let usage = """
    render <ref> [--input <file>] [-v <key=value>]… [--data <file>] [--unchecked] [--provenance]
    render --file <path> [--partials <dir>] [--input <file>] [-v <key=value>]… [--data <file>] \
    [--unchecked] [--provenance]
    render --raw --file <path> [--partials <dir>] [--input <file>] [-v <key=value>]… \
    [--data <file>] [--escape] [--strict] [--compat]
    """
  static let summary = "show what a model would see"
  static let details = """
    --input is a JSON object of variables; -v gives one, of the type the schema asks for, and \
    'key=@file' reads it from a file. --data is the whole {"input", "messages", "context"}. --file \
    renders a file outside any registry, with partials '_name.prompt' of --partials. --unchecked \
    does not hold the input to its schema. --raw prints the text of a bare template, to which -v \
    gives texts; --escape, --strict and --compat switch on what Handlebars does by itself. '-' is \
    standard input.
    """
  static let examples = """
    stet render support/triage -v ticket="Where is my order?"
    stet render support/triage@1.3.0 --input input.json --json
    stet render --file draft.prompt --partials partials -v ticket=@ticket.txt
    """

  private let reference: String?
  private let file: String?
  private let partials: String?
  private let data: DataArguments
  private let checking: Checking
  private let detail: RenderAnswer.Detail
  private let form: Form

  private enum Checking { case checked, unchecked }
  private enum Form {
    case messages
    case raw(Dialect)
  }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    file = try arguments.option("--file")
    partials = try arguments.option("--partials")
    data = try DataArguments(&arguments)
    checking = arguments.flag("--unchecked") ? .unchecked : .checked
    detail = arguments.flag("--provenance") ? .provenance : .messages
    form = try Self.form(&arguments)
    if case .raw = form, file == nil { throw .usage(.missingOption("--file")) }
    if partials != nil, file == nil { throw .usage(.onlyWith("--partials", "--file")) }
    reference = file == nil ? try arguments.word("<ref>") : nil
    try arguments.finish()
  }

  /// What the other form alone understands is refused: nobody may believe that it was heard.
  private static func form(_ arguments: inout Arguments) throws(CommandError) -> Form {
    var dialect = Dialect.dotprompt
    var switches: [String] = []
    if arguments.flag("--escape") {
      dialect.escaping = .html
      switches.append("--escape")
    }
    if arguments.flag("--strict") {
      dialect.lookup = .strict
      switches.append("--strict")
    }
    if arguments.flag("--compat") {
      dialect.scope = .enclosing
      switches.append("--compat")
    }
    guard arguments.flag("--raw") else {
      if let name = switches.first { throw .usage(.onlyWith(name, "--raw")) }
      return .messages
    }
    for name in ["--unchecked", "--provenance"] where arguments.flag(name) {
      throw .usage(.contradiction("--raw", name))
    }
    return .raw(dialect)
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    switch form {
    case .raw(let dialect): try renderRaw(dialect, session)
    case .messages: try renderMessages(session)
    }
    return .yes
  }
}

// MARK: - Messages

extension Render {
  private func renderMessages(_ session: Session) throws(CommandError) {
    let (compiled, version) = try compiled(session)
    let contract = try registryErrors(in: PromptContract(compiled.prompt))
    let given = try data.read(session, schema: compiled.prompt.inputSchema?.value)
    if checking == .checked {
      let violations = contract.violations(inInput: given.input)
      guard violations.isEmpty else {
        throw .registry(.inputInvalid(version?.name, violations))
      }
    }
    let rendered = try rendered(compiled, given)
    switch session.console.form {
    case .json:
      session.console.answer(
        RenderAnswer(rendered, input: given.input).value(of: version, detail))
    case .text: session.answer(rendered, detail)
    }
  }

  private func rendered(
    _ prompt: CompiledPrompt, _ given: PromptData
  ) throws(CommandError) -> RenderedPrompt {
    do throws(PromptError) {
      return try prompt.render(given)
    } catch {
      if case .rendering(let failure) = error.problem,
        let complaint = data.complaint(about: failure)
      {
        throw complaint
      }
      throw .registry(.badInput(Complaint(error)))
    }
  }

  private func compiled(
    _ session: Session
  ) throws(CommandError) -> (CompiledPrompt, Resolved?) {
    if let file {
      let source = SourceText(
        name: file, bytes: try session.read(file, limit: PromptFile.sizeLimit))
      let candidates = try PartialFiles.names(in: partials, session)
      var failure: CommandError?
      let compiled = try promptErrors { () throws(PromptError) in
        try CompiledPrompt(try Prompt.parse(source), candidates: candidates) { name in
          do throws(CommandError) {
            return try PartialFiles.source(of: name, in: partials, session)
          } catch {
            failure = error
            return nil
          }
        }
      }
      if let failure { throw failure }
      return (compiled, nil)
    }
    guard let reference = self.reference else { throw .usage(.missingWord("<ref>")) }
    let opened = try session.open()
    let meant = try opened.meant(reference, session)
    if case .draft = meant.selector { return (try draft(meant.name, opened), nil) }
    let resolved = try session.resolve(meant, opened)
    let text = try registryErrors(in: opened.state.frozenText(of: resolved))
    return (try registryErrors(in: text.compiled(resolved)), resolved)
  }
}

extension Render {
  private func draft(_ name: PromptName, _ opened: Opened) throws(CommandError) -> CompiledPrompt {
    let files = try opened.workspace().files
    let draft = try files.existingDraft(name)
    return try files.lendingPartials { partial throws(RegistryError) in
      try opened.state.compiled(draft, partial: partial)
    }
  }
}

// MARK: - Raw text

extension Render {
  private func renderRaw(_ dialect: Dialect, _ session: Session) throws(CommandError) {
    guard let file else { throw .usage(.missingOption("--file")) }
    let source = SourceText(name: file, bytes: try session.read(file, limit: PromptFile.sizeLimit))
    let input = try data.readRaw(session)
    let template = try templateErrors(source) { () throws(TemplateError) in
      try Template.parse(source.bytes, name: file, dialect: dialect)
    }
    let partials = try PartialFiles.all(of: template, in: partials, session)
    let compiled = try templateErrors(source) { () throws(TemplateError) in
      try CompiledTemplate(template, partials: partials)
    }
    let rendering: Rendering
    do throws(RenderError) {
      rendering = try compiled.render(input)
    } catch {
      throw data.complaint(about: error) ?? CommandError(error, source, partials)
    }
    switch session.console.form {
    case .json: session.console.answer(["text": .string(rendering.text)])
    case .text: session.console.answer(exactly: rendering.text)
    }
  }
}

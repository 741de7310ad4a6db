import Contracts
import Notation
import Platform
import PromptRegistry
import Templates

/// What a prompt is rendered with, as the command line gives it.
struct DataArguments {
  /// A JSON object of variables.
  let input: String?
  /// `{"input", "messages", "context"}`.
  let data: String?
  /// One variable each.
  let variables: [Variable]

  /// The largest file of input.
  static let sizeLimit = 10 << 20

  init(_ arguments: inout Arguments) throws(CommandError) {
    input = try arguments.option("--input")
    data = try arguments.option("--data")
    variables = try arguments.options("-v")
    var keys: Set<String> = []
    for key in variables.map(\.key) where !keys.insert(key).inserted {
      throw .usage(.givenTwice("-v \(key)"))
    }
  }

  /// Reads everything; a variable by itself lies over the file's.
  func read(_ session: Session, schema: Value?) throws(CommandError) -> PromptData {
    var given = PromptData()
    if let data { given = try whole(data, session) }
    if let input {
      for (key, value) in try object(input, session).entries { given.input[key] = value }
    }
    guard !variables.isEmpty else { return given }
    // A schema that is none is told when the prompt is rendered.
    let compiled = schema.flatMap { try? Schema($0) }
    for variable in variables {
      given.input[variable.key] = try variable.value(under: compiled, session)
    }
    return given
  }

  /// Reads what a bare template is rendered with. Nothing says a type, so a variable by itself is a
  /// text; a file that is all there is may hold any JSON value.
  func readRaw(_ session: Session) throws(CommandError) -> RenderInput {
    if let input, data == nil, variables.isEmpty {
      return RenderInput(variables: try session.json(input, limit: Self.sizeLimit))
    }
    let given = try read(session, schema: nil)
    return RenderInput(
      variables: .map(given.input), context: given.context, messages: given.messages)
  }

  private func whole(_ file: String, _ session: Session) throws(CommandError) -> PromptData {
    let map = try object(file, session, envelope: 1)
    for key in map.keys where !["input", "messages", "context", "docs"].contains(key) {
      throw complaint(
        file, "'\(key)' is unknown", hint: "there are 'input', 'messages' and 'context'")
    }
    var given = PromptData()
    switch map["input"] {
    case .map(let input)?: given.input = input
    case nil, .null?: break
    case _: throw complaint(file, "'input' should be a map", hint: nil)
    }
    switch map["messages"] {
    case .list(let messages)?: given.messages = messages
    case nil, .null?: break
    case _: throw complaint(file, "'messages' should be a list", hint: nil)
    }
    switch map["context"] {
    case .map(let context)?: given.context = context
    case nil, .null?: break
    case _: throw complaint(file, "'context' should be a map", hint: nil)
    }
    given.documents = map["docs"]?.list
    return given
  }

  /// What a complaint calls a file.
  static func shown(_ file: String) -> String { file == "-" ? "standard input" : file }

  private func object(
    _ file: String, _ session: Session, envelope: Int = 0
  ) throws(CommandError) -> ValueMap {
    let value = try session.json(file, limit: Self.sizeLimit, envelope: envelope)
    guard case .map(let map) = value else {
      throw complaint(file, "this should be a JSON object", hint: nil)
    }
    return map
  }

  /// The error of a conversation that is none, which stands in the file of the data and not in the
  /// template; nil for any other.
  func complaint(about error: RenderError) -> CommandError? {
    guard let data, error.isAboutMessages else { return nil }
    return complaint(data, error.message, hint: nil)
  }

  private func complaint(_ file: String, _ message: String, hint: String?) -> CommandError {
    .registry(
      .badInput(
        Complaint(file: Self.shown(file), position: nil, message: message, hint: hint)))
  }
}

/// One variable of a prompt, as `key=value` or `key=@file` gives it.
struct Variable: ArgumentValue, Hashable {
  let key: String
  private let text: String

  /// The file that its value stands in; `-` is standard input.
  var file: String? { text.hasPrefix("@") ? String(text.dropFirst()) : nil }

  /// How usage lines write it.
  static let placeholder = "<key=value>"

  init(argument: String, of name: String) throws(CommandError) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      throw .usage(.badValue(of: name, text: argument, expected: "it is written 'key=value'"))
    }
    key = String(argument[..<equals])
    text = String(argument[argument.index(after: equals)...])
  }

  /// The value of the type that the schema asks for; a text where it asks for none.
  func value(under schema: Schema?, _ session: Session) throws(CommandError) -> Value {
    let text = if let file { try session.text(file) } else { text }
    return schema?.value(of: text, for: key) ?? .string(text)
  }
}

extension Session {
  /// The bytes of a file; `-` is standard input.
  func read(_ file: String, limit: Int) throws(CommandError) -> [UInt8] {
    try platformErrors { () throws(PlatformError) in
      file == "-"
        ? try surroundings.input(limit)
        : try FileSystem.readStream(surroundings.path(file), limit: limit)
    }
  }

  /// The text of a file; `-` is standard input.
  fileprivate func text(_ file: String) throws(CommandError) -> String {
    let bytes = try read(file, limit: DataArguments.sizeLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .platform(.notText(subject: file))
    }
    return text
  }

  /// The value of a JSON file; `-` is standard input.
  ///
  /// `envelope` counts the maps around the values of whoever renders.
  func json(_ file: String, limit: Int, envelope: Int = 0) throws(CommandError) -> Value {
    let bytes = try read(file, limit: limit)
    do throws(NotationError) {
      let depth = NotationLimits.standardDepth + envelope
      return try JSON.parse(bytes, limits: NotationLimits(depth: depth))
    } catch {
      var complaint = Complaint(
        file: DataArguments.shown(file), position: error.position,
        message: error.message, hint: error.hint)
      let source = SourceText(name: file, bytes: bytes)
      if error.isLimit { complaint.kind = .limit }
      complaint.excerpt = Excerpt(of: source, at: error.position).lines
      throw .registry(.badInput(complaint))
    }
  }
}

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
  /// `key=value`, one variable each.
  let variables: [String]

  /// The largest file of input.
  static let sizeLimit = 10 << 20

  /// Reads everything; a variable by itself lies over the file's.
  func read(_ session: Session, schema: Value?) throws(CommandError) -> PromptData {
    var given = PromptData()
    if let data { given = try whole(data, session) }
    if let input {
      for (key, value) in try object(input, session).entries { given.input[key] = value }
    }
    for variable in variables {
      let (key, value) = try Self.split(variable)
      given.input[key] = try self.value(value, of: key, schema, session)
    }
    return given
  }

  /// Reads what a bare template is rendered with: any JSON value may be its context.
  func readRaw(_ session: Session) throws(CommandError) -> RenderInput {
    if let data {
      let given = try whole(data, session)
      return RenderInput(
        variables: .map(given.input), context: given.context, messages: given.messages)
    }
    guard let input else { return RenderInput(variables: .map(ValueMap())) }
    return RenderInput(variables: try session.json(input, limit: Self.sizeLimit))
  }

  private func whole(_ file: String, _ session: Session) throws(CommandError) -> PromptData {
    let map = try object(file, session)
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

  private func object(_ file: String, _ session: Session) throws(CommandError) -> ValueMap {
    let value = try session.json(file, limit: Self.sizeLimit)
    guard case .map(let map) = value else {
      throw complaint(file, "this should be a JSON object", hint: nil)
    }
    return map
  }

  private func complaint(_ file: String, _ message: String, hint: String?) -> CommandError {
    .registry(
      .badInput(Complaint(file: file, position: nil, message: message, hint: hint)))
  }

  private static func split(_ variable: String) throws(CommandError) -> (String, String) {
    guard let equals = variable.firstIndex(of: "="), equals != variable.startIndex else {
      throw .usage(.badValue(of: "-v", text: variable, expected: "it is written 'key=value'"))
    }
    return (String(variable[..<equals]), String(variable[variable.index(after: equals)...]))
  }

  /// The value of the type that the schema asks for; a text where it asks for none.
  private func value(
    _ text: String, of key: String, _ schema: Value?, _ session: Session
  ) throws(CommandError) -> Value {
    let text =
      text.hasPrefix("@")
      ? String(
        decoding: try session.read(String(text.dropFirst()), limit: Self.sizeLimit),
        as: UTF8.self) : text
    let types = Self.types(of: schema?["properties"]?[key])
    if types.isEmpty || types.contains("string") { return .string(text) }
    // What is no JSON stays a text, and the schema says what is wrong with it.
    return (try? JSON.parse(Array(text.utf8))) ?? .string(text)
  }

  private static func types(of schema: Value?) -> [String] {
    switch schema?["type"] {
    case .string(let type)?: [type]
    case .list(let types)?: types.compactMap(\.string)
    case _: []
    }
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

  /// The value of a JSON file; `-` is standard input.
  func json(_ file: String, limit: Int) throws(CommandError) -> Value {
    let bytes = try read(file, limit: limit)
    do throws(NotationError) {
      return try JSON.parse(bytes)
    } catch {
      var complaint = Complaint(
        file: file == "-" ? "standard input" : file, position: error.position,
        message: error.message, hint: error.hint)
      let source = SourceText(name: file, bytes: bytes)
      complaint.excerpt = Excerpt(of: source, at: error.position).lines
      throw .registry(.badInput(complaint))
    }
  }
}

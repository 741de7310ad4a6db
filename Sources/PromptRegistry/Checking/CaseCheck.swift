import Contracts
import Notation
import Templates

/// One thing that must hold of a rendering, and where the file says so.
struct CaseCheck: Sendable {
  let position: Position?
  let kind: Kind

  /// The checks of `docs/cases.md`.
  indirect enum Kind: Sendable {
    case messageCount(Int)
    case roles([String])
    case contains(String)
    case lacks(String)
    case matches(String)
    case order([String])
    case tokens(atMost: Int)
    case schema(Value)
    /// The rest looks at one message, counted from 1.
    case message(Int, Kind)
    case role(String)
    case parts([String])
    case equals(String)
  }

  static func all(
    _ value: Value, at place: [PathStep], _ document: Document
  ) throws(RecordError) -> [CaseCheck] {
    var fields = try CaseFields(value, at: place)
    var kinds: [(String, Kind)] = []
    if let count = try fields.count("messages") { kinds.append(("messages", .messageCount(count))) }
    if let roles = try fields.texts("roles") { kinds.append(("roles", .roles(roles))) }
    kinds += try texts(&fields)
    if let limit = try fields.count("max-tokens") {
      kinds.append(("max-tokens", .tokens(atMost: limit)))
    }
    var checks = kinds.map { key, kind in
      CaseCheck(position: document.position(of: place + [.key(key)]), kind: kind)
    }
    for (index, block) in (try fields.list("in") ?? []).enumerated() {
      checks += try self.block(block, at: place + [.key("in"), .index(index)], document)
    }
    try fields.finish()
    return checks
  }

  private static func block(
    _ value: Value, at place: [PathStep], _ document: Document
  ) throws(RecordError) -> [CaseCheck] {
    var fields = try CaseFields(value, at: place)
    guard let number = try fields.count("message"), number > 0 else {
      throw RecordError(place: place + [.key("message")], problem: .missing)
    }
    var kinds: [(String, Kind)] = []
    if let role = try fields.text("role") { kinds.append(("role", .role(role))) }
    if let parts = try fields.texts("parts") { kinds.append(("parts", .parts(parts))) }
    if let text = try fields.text("equals") { kinds.append(("equals", .equals(text))) }
    kinds += try texts(&fields)
    try fields.finish()
    return kinds.map { key, kind in
      CaseCheck(
        position: document.position(of: place + [.key(key)]), kind: .message(number, kind))
    }
  }

  /// The checks that both a rendering and one message of it can have.
  private static func texts(_ fields: inout CaseFields) throws(RecordError) -> [(String, Kind)] {
    var kinds: [(String, Kind)] = []
    kinds += (try fields.texts("contains") ?? []).map { ("contains", .contains($0)) }
    kinds += (try fields.texts("not-contains") ?? []).map { ("not-contains", .lacks($0)) }
    kinds += (try fields.texts("matches") ?? []).map { ("matches", .matches($0)) }
    if let order = try fields.texts("order") { kinds.append(("order", .order(order))) }
    if let schema = fields.value("schema") { kinds.append(("schema", .schema(schema))) }
    return kinds
  }
}

extension CaseCheck {
  /// Why it does not hold; nil where it does.
  func failure(in messages: [Message]) -> CaseFailure? {
    Self.failure(kind, messages)
  }

  private static func failure(_ kind: Kind, _ messages: [Message]) -> CaseFailure? {
    let texts = messages.map(\.text)
    switch kind {
    case .messageCount(let count):
      return fails(messages.count == count, "\(count) messages", "\(messages.count)")
    case .roles(let roles):
      let found = messages.map(\.role.rawValue)
      return fails(
        found == roles, "the roles \(roles.joined(separator: ", "))",
        found.joined(separator: ", "))
    case .contains(let text):
      return fails(
        texts.contains { $0.contains(text) }, "a message with '\(text)'", shown(texts))
    case .lacks(let text):
      return fails(
        !texts.contains { $0.contains(text) }, "no message with '\(text)'", shown(texts))
    case .matches(let pattern): return failure(matching: pattern, texts)
    case .order(let parts):
      return fails(
        isInOrder(parts, texts.joined()), "in this order: \(parts.joined(separator: " … "))",
        shown(texts))
    case .tokens(let limit):
      let count = TokenEstimate(of: texts.joined()).count
      return fails(count <= limit, "an estimate of at most \(limit) tokens", "\(count)")
    case .schema(let schema): return failure(of: schema, .list(messages.map(\.value)))
    case .message(let number, let kind): return failure(kind, ofMessage: number, messages)
    case .role, .parts, .equals: return nil
    }
  }

  private static func failure(
    _ kind: Kind, ofMessage number: Int, _ messages: [Message]
  ) -> CaseFailure? {
    guard number <= messages.count else {
      return CaseFailure(expected: "a message \(number)", found: "\(messages.count) messages")
    }
    let message = messages[number - 1]
    switch kind {
    case .role(let role):
      return fails(message.role.rawValue == role, "the role \(role)", message.role.rawValue)
    case .parts(let parts):
      let found = message.content.map(\.kind)
      return fails(
        found == parts, "the parts \(parts.joined(separator: ", "))",
        found.joined(separator: ", "))
    case .equals(let text):
      var failure = fails(trimmed(message.text) == trimmed(text), "exactly this text", "another")
      failure?.diff = TextDiff(from: text, to: message.text)
      return failure
    case .schema(let schema): return failure(of: schema, message.value)
    case .messageCount, .roles, .contains, .lacks, .matches, .order, .tokens, .message:
      return failure(kind, [message])
    }
  }

  private static func failure(matching pattern: String, _ texts: [String]) -> CaseFailure? {
    let schema: Schema
    do throws(SchemaError) {
      schema = try Schema(["pattern": .string(pattern)])
    } catch {
      return CaseFailure(expected: "a pattern", found: "'\(pattern)': \(error.message)")
    }
    if texts.contains(where: { schema.isValid(.string($0)) }) { return nil }
    return CaseFailure(expected: "a message that matches '\(pattern)'", found: shown(texts))
  }

  private static func failure(of schema: Value, _ value: Value) -> CaseFailure? {
    let compiled: Value
    do throws(PicoschemaError) {
      compiled = try Picoschema.compile(schema)?.value ?? schema
    } catch {
      return CaseFailure(expected: "a schema", found: PromptProblem.schema(error.problem).message)
    }
    do throws(SchemaError) {
      let violations = try Schema(compiled).violations(in: value)
      guard let first = violations.first else { return nil }
      return CaseFailure(
        expected: "a value valid under the schema", found: "\(first.path): \(first.message)")
    } catch {
      return CaseFailure(expected: "a schema", found: error.sentence)
    }
  }

  private static func fails(
    _ holds: Bool, _ expected: String, _ found: @autoclosure () -> String
  ) -> CaseFailure? {
    holds ? nil : CaseFailure(expected: expected, found: found())
  }

  private static func isInOrder(_ parts: [String], _ text: String) -> Bool {
    var rest = text[...]
    for part in parts {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  private static func trimmed(_ text: String) -> Substring {
    let rest = text.drop { $0.isWhitespace }
    guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return rest[...last]
  }

  private static func shown(_ texts: [String]) -> String {
    let limit = 200
    let text = texts.joined(separator: " | ")
    return "'\(text.count > limit ? text.prefix(limit) + "…" : text[...])'"
  }
}

/// What was expected and what was there.
struct CaseFailure {
  let expected: String
  let found: String
  var diff: TextDiff?

  init(expected: String, found: String) {
    self.expected = expected
    self.found = found
  }
}

extension Message {
  /// The text parts, with nothing between them.
  var text: String {
    content.map { part in
      guard case .text(let text) = part else { return "" }
      return text
    }.joined()
  }
}

extension Message.Part {
  /// The word for the kind of part.
  var kind: String {
    switch self {
    case .text: "text"
    case .media: "media"
    case .section: "metadata"
    case .other(let value): value.map?.keys.first ?? "metadata"
    }
  }
}

package import Notation
package import Templates

/// A cases file: named inputs, and what must hold of what they render to; `docs/cases.md` has the
/// format.
package struct CaseFile: Sendable {
  package let cases: [PromptCase]

  /// How many cases a file may hold.
  package static let caseLimit = 1000
  /// The longest name of a case, in bytes.
  package static let nameByteLimit = 64

  /// Reads a file; the first thing that is wrong is the error, with its place.
  package init(_ bytes: [UInt8], file: String) throws(RegistryError) {
    let document: Document
    do throws(NotationError) {
      document = try YAML.parse(bytes)
    } catch {
      throw .badInput(
        Complaint(
          file: file, position: error.position, message: error.message, hint: error.hint))
    }
    do throws(RecordError) {
      cases = try Self.cases(document)
    } catch {
      var place = error.place
      while document.position(of: place) == nil, !place.isEmpty { place.removeLast() }
      throw .badInput(
        Complaint(
          file: file, position: document.position(of: place), message: ErrorText.message(error),
          hint: "docs/cases.md describes the format"))
    }
  }

  private static func cases(_ document: Document) throws(RecordError) -> [PromptCase] {
    guard case .map(let map) = document.value, (1...caseLimit).contains(map.count) else {
      throw RecordError(
        place: [], problem: .wrongType(expected: "a map of 1 to \(caseLimit) cases"))
    }
    var cases: [PromptCase] = []
    for (name, value) in map.entries {
      guard name.utf8.count <= nameByteLimit, Spelling.isHyphenated(name[...]) else {
        throw RecordError(
          place: [.key(name)],
          problem: .wrongType(expected: "named with lower-case letters, digits and hyphens"))
      }
      cases.append(try PromptCase(name, value, document))
    }
    return cases
  }
}

/// One case.
package struct PromptCase: Sendable {
  package let name: String
  package let position: Position?
  /// What it is rendered with.
  package let data: PromptData
  /// Everything that must hold.
  let checks: [CaseCheck]
  /// What a model once answered; nil where none was recorded.
  let output: (value: Value, position: Position?)?

  init(_ name: String, _ value: Value, _ document: Document) throws(RecordError) {
    let place: [PathStep] = [.key(name)]
    self.name = name
    position = document.keyPosition(of: place)
    var fields = try CaseFields(value, at: place)
    var data = PromptData()
    data.input = try fields.map("input") ?? ValueMap()
    data.context = try fields.map("context") ?? ValueMap()
    data.messages = try fields.list("messages")?.map { Self.message($0) }
    self.data = data
    if let expect = fields.value("expect") {
      checks = try CaseCheck.all(expect, at: place + [.key("expect")], document)
    } else {
      checks = []
    }
    let path = place + [.key("output")]
    output = fields.value("output").map { ($0, document.position(of: path)) }
    try fields.finish()
  }

  /// A message whose content is a text has one text part.
  private static func message(_ value: Value) -> Value {
    guard case .map(var map) = value, let text = map["content"]?.string else { return value }
    map["content"] = [["text": .string(text)]]
    return .map(map)
  }
}

/// The keys of one map of a cases file, all of them optional; what is left over is an error.
struct CaseFields {
  private var left: ValueMap
  private let place: [PathStep]

  init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    guard case .map(let map) = value else {
      throw RecordError(place: place, problem: .wrongType(expected: "a map"))
    }
    left = map
    self.place = place
  }

  mutating func value(_ key: String) -> Value? {
    defer { left[key] = nil }
    return left[key]
  }

  mutating func map(_ key: String) throws(RecordError) -> ValueMap? {
    try typed(key, "a map") { $0.map }
  }

  mutating func list(_ key: String) throws(RecordError) -> [Value]? {
    try typed(key, "a list") { $0.list }
  }

  mutating func count(_ key: String) throws(RecordError) -> Int? {
    try typed(key, "a whole number", Field.count)
  }

  mutating func text(_ key: String) throws(RecordError) -> String? {
    try typed(key, "a text") { $0.string }
  }

  /// A list of texts, or one text.
  mutating func texts(_ key: String) throws(RecordError) -> [String]? {
    try typed(key, "a text or a list of texts") { value in
      if let text = value.string { return [text] }
      return value.list.flatMap { Field.all($0) { $0.string } }
    }
  }

  func finish() throws(RecordError) {
    if let key = left.keys.first {
      throw RecordError(place: place + [.key(key)], problem: .unknown)
    }
  }

  private mutating func typed<T>(
    _ key: String, _ expected: String, _ read: (Value) -> T?
  ) throws(RecordError) -> T? {
    guard let value = value(key) else { return nil }
    guard let read = read(value) else {
      throw RecordError(
        place: place + [.key(key)], problem: .wrongType(expected: expected))
    }
    return read
  }
}

package import Contracts
package import Notation
package import Templates

/// The schemas of one prompt, compiled once: what it takes and what it promises.
package struct PromptContract: Sendable {
  private let input: Schema?
  private let output: Schema?
  private let defaults: ValueMap

  /// Compiles both schemas; throws `.badInput` where one is none.
  package init(_ prompt: Prompt) throws(RegistryError) {
    input = try Self.schema(prompt.inputSchema?.value, "input", of: prompt)
    output = try Self.schema(prompt.outputSchema?.value, "output", of: prompt)
    defaults = prompt.file.frontMatter?.input.defaults ?? ValueMap()
  }

  /// The same of what a version's record says.
  package init(_ record: VersionRecord, defaults: ValueMap) throws(RegistryError) {
    input = try Self.schema(record.input, "input", of: record)
    output = try Self.schema(record.output, "output", of: record)
    self.defaults = defaults
  }

  /// Whether anything is promised of the output.
  package var promisesOutput: Bool { output != nil }

  /// Everything in which an input breaks the contract, defaults put under it first; nobody looks
  /// at the input where nothing is asked of it.
  package func violations(
    inInput variables: @autoclosure () -> ValueMap
  ) -> [Contracts.Violation] {
    guard let input else { return [] }
    var whole = defaults
    for (key, value) in variables().entries { whole[key] = value }
    return input.violations(in: .map(whole))
  }

  /// Everything in which what stands in for missing variables breaks the contract itself.
  var violationsInDefaults: [Contracts.Violation] {
    // What is wrong with the input as a whole, a caller may mend.
    violations(inInput: ValueMap()).filter { !$0.path.isEmpty }
  }

  /// Everything in which an output breaks the contract.
  package func violations(inOutput value: Value) -> [Contracts.Violation] {
    output?.violations(in: value) ?? []
  }

  /// The same of what a model answered: where a text breaks the contract as it is, the JSON in it
  /// is meant, if there is any, and `place` says where it stands.
  package func violations(
    inAnswer answer: Value
  ) -> (violations: [Contracts.Violation], place: ModelAnswer.Place) {
    let violations = violations(inOutput: answer)
    guard !violations.isEmpty, case .string(let text) = answer,
      // A text without JSON is held to the contract as it is.
      let found = try? ModelAnswer.json(in: text)
    else { return (violations, .whole) }
    return (self.violations(inOutput: found.value), found.place)
  }

  private static func schema(
    _ value: Value?, _ complain: (SchemaError) -> Complaint
  ) throws(RegistryError) -> Schema? {
    guard let value else { return nil }
    do throws(SchemaError) { return try Schema(value) } catch { throw .badInput(complain(error)) }
  }

  private static func schema(
    _ value: Value?, _ field: String, of record: VersionRecord
  ) throws(RegistryError) -> Schema? {
    try schema(value) { error in
      Complaint(
        file: record.name.text, position: nil, message: "\(field) schema, \(error.sentence)",
        hint: error.hint)
    }
  }

  private static func schema(
    _ value: Value?, _ field: String, of prompt: Prompt
  ) throws(RegistryError) -> Schema? {
    try schema(value) { error in
      Complaint(
        prompt.file, at: [.key(field), .key("schema")] + error.path,
        "\(field) schema, \(error.sentence)", hint: error.hint)
    }
  }
}

extension Complaint {
  /// Something that is wrong with a value in the front matter of a prompt.
  init(_ file: PromptFile, at path: [PathStep], _ message: String, hint: String?) {
    let position = file.frontMatter?.document.nearestPosition(of: path)
    self.init(file: file.source.name, position: position, message: message, hint: hint)
    excerpt = position.map { Excerpt(of: file.source, at: $0).lines } ?? []
  }
}

extension Document {
  /// Where a value stands, or the innermost one around it that has a place.
  func nearestPosition(of path: [PathStep]) -> Position? {
    var path = path
    while true {
      if let position = position(of: path) { return position }
      if path.popLast() == nil { return nil }
    }
  }
}

extension Contracts.Violation {
  /// The element of `violations` that `validate --json` answers.
  package var value: Value {
    ["path": .string(path), "keyword": .string(keyword), "message": .string(message)]
  }
}

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
    input = try Self.schema(record.input) { Self.complaint($0, "input", record.name.text, nil) }
    output = try Self.schema(record.output) { Self.complaint($0, "output", record.name.text, nil) }
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

  /// Everything in which an output breaks the contract.
  package func violations(inOutput value: Value) -> [Contracts.Violation] {
    output?.violations(in: value) ?? []
  }

  private static func schema(
    _ value: Value?, _ complain: (SchemaError) -> Complaint
  ) throws(RegistryError) -> Schema? {
    guard let value else { return nil }
    do throws(SchemaError) { return try Schema(value) } catch { throw .badInput(complain(error)) }
  }

  private static func schema(
    _ value: Value?, _ field: String, of prompt: Prompt
  ) throws(RegistryError) -> Schema? {
    try schema(value) { error in
      let source = prompt.file.source
      let steps = [.key(field), .key("schema")] + error.path
      let position = prompt.file.frontMatter?.document.nearestPosition(of: steps)
      var complaint = complaint(error, field, source.name, position)
      complaint.excerpt = position.map { Excerpt(of: source, at: $0).lines } ?? []
      return complaint
    }
  }

  private static func complaint(
    _ error: SchemaError, _ field: String, _ file: String, _ position: Position?
  ) -> Complaint {
    Complaint(
      file: file, position: position,
      message: "\(field) schema, \(error.sentence)", hint: error.hint)
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

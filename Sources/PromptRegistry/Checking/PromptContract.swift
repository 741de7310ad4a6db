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
    let file = prompt.file.source.name
    input = try Self.schema(prompt.inputSchema?.value, "input", file)
    output = try Self.schema(prompt.outputSchema?.value, "output", file)
    defaults = prompt.file.frontMatter?.input.defaults ?? ValueMap()
  }

  /// The same of what a version's record says.
  package init(_ record: VersionRecord, defaults: ValueMap) throws(RegistryError) {
    input = try Self.schema(record.input, "input", record.name.text)
    output = try Self.schema(record.output, "output", record.name.text)
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
    _ value: Value?, _ field: String, _ file: String
  ) throws(RegistryError) -> Schema? {
    guard let value else { return nil }
    do throws(SchemaError) {
      return try Schema(value)
    } catch {
      throw .badInput(
        Complaint(
          file: file, position: nil,
          message: "\(field) schema, at '\(error.pointer)': \(error.message)", hint: error.hint))
    }
  }
}

extension Contracts.Violation {
  /// The element of `violations` that `validate --json` answers.
  package var value: Value {
    ["path": .string(path), "keyword": .string(keyword), "message": .string(message)]
  }
}

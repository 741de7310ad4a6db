import Contracts
import Keys
import Notation
import Templates

/// One prompt at the version that was pinned, ready to be rendered any number of times.
public struct PinnedPrompt: Sendable {
  /// Its name in the registry, such as `support/triage`.
  public let name: String
  /// The number of its version, such as `1.3.0`.
  public let version: String
  /// What approvals in the registry are bound to: write it into your logs.
  public let digest: String
  private let compiled: CompiledPrompt
  private let input: Schema?
  private let output: Schema?

  init(_ pin: Pin, _ text: PinnedText) throws(ReadingError) {
    name = pin.name
    version = "\(pin.version)"
    digest = "\(pin.digest)"
    let source = SourceText(name: "\(pin.name).prompt", bytes: text.source)
    do throws(PromptError) {
      compiled = try CompiledPrompt(try Prompt.parse(source)) { partial in
        let path = PartialName.path(of: partial)
        return text.includes[path].map { SourceText(name: "\(path).prompt", bytes: $0) }
      }
    } catch {
      throw ReadingError(.prompt(error))
    }
    input = try Self.schema(compiled.prompt.inputSchema?.value, pin.name)
    output = try Self.schema(compiled.prompt.outputSchema?.value, pin.name)
  }

  private static func schema(_ value: Value?, _ name: String) throws(ReadingError) -> Schema? {
    guard let value else { return nil }
    do throws(SchemaError) { return try Schema(value) } catch {
      throw ReadingError(.schema(name: name, message: error.message))
    }
  }
}

// MARK: - Rendering

extension PinnedPrompt {
  /// The messages for an input: anything `Encodable` whose JSON is an object, such as a struct of
  /// yours with a field for each variable, or a dictionary literal of `PromptValue`.
  ///
  /// Throws `.invalidInput` with every violation before anything is rendered. `history` is the
  /// conversation so far. Text in an input never becomes a role or a message of its own.
  public func render(
    _ input: some Encodable, history: [PromptMessage] = []
  ) throws(ReadingError) -> RenderedMessages {
    let encoded = try PromptValue(encoding: input).value
    guard case .map(let variables) = encoded else {
      throw ReadingError(.notEncodable(path: "/"))
    }
    return try render(variables, history)
  }

  /// The messages for an input of literals: `render(["ticket": "…"])`.
  public func render(
    _ input: PromptValue, history: [PromptMessage] = []
  ) throws(ReadingError) -> RenderedMessages {
    guard case .map(let variables) = input.value else {
      throw ReadingError(.notEncodable(path: "/"))
    }
    return try render(variables, history)
  }

  private func render(
    _ variables: ValueMap, _ history: [PromptMessage]
  ) throws(ReadingError) -> RenderedMessages {
    let violations = violations(in: variables)
    guard violations.isEmpty else {
      throw ReadingError(.invalidInput(name: name, violations))
    }
    let data = PromptData(
      input: variables, messages: history.isEmpty ? nil : history.map(\.value))
    do throws(PromptError) {
      let rendered = try compiled.render(data)
      let inputDigest = Digest(of: RecordForm.bytes(.map(variables)))
      return RenderedMessages(rendered, inputDigest: "\(inputDigest)")
    } catch {
      throw ReadingError(.prompt(error))
    }
  }

  private func violations(in variables: ValueMap) -> [PromptViolation] {
    guard let input else { return [] }
    var whole = compiled.prompt.file.frontMatter?.input.defaults ?? ValueMap()
    for (key, value) in variables.entries { whole[key] = value }
    return input.violations(in: .map(whole)).map { PromptViolation($0) }
  }
}

// MARK: - What a model answered

extension PinnedPrompt {
  /// The JSON in what a model answered, held to the prompt's contract; a fenced code block between
  /// remarks is found.
  ///
  /// Throws `.invalidOutput` where there is none, and with every violation where there are any.
  public func output(in answer: String) throws(ReadingError) -> PromptValue {
    guard let output else { throw ReadingError(.noContract(name: name)) }
    let value: Value
    do throws(NotationError) { value = try ModelAnswer.json(in: answer).value } catch {
      throw ReadingError(.notJSON(name: name, error))
    }
    let violations = output.violations(in: value).map { PromptViolation($0) }
    guard violations.isEmpty else {
      throw ReadingError(.invalidOutput(name: name, violations))
    }
    return PromptValue(value)
  }

  /// The same as a value of a type of yours: `output(Sorting.self, in: answer)`.
  ///
  /// Throws `.notDecodable` where the contract lets something through that the type does not.
  public func output<Subject: Decodable>(
    _ type: Subject.Type, in answer: String
  ) throws(ReadingError) -> Subject {
    try output(in: answer).decoded(as: type)
  }
}

/// One thing in an input or an output that breaks the contract.
public struct PromptViolation: Hashable, Sendable, CustomStringConvertible {
  /// The part of the value, as a JSON pointer; empty for the value itself.
  public let path: String
  /// The keyword of JSON Schema that is broken.
  public let keyword: String
  /// A sentence about that part.
  public let message: String

  init(_ violation: Violation) {
    path = violation.path
    keyword = violation.keyword
    message = violation.message
  }

  /// Path and sentence on one line.
  public var description: String { "\(path.isEmpty ? "/" : path): \(message)" }
}

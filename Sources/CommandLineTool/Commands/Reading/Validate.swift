import Contracts
import Notation
import PromptRegistry
import Templates

/// `stet validate`: is this what the contract promises?
struct Validate: Command {
  static let usage = """
    validate <ref> --output <file>
    validate --schema <file> --value <file>
    """
  static let namesMeant = NamesMeant.prompts
  static let summary = "hold a model's output, or any value, to its contract"
  static let details = """
    Every violation is listed with its path. The JSON inside a fenced code block of a model's \
    answer is found, and that is said. What is no JSON at all breaks the keyword 'json'. Exit code 1 \
    where something is violated.
    """
  static let examples = """
    stet validate support/triage --output answer.txt
    stet validate --schema schema.json --value -
    """

  private let subject: Subject

  private enum Subject {
    case output(Reference, String)
    case value(String, schema: String)
  }

  /// The largest output that is looked at.
  static let outputByteLimit = 8 << 20

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let output: String? = try arguments.option("--output")
    let schema: String? = try arguments.option("--schema")
    let value: String? = try arguments.option("--value")
    switch (output, schema, value) {
    case (let output?, nil, nil):
      subject = .output(try arguments.word("<ref>"), output)
    case (nil, let schema?, let value?): subject = .value(value, schema: schema)
    case (nil, nil, nil): throw .usage(.missingOption("--output"))
    case (nil, nil, _): throw .usage(.missingOption("--schema"))
    case (nil, _, nil): throw .usage(.missingOption("--value"))
    case (.some, _, _): throw .usage(.contradiction("--output", "--schema"))
    }
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let violations: [Contracts.Violation]
    var place = ModelAnswer.Place.whole
    switch subject {
    case .output(let reference, let file):
      let opened = try session.open()
      let version = try session.resolve(reference, opened)
      let contract = try registryErrors(in: PromptContract(version.record, defaults: ValueMap()))
      let answer = try session.answer(in: file)
      guard contract.promisesOutput else { throw .registry(.noOutputContract(reference.name)) }
      violations =
        switch answer {
        case .success(let answer): contract.violations(inOutput: answer.value)
        case .failure(let error): [Violation(notJSON: error)]
        }
      if case .success(let answer) = answer { place = answer.place }
    case .value(let file, let schemaFile):
      let schema = try session.schema(schemaFile)
      violations = schema.violations(
        in: try session.json(file, limit: Self.outputByteLimit))
    }
    session.answer(violations, place)
    return violations.isEmpty ? .yes : .no
  }
}

extension Session {
  /// The JSON that a model answered, wherever in its answer it stands.
  fileprivate func answer(
    in file: String
  ) throws(CommandError) -> Result<ModelAnswer, NotationError> {
    let bytes = try read(file, limit: Validate.outputByteLimit)
    do throws(NotationError) {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        // What is no text is no JSON either, and its reader says where.
        return .success(ModelAnswer(value: try JSON.parse(bytes), place: .whole))
      }
      let answer = try ModelAnswer.json(in: text)
      if case .codeBlock(let line) = answer.place {
        console.say("note: the JSON was found in the code block that begins on line \(line)")
      }
      return .success(answer)
    } catch {
      return .failure(error)
    }
  }

  /// A schema from a file of JSON.
  fileprivate func schema(_ file: String) throws(CommandError) -> Schema {
    let value = try json(file, limit: PromptFile.sizeLimit)
    do throws(SchemaError) {
      return try Schema(value)
    } catch {
      throw .registry(
        .badInput(
          Complaint(
            file: file, position: nil, message: error.sentence, hint: error.hint)))
    }
  }

  fileprivate func answer(_ violations: [Contracts.Violation], _ place: ModelAnswer.Place) {
    switch console.form {
    case .json:
      console.answer([
        "valid": .bool(violations.isEmpty), "violations": .list(violations.map(\.value)),
        "code_block_line": Field.number(place.line),
      ])
    case .text:
      if violations.isEmpty { console.answer("valid") }
      for violation in violations {
        let path = violation.path.isEmpty ? "/" : violation.path
        console.answer("\(path): \(violation.message) (\(violation.keyword))".visible)
      }
    }
  }
}

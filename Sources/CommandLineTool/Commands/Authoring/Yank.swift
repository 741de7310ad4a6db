import Contracts
import Notation
import PromptRegistry

/// `stet yank`: a version that is no longer offered.
struct Yank: Command {
  static let usage = "yank <name@version> --why <text> [--dry-run]"
  static let summary = "withdraw a version; exact pins of it still resolve, with a warning"

  private let name: PromptName
  private let version: SemanticVersion
  private let why: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.requiredOption("--why")
    effect = arguments.flag("--dry-run") ? .shown : .written
    (name, version) = try arguments.exactVersion("<name@version>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.yanking(name, version, why: why, pen)
    }
    session.answer("yanked \(name) \(version)", outcome.entry)
    return .yes
  }
}

/// `stet retire`: a prompt that is no longer offered.
struct Retire: Command {
  static let usage = "retire <name> --why <text> [--dry-run]"
  static let summary = "no longer offer a prompt; its versions stay and exact pins resolve"

  private let name: PromptName
  private let why: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.requiredOption("--why")
    effect = arguments.flag("--dry-run") ? .shown : .written
    name = try arguments.word("<name>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.retiring(name, why: why, pen)
    }
    session.answer("retired \(name)", outcome.entry)
    return .yes
  }
}

extension Arguments {
  /// The next word as a name with an exact version.
  mutating func exactVersion(
    _ placeholder: String
  ) throws(CommandError) -> (PromptName, SemanticVersion) {
    let reference: Reference = try word(placeholder)
    guard case .exact(let version) = reference.selector else {
      throw .usage(
        .badValue(
          of: placeholder, text: reference.description,
          expected: "a name with a whole version is needed, such as a/b@1.3.0"))
    }
    return (reference.name, version)
  }
}

extension Session {
  /// One line for a person, the entry for a program.
  func answer(_ line: String, _ entry: Int?) {
    switch console.form {
    case .text: console.answer(entry == nil ? "would have \(line)" : line)
    case .json: console.answer(["entry": entry.map { .number(Double($0)) } ?? .null])
    }
  }
}

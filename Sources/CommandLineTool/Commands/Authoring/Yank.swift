import Contracts
import PromptRegistry

/// `stet yank`: a version that is no longer offered.
struct Yank: EntryVerb {
  static let usage = "yank <name@version> --why <text> [--dry-run]"
  static let summary = "withdraw a version; exact pins of it still resolve, with a warning"
  static let details = """
    For what must not be used again. Ranges and 'latest' skip it; whoever pinned it exactly still \
    gets it, and is told why. What is live cannot be yanked: revert or promote first.
    """
  static let examples = """
    stet yank support/triage@1.3.1 --why "leaks the order id"
    """

  private let name: PromptName
  private let version: SemanticVersion
  private let why: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.requiredOption("--why")
    effect = arguments.effect()
    (name, version) = try arguments.exactVersion("<name@version>")
    try arguments.finish()
  }

  var deed: String { "yanked \(name) \(version)" }

  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<Int> {
    try state.yanking(name, version, why: why, pen)
  }
}

/// `stet retire`: a prompt that is no longer offered.
struct Retire: EntryVerb {
  static let usage = "retire <name> --why <text> [--dry-run]"
  static let summary = "no longer offer a prompt; its versions stay and exact pins resolve"
  static let details = """
    For what nobody shall begin to use. It must be live nowhere; 'stet publish --again' offers it \
    again.
    """
  static let examples = """
    stet retire support/triage --why "replaced by support/route"
    """

  private let name: PromptName
  private let why: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.requiredOption("--why")
    effect = arguments.effect()
    name = try arguments.word("<name>")
    try arguments.finish()
  }

  var deed: String { "retired \(name)" }

  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<Int> {
    try state.retiring(name, why: why, pen)
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

import PromptRegistry

/// `stet lock`: no promotions for now.
struct Lock: EntryVerb {
  static let usage = "lock <env> --why <text> [--dry-run]"
  static let summary = "stop promotions into an environment; reverting still works"
  static let details = """
    For the time of an incident. Requests and approvals go on, and what waits is carried out after \
    'stet unlock'.
    """
  static let examples = """
    stet lock production --why "incident 212"
    """

  private let environment: EnvironmentName
  private let why: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.requiredOption("--why")
    effect = arguments.effect()
    environment = try arguments.word("<env>")
    try arguments.finish()
  }

  var deed: String { "locked \(environment)" }

  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<Int> {
    try state.locking(environment, why: why, pen)
  }
}

/// `stet unlock`: promotions again.
struct Unlock: EntryVerb {
  static let usage = "unlock <env> [--why <text>] [--dry-run]"
  static let summary = "allow promotions into an environment again"
  static let examples = """
    stet unlock production
    """

  private let environment: EnvironmentName
  private let why: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.option("--why") ?? "unlocked"
    effect = arguments.effect()
    environment = try arguments.word("<env>")
    try arguments.finish()
  }

  var deed: String { "unlocked \(environment)" }

  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<Int> {
    try state.unlocking(environment, why: why, pen)
  }
}

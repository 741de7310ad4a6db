import PromptRegistry

/// `stet lock`: no promotions for now.
struct Lock: Command {
  static let usage = "lock <env> --why <text> [--dry-run]"
  static let summary = "stop promotions into an environment; reverting still works"

  private let environment: EnvironmentName
  private let why: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.requiredOption("--why")
    effect = arguments.flag("--dry-run") ? .shown : .written
    environment = try arguments.word("<env>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.locking(environment, why: why, pen)
    }
    session.answer("locked \(environment)", outcome.entry)
    return .yes
  }
}

/// `stet unlock`: promotions again.
struct Unlock: Command {
  static let usage = "unlock <env> [--why <text>] [--dry-run]"
  static let summary = "allow promotions into an environment again"

  private let environment: EnvironmentName
  private let why: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    why = try arguments.option("--why") ?? "unlocked"
    effect = arguments.flag("--dry-run") ? .shown : .written
    environment = try arguments.word("<env>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.unlocking(environment, why: why, pen)
    }
    session.answer("unlocked \(environment)", outcome.entry)
    return .yes
  }
}

import PromptRegistry

/// `stet reject`: no, until one says otherwise.
struct Reject: Command {
  static let usage = "reject <id> -m|--message <why> [--dry-run]"
  static let summary = "reject a request; it waits until you approve it or it is closed"

  private let id: Int
  private let reason: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.requiredOption("-m")
    effect = arguments.flag("--dry-run") ? .shown : .written
    id = try arguments.word("<id>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.reviewing(state.openRequest(id), .reject, reason: reason, pen)
    }
    session.answer("rejected request \(id)", outcome.entry)
    return .yes
  }
}

/// `stet close`: a request that will not be carried out.
struct Close: Command {
  static let usage = "close <id> [-m|--message <why>] [--dry-run]"
  static let summary = "close a request without carrying it out"

  private let id: Int
  private let reason: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? ""
    effect = arguments.flag("--dry-run") ? .shown : .written
    id = try arguments.word("<id>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.closing(id, reason: reason, pen)
    }
    session.answer("closed request \(id)", outcome.entry)
    return .yes
  }
}

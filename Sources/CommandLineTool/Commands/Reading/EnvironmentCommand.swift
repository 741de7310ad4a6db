import Notation
import PromptRegistry

/// `stet env`: what is live where, or was.
struct EnvironmentCommand: Command {
  static let usage = "env [<env>] [<name>] [--at <time>]"
  static let namesMeant = NamesMeant.prompts
  static let summary = "show environments in order, their rules and what is live, or was at a time"
  static let details = """
    Alone all environments; with a name that one, or one prompt in it. --at says what was live at a \
    time, and by which entry: RFC 3339, 14:05 (today) or 7d (ago).
    """
  static let examples = """
    stet env
    stet env production --at 2026-11-03T14:05Z
    stet env production support/triage
    """

  private let environment: EnvironmentName?
  private let name: PromptName?
  private let moment: Moment?

  init(_ arguments: consuming Arguments) throws(CommandError) {
    moment = try arguments.option("--at")
    environment = try arguments.optionalWord("<env>")
    name = try arguments.optionalWord("<name>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let time = try moment?.time(session.surroundings)
    let opened = try time == nil ? session.open() : session.openWithHistory()
    let views = try opened.explaining { () throws(RegistryError) in
      let state = try state(at: time, opened)
      if let name { try state.requirePublished(name) }
      let names = environment.map { [$0] } ?? state.policy.environments.map(\.name)
      return try names.map { environment throws(RegistryError) in
        guard let name else { return try state.view(of: environment) }
        return try state.view(of: environment, with: name)
      }
    }
    switch session.console.form {
    case .json: session.console.answer(["environments": .list(views.map(\.value))])
    case .text: for view in views { session.answer(view) }
    }
    return .yes
  }

  private func state(
    at time: Timestamp?, _ opened: Opened
  ) throws(RegistryError) -> State {
    guard let time else { return opened.state }
    guard let entry = try opened.registry.entry(at: time, from: opened.tip.entry) else {
      throw .unknownEntry("before \(time)", newest: opened.state.entry)
    }
    return try opened.registry.state(after: entry)
  }
}

extension Session {
  fileprivate func answer(_ view: EnvironmentView) {
    let rule = view.rule
    console.answer(ink.paint(rule.name.text, .heading) + "  " + rule.phrase)
    if let lock = view.lock { console.answer("  locked by \(lock.by): \(lock.why)".visible) }
    for pin in view.live {
      console.answer("  \(pin.name) \(pin.mark.version)  since \(pin.since), entry \(pin.entry)")
    }
    if view.live.isEmpty { console.answer("  nothing is live") }
  }
}

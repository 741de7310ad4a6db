import Notation
import PromptRegistry

/// `stet approve`: yes, to exactly what was shown.
struct Approve: Command {
  static let usage = "approve <id> [-m|--message <why>] [--promote] [--dry-run]"
  static let summary = "approve a request as 'review' showed it"
  static let details = """
    What is approved is what 'stet review' last showed on this machine; what was not shown yet is \
    shown first. --promote also carries the request out if yours was the last approval it needed.
    """
  static let examples = """
    stet approve 8
    stet approve 8 --promote
    """

  private let id: Int
  private let reason: String
  private let follow: Follow
  private let effect: Effect

  private enum Follow { case nothing, promote }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? ""
    follow = arguments.flag("--promote") ? .promote : .nothing
    effect = arguments.effect()
    id = try arguments.word("<id>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let request = try registryErrors(in: opened.state.openRequest(id))
    try session.requireShown(request, opened)
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      if follow == .promote { try state.requireRight(toCarryOut: request, pen) }
      return try state.reviewing(request, .approve, reason: reason, pen)
    }
    let after = effect == .written ? try session.open() : opened
    let state =
      effect == .written ? after.state : after.state.foreseeing(outcome.answer, of: id)
    let missing = try registryErrors(
      in: state.missing(for: request, at: max(session.surroundings.now(), state.time)))
    var moved: [MovedPin] = []
    if follow == .promote, missing.isEmpty {
      moved =
        switch effect {
        case .written: try session.carryOut(id, after, effect).moved
        case .shown: try wouldMove(request, outcome.answer, opened, session)
        }
    }
    session.answer(outcome.entry, id, moved, missing)
    return .yes
  }

  /// The pins that carrying a request out would move, if one more review of it stood.
  private func wouldMove(
    _ request: NumberedRequest, _ review: Review, _ opened: Opened, _ session: Session
  ) throws(CommandError) -> [MovedPin] {
    guard case .promotion = request.record.subject else { return [] }
    return try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.foreseeing(review, of: id).promoting(request: id, pen)
    }.answer
  }
}

extension Session {
  fileprivate func answer(
    _ entry: Int?, _ id: Int, _ moved: [MovedPin], _ missing: [Missing]
  ) {
    switch console.form {
    case .json:
      console.answer([
        "entry": Field.number(entry), "request": Field.number(id),
        "promoted": .list(moved.map(\.value)), "missing": .list(missing.map(\.value)),
      ])
    case .text:
      console.answer(entry == nil ? "would have approved request \(id)" : "approved request \(id)")
      for pin in moved { console.answer(pin.line(verb: "promoted", entry)) }
      for missing in missing { console.answer("  missing: \(missing.line)") }
    }
  }
}

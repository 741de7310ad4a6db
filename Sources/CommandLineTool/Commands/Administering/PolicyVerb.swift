import Ledger
import Notation
import PromptRegistry

/// What becomes of a policy, as it stands when it is written.
typealias Amendment = (Policy) throws(RegistryError) -> Policy

/// A command that changes the policy, or asks for the change where that needs approvals.
protocol PolicyVerb: Command {
  /// Whether it writes, or only says what it would.
  var effect: Effect { get }
  /// What the entry says.
  var reason: String { get }
  /// What it does, as a person is told afterwards.
  var deed: String { get }
  /// Reads what it needs; nothing is decided yet.
  func change(in session: Session, _ opened: Opened) throws(CommandError) -> Amendment
}

extension PolicyVerb {
  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let change = try change(in: session, opened)
    session.answer(try session.changePolicy(reason, opened, effect, change), deed)
    return .yes
  }
}

/// What became of a change of the policy.
enum PolicyOutcome: Hashable {
  case changed(entry: Int?)
  case requested(Int?, missing: [Missing])
}

extension Session {
  /// Changes the policy as it is when it is written, where that needs nobody's word, else asks.
  func changePolicy(
    _ reason: String, _ opened: Opened, _ effect: Effect,
    _ change: Amendment
  ) throws(CommandError) -> PolicyOutcome {
    let order = try order()
    let need = try registryErrors { () throws(RegistryError) in
      let member = try opened.state.member(holding: order.signer.publicKey)
      return opened.state.approvalsNeeded(for: try change(opened.state.policy), by: member)
    }
    guard need > 0 else {
      let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
        try state.changingPolicy(to: change(state.policy), reason: reason, pen)
      }
      return .changed(entry: outcome.entry)
    }
    let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
      try state.requesting(change(state.policy), reason: reason, pen)
    }
    return .requested(
      outcome.entry == nil ? nil : outcome.answer.id,
      missing: [
        Missing(
          .approvals(have: 0, need: need),
          members: opened.state.policy.admins.map(\.name).filter {
            $0 != outcome.answer.record.author
          })
      ])
  }

  /// Says what became of a change of the policy.
  func answer(_ outcome: PolicyOutcome, _ deed: String) {
    switch outcome {
    case .changed(let entry): answer(deed, entry)
    case .requested(let id, let missing):
      switch console.form {
      case .json: console.answer(["entry": Field.number(id)])
      case .text:
        console.answer("request \(id.map(String.init) ?? "would be") opened, missing:")
        for missing in missing { console.answer("  \(missing.line)") }
      }
    }
  }
}

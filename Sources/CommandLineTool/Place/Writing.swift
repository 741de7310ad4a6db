import Ledger
import Notation
import PromptRegistry

/// Whether a verb writes, or only says what it would.
enum Effect: Hashable, Sendable {
  case written
  case shown
}

/// What a verb answers, and the entry that it wrote; none where it was only to be shown.
struct Outcome<Answer> {
  let entry: Int?
  let answer: Answer
}

extension Session {
  /// Decides and writes one entry, or only decides.
  func write<Answer: Sendable>(
    _ opened: Opened, _ effect: Effect,
    _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws(CommandError) -> Outcome<Answer> {
    let remote = effect == .written ? try remote(of: opened.place) : nil
    let order = order(signedBy: try Identity.signer(self), for: remote)
    let outcome = try registryErrors { () throws(RegistryError) in
      switch effect {
      case .written:
        let written = try opened.registry.write(order, decide)
        return Outcome(entry: written.entry.entry.number, answer: written.answer)
      case .shown:
        let plan = try opened.registry.preview(
          order.signer.publicKey, now: order.now, decide)
        return Outcome(entry: nil, answer: plan.answer)
      }
    }
    if effect == .written { packIfCluttered(opened.registry) }
    return outcome
  }
}

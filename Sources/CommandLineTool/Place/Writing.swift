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

/// A command that writes one entry and answers with its number.
protocol EntryVerb: Command {
  associatedtype Answer: Sendable
  /// Whether it writes, or only says what it would.
  var effect: Effect { get }
  /// What it does, as a person is told afterwards: `locked production`.
  var deed: String { get }
  /// Decides; a pure function of the registry.
  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<Answer>
}

extension EntryVerb {
  func run(in session: Session) throws(CommandError) -> Verdict {
    let outcome = try session.write(session.open(for: effect), effect, plan)
    session.answer(deed, outcome.entry)
    return .yes
  }
}

extension Arguments {
  /// Whether this verb writes.
  mutating func effect() -> Effect { flag("--dry-run") ? .shown : .written }
}

extension Session {
  /// One line for a person, the entry for a program.
  func answer(_ deed: String, _ entry: Int?) {
    switch console.form {
    case .text: console.answer(entry == nil ? "would have \(deed)" : deed)
    case .json: console.answer(["entry": Field.number(entry)])
    }
  }
}

extension Session {
  /// Decides and writes one entry, or only decides.
  func write<Answer: Sendable>(
    _ opened: Opened, _ effect: Effect,
    _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws(CommandError) -> Outcome<Answer> {
    let remote = effect == .written ? try remote(of: opened.place) : nil
    let order = order(signedBy: try Identity.signer(self), for: remote)
    let outcome = try opened.explaining { () throws(RegistryError) in
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

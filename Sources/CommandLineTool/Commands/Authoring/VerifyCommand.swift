import Keys
import Ledger
import Notation
import PromptRegistry

/// `stet verify`: the ledger again, entry by entry.
struct Verify: Command {
  static let usage = """
    verify [--from <entry>:<digest>] [--judge]
    verify [--from <entry>:<digest>] [--judge] --pin <env> <name>
    """
  static let summary = "check every entry again, whatever this machine remembers"
  static let details = """
    Checks signatures, the chain and every rule of every entry. A finding names all invariants \
    that the first bad entry breaks. --from trusts everything up to an entry that was verified \
    earlier and begins behind it. --pin also prints why that version is live: the entry that set \
    it, request, votes with their keys, the rule in force and both counts. --judge lists where \
    today's rules on contracts and cases differ from what was recorded; nothing becomes invalid \
    by that.
    """
  static let examples = """
    stet verify
    stet verify --pin production support/triage
    """

  private let checkpoint: Checkpoint?
  private let pin: (environment: EnvironmentName, name: PromptName)?
  private let depth: Depth

  private enum Depth { case rules, judgements }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    checkpoint = try arguments.option("--from")
    depth = arguments.flag("--judge") ? .judgements : .rules
    let environment: EnvironmentName? = try arguments.option("--pin")
    pin = try environment.map { environment throws(CommandError) in
      (environment, try arguments.word("<name>"))
    }
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let place = try Place.find(session)
    let registry = try session.registry(at: place, expectedID: nil)
    switch try audit(registry, session) {
    case .broken(let broken):
      session.answer(broken)
      return .notVerified
    case .holds(let entries, let tip):
      let opened = Opened(place: place, registry: registry, tip: tip)
      let proof = try opened.explaining { () throws(RegistryError) in
        try pin.map { pin throws(RegistryError) in
          try PinProof(of: pin.name, in: pin.environment, registry, tip)
        }
      }
      let finding = Finding(
        entries: entries, from: checkpoint, tip: tip, proof: proof,
        judged: try judged(registry, tip, session))
      session.answer(finding)
      return .yes
    }
  }

  private func audit(_ registry: Registry, _ session: Session) throws(CommandError) -> Audit {
    let line = ProgressLine("verifying", on: session.console.talk)
    defer { line.end() }
    return try registryErrors(
      in: registry.verify(from: checkpoint) { line.report($0.done, of: $0.total) })
  }

  private func judged(
    _ registry: Registry, _ tip: RegistryTip, _ session: Session
  ) throws(CommandError) -> [Rejudgement]? {
    guard depth == .judgements else { return nil }
    let line = ProgressLine("judging", on: session.console.talk)
    defer { line.end() }
    return try registryErrors(
      in: registry.rejudgements(at: tip) { done, total in line.report(done, of: total) })
  }
}

/// What a verification that found nothing wrong has to say.
private struct Finding {
  let entries: Int
  let from: Checkpoint?
  let tip: RegistryTip
  let proof: PinProof?
  let judged: [Rejudgement]?

  var lines: [String] {
    let count = entries == 1 ? "1 entry verifies" : "\(entries) entries verify"
    let behind = from.map { " behind entry \($0.number)" } ?? ""
    var lines = ["\(count)\(behind), the newest is \(Checkpoint(tip.entry))"]
    lines += proof?.lines ?? []
    guard let judged else { return lines }
    lines += judged.map(\.line)
    return lines + [
      judged.isEmpty
        ? "today's rules judge every version as its record does"
        : "today's rules differ on \(ErrorText.count(judged.count, "point"))"
    ]
  }

  var value: Value {
    [
      "ok": true, "entries": Field.number(entries),
      "tip": .string(tip.entry.digest.description),
      "id": .string(tip.entry.ledgerID.description),
      "entry": Field.number(tip.state.entry),
      "from": Field.number(from?.number),
      "pin": proof?.value ?? .null, "judged": judged.map { .list($0.map(\.value)) } ?? .null,
      "invariants": [], "message": .null,
    ]
  }
}

extension Session {
  fileprivate func answer(_ finding: Finding) {
    switch console.form {
    case .text: for line in finding.lines { console.answer(line.visible) }
    case .json: console.answer(finding.value)
    }
  }

  fileprivate func answer(_ broken: BrokenEntry) {
    switch console.form {
    case .text:
      console.answer(broken.message)
      for violation in broken.violations { console.answer("  \(violation)") }
    case .json:
      let invariants = Set(broken.violations.map(\.invariant)).sorted()
      console.answer([
        "ok": false, "entry": Field.number(broken.number),
        "invariants": .list(invariants.map { .string($0.description) }),
        "message": .string(broken.message), "entries": .null, "tip": .null, "id": .null,
        "from": .null, "pin": .null, "judged": .null,
      ])
    }
  }
}

import Keys
import Ledger
import Notation
import PromptRegistry

/// `stet verify`: the whole ledger again, from the first entry on.
struct Verify: Command {
  static let usage = "verify"
  static let summary = "check every entry again, whatever this machine remembers"
  static let details = """
    Checks signatures, the chain and every rule of every entry. A finding names all invariants \
    that the first bad entry breaks.
    """

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let place = try Place.find(session)
    let registry = try session.registry(at: place, expectedID: nil)
    let line = ProgressLine("verifying", on: session.console.talk)
    defer { line.end() }
    let verdict = try registryErrors { () throws(RegistryError) in
      try registry.verify { line.report($0.done, of: $0.total) }
    }
    if let broken = verdict.broken {
      session.answer(broken)
      return .notVerified
    }
    let tip = try session.newestTip(of: registry)
    switch session.console.form {
    case .text:
      session.console.answer("\(tip.state.entry) entries verify, the newest is \(tip.entry.digest)")
    case .json:
      session.console.answer([
        "ok": true, "entries": .number(Double(tip.state.entry)),
        "tip": .string(tip.entry.digest.description),
        "id": .string(tip.entry.ledgerID.description),
      ])
    }
    return .yes
  }
}

extension Session {
  fileprivate func answer(_ broken: BrokenEntry) {
    switch console.form {
    case .text:
      console.answer(broken.message)
      for violation in broken.violations { console.answer("  \(violation)") }
    case .json:
      let invariants = Set(broken.violations.map(\.invariant)).sorted()
      console.answer([
        "ok": false, "entry": broken.number.map { .number(Double($0)) } ?? .null,
        "invariants": .list(invariants.map { .string($0.description) }),
        "message": .string(broken.message),
      ])
    }
  }
}

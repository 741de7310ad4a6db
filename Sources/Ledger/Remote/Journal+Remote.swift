import Platform

extension Journal {
  /// How long it is decided again because others were first.
  package static let raceSeconds: Int64 = 10

  /// Brings the ledger here to where the host's is, once all that came is verified, and sends what
  /// an earlier command could not.
  package func pull(from remote: Remote) throws(LedgerError) -> Standing {
    setFresh(from: nil)
    let standing = try Courier(self, remote).start()
    setFresh(from: remote)
    return standing
  }

  /// What `pull` would bring, verified; the ledger here stays where it is.
  package func lookAhead(to remote: Remote) throws(LedgerError) -> Standing {
    try Courier(self, remote).synchronize(.looking)
  }

  /// As `append`, where a host decides who was first: the entry is decided on what the host has,
  /// sent, and in the ledger here only once it is in the host's. Right after a `pull` it is not
  /// fetched once more.
  func append<Answer, Refusal: Error>(
    _ order: Order, through remote: Remote,
    _ decide: (Situation) throws(Refusal) -> Decision<Answer>
  ) throws(LedgerError) -> Result<Written<Answer>, Refusal> {
    var scribe = Scribe(journal: self, order: order)
    // A person who is asked to touch a key must not keep others waiting.
    var early: Result<Draft<Answer>, Refusal>?
    if order.signer.mayAskAPerson {
      let tip = try (takeFreshness(of: remote) ? standing() : pull(from: remote)).tip
      early = try scribe.draft(on: tip, decide)
    }
    let courier = try Courier(self, remote)
    var tip = try (takeFreshness(of: remote) ? standing() : courier.start()).tip
    let deadline = Clock.monotonicNanoseconds() + Self.raceSeconds * 1_000_000_000
    while true {
      let outcome = if let early { early } else { try scribe.draft(on: tip, decide) }
      early = nil
      switch outcome {
      case .failure(let refusal): return .failure(refusal)
      case .success(let draft):
        if draft.parent == tip?.id, try courier.deliver(draft.entry) {
          return .success(Written(entry: draft.entry, answer: draft.answer))
        }
      }
      guard Clock.monotonicNanoseconds() < deadline else {
        throw .remote(remote.address, .overtaken(seconds: Self.raceSeconds))
      }
      remote.report(.overtaken)
      tip = try standing().tip
    }
  }

  /// Begins a ledger at a host that has none: the first entry is sent before it counts here.
  package func begin<Answer>(
    _ order: Order, at remote: Remote, _ decide: (Situation) -> Decision<Answer>
  ) throws(LedgerError) -> Written<Answer> {
    try remote.requireEmpty(store)
    // What this machine remembers of the host is about a ledger that is no longer there.
    try remote.memory?.forget()
    let courier = try Courier(self, remote)
    var scribe = Scribe(journal: self, order: order)
    let draft = try scribe.draft(on: nil) { situation in decide(situation) }.get()
    guard try courier.deliver(draft.entry) else { throw .remote(remote.address, .taken) }
    return Written(entry: draft.entry, answer: draft.answer)
  }
}

import Git
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
}

// MARK: - A ledger that was here alone

extension Journal {
  /// How often a ledger is sent that may not have arrived.
  private static let sendingLimit = 2

  /// Sends the whole ledger to a host that has nothing at all yet; where it has something, that is
  /// `.taken`. On every error but `.perhapsShared` the host has nothing of it.
  package func send(to remote: Remote) throws(LedgerError) {
    guard try remote.content(store) == .nothing else { throw .remote(remote.address, .taken) }
    _ = try sendAll(to: remote)
  }

  /// Shares the ledger through a host: it is sent to one that has nothing, and brought up to one
  /// that has it already. Where the host has anything else nothing is changed.
  package func share(through remote: Remote) throws(LedgerError) -> Standing {
    switch try remote.content(store) {
    case .nothing: try sendAll(to: remote)
    case .main: try pull(from: remote)
    case .others: throw .remote(remote.address, .taken)
    }
  }

  /// What `share` would come to now; nothing is sent and nothing here moves.
  package func foreseenShare(through remote: Remote) throws(LedgerError) -> Standing {
    switch try remote.content(store) {
    case .nothing: try standing()
    case .main: try lookAhead(to: remote)
    case .others: throw .remote(remote.address, .taken)
    }
  }

  private func sendAll(to remote: Remote) throws(LedgerError) -> Standing {
    let lock = try WriterLock(store.path)
    defer { lock.clearNote() }
    let standing = try standing()
    guard let tip = standing.tip else { throw .missing(path: store.path) }
    // What this machine remembers of the host is about a ledger that is no longer there.
    try remote.memory?.forget()
    try send(tip, to: remote)
    remote.remember(tip)
    return standing
  }

  private func send(_ tip: SignedEntry, to remote: Remote) throws(LedgerError) {
    var lost = ""
    for _ in 0..<Self.sendingLimit {
      switch try remote.push(tip.id, from: store) {
      case .arrived: return
      case .refused(let words): throw .remote(remote.address, .refused(words: words))
      case .notSent(let problem):
        guard !lost.isEmpty else { throw .remote(remote.address, problem) }
      case .unknown(let problem): lost = problem.message(at: remote.address)
      case .overtaken: break
      }
      // What seemed lost may have arrived.
      let there: ObjectID?
      do throws(LedgerError) { there = try remote.fetch(into: store) } catch { break }
      if there == tip.id { return }
      if there != nil { throw .remote(remote.address, .taken) }
    }
    throw .remote(remote.address, .perhapsShared(words: lost))
  }
}

import Git
import Platform

extension Journal {
  /// How long it is decided again because others were first.
  package static let raceSeconds: Int64 = 10

  /// Brings the ledger here to where the host's is, once all that came is verified, and sends what
  /// an earlier command could not. A copy that begins here ends before the first entry that does
  /// not hold; where there was one already, that is an error.
  package func pull(from remote: Remote) throws(LedgerError) -> Standing {
    setFresh(from: nil)
    let standing = try Courier(self, remote).start()
    if standing.refused == nil { setFresh(from: remote) }
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
      let tip = try (takeFreshness(of: remote) ? standing() : pull(from: remote)).whole().tip
      early = try scribe.draft(on: tip, decide)
    }
    let courier = try Courier(self, remote)
    var tip = try (takeFreshness(of: remote) ? standing() : courier.start()).whole().tip
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
    _ = try sendAll(to: remote, over: nil)
  }

  /// Shares the ledger through a host: it is sent to one that has nothing, brought up to one that
  /// has it already, and one that has an older state of it gets what it lacks. Where the host has
  /// anything else nothing is changed.
  ///
  /// A host that had it until now is asked first, so that nothing stays behind there alone.
  package func share(
    through remote: Remote, insteadOf former: Remote?
  ) throws(LedgerError) -> Standing {
    if let former { _ = try pull(from: former) }
    switch try remote.content(store) {
    case .nothing: return try sendAll(to: remote, over: nil)
    case .main: return try meet(remote)
    case .others: throw .remote(remote.address, .taken)
    }
  }

  /// What `share` would come to now; nothing is sent and nothing here moves.
  package func foreseenShare(
    through remote: Remote, insteadOf former: Remote?
  ) throws(LedgerError) -> Standing {
    let standing = if let former { try lookAhead(to: former) } else { try standing() }
    switch try remote.content(store) {
    case .nothing: return standing
    case .main:
      do throws(LedgerError) {
        return try Courier(self, remote).synchronize(.looking, from: standing)
      } catch {
        guard error.isRewound else { throw error }
        return standing
      }
    case .others: throw .remote(remote.address, .taken)
    }
  }

  /// Brings the ledger here up to a host's, or the other way round where the host's is the older.
  private func meet(_ remote: Remote) throws(LedgerError) -> Standing {
    do throws(LedgerError) { return try pull(from: remote) } catch {
      guard error.isRewound else { throw error }
    }
    let older = try remote.fetch(into: store)
    do throws(LedgerError) { return try sendAll(to: remote, over: older) } catch {
      // Somebody else was first, and what he sent may be what was about to be.
      guard case .remote(_, .taken) = error else { throw error }
      return try pull(from: remote)
    }
  }

  /// Sends the whole ledger to a host that stands at a commit of it, or has nothing.
  private func sendAll(
    to remote: Remote, over base: ObjectID?
  ) throws(LedgerError) -> Standing {
    let lock = try WriterLock(store.path)
    defer { lock.clearNote() }
    let standing = try standing()
    guard let tip = standing.tip else { throw .missing(path: store.path) }
    try send(tip, to: remote, over: base)
    remote.begin(with: tip)
    return standing
  }

  private func send(
    _ tip: SignedEntry, to remote: Remote, over base: ObjectID?
  ) throws(LedgerError) {
    var lost: String?
    for _ in 0..<Self.sendingLimit {
      switch try remote.push(tip.id, from: store) {
      case .arrived: return
      case .refused(let words): throw .remote(remote.address, .refused(words: words))
      case .notSent(let problem):
        guard lost != nil else { throw .remote(remote.address, problem) }
      case .unknown(let problem): lost = problem.message(at: remote.address)
      case .overtaken: break
      }
      // What seemed lost may have arrived.
      let there = try look(at: remote, lost)
      if there == tip.id { return }
      if there != base { throw .remote(remote.address, .taken) }
    }
    throw .remote(
      remote.address,
      lost.map { .perhapsShared(words: $0) }
        ?? .failed(words: "the host says that others were first, and took nothing"))
  }

  /// Where a host stands that something may have been sent to; `lost` says why nobody knows.
  private func look(
    at remote: Remote, _ lost: String?
  ) throws(LedgerError) -> ObjectID? {
    do throws(LedgerError) { return try remote.fetch(into: store) } catch {
      guard let lost else { throw error }
      // That the host is still away says no more than how it was lost.
      let words = if case .remote = error { lost } else { error.message }
      throw .remote(remote.address, .perhapsShared(words: words))
    }
  }
}

extension LedgerError {
  /// Whether a host has an older state of this very ledger.
  fileprivate var isRewound: Bool {
    guard case .remote(_, .strayed(let divergence)) = self else { return false }
    return divergence.kind == .rewound
  }
}

import Git
import Keys
import Platform

/// Goes between the ledger here and the one at a host, and holds the writer's lock meanwhile, so
/// that nobody else here writes, sends or packs at the same time.
struct Courier: ~Copyable {
  /// How often an entry is sent that may not have arrived.
  private static let attemptLimit = 2
  /// Somebody who was overtaken waits at most so many times what his push took: pushes that overlap
  /// cost the host as much as one that counts, and all but the first are for nothing.
  private static let patience: Int64 = 6
  /// The longest such wait.
  private static let waitLimitNanoseconds: Int64 = 2_000_000_000

  private let journal: Journal
  private let remote: Remote
  private let lock: WriterLock

  private var store: ObjectStore { journal.store }
  private var outbox: Outbox { Outbox(store: store) }

  /// Whether the ledger here follows the host's, or that is only looked at.
  enum Manner { case moving, looking }

  /// Waits for the lock.
  init(_ journal: Journal, _ remote: Remote) throws(LedgerError) {
    self.journal = journal
    self.remote = remote
    lock = try WriterLock(journal.store.path)
  }

  /// Brings the ledger here to where the host's is, and finishes what an earlier command could not
  /// send.
  func start() throws(LedgerError) -> Standing {
    var standing = try synchronize()
    for entry in try outbox.entries() where try settle(entry, on: standing.tip) {
      standing = try journal.standing()
    }
    return standing
  }

  /// Brings the ledger here to where the host's is, once all that came is verified.
  ///
  /// Where an entry of the host's does not hold, those before it are taken over, and the error says
  /// which it is, or in a copy that begins here the answer. Where the host's chain does not go on
  /// from ours nothing is changed. `foreseen` is where the ledger would stand by then, if not where
  /// it stands.
  func synchronize(
    _ manner: Manner = .moving, from foreseen: Standing? = nil
  ) throws(LedgerError) -> Standing {
    let standing = if let foreseen { foreseen } else { try journal.standing() }
    let here = standing.tip
    guard let incoming = try remote.fetch(into: store) else {
      let known = if let here { Remembered(here) } else { try remote.memory?.recall() }
      guard let known else { return standing }
      throw strayed(.emptied, here: Divergence.Tip(known), there: nil)
    }
    if incoming == here?.id {
      if manner == .moving { here.map(remote.remember) }
      return standing
    }
    try Detours.check(store)
    if here == nil { try checkFirstContact(incoming) }
    let verdict = try journal.judge(upTo: incoming, from: here.map { Remembered($0) }) {
      [report = remote.report] in report(.verifying($0))
    }
    guard let verdict else { throw try divergence(of: incoming, here: here) }
    guard let tip = verdict.tip else {
      guard let broken = verdict.broken, !broken.isNoEntry else {
        throw .remote(remote.address, .noLedger)
      }
      throw .broken(broken)
    }
    let problem =
      manner == .moving && tip != here?.id ? try advance(from: here, to: tip) : nil
    let reached = Standing(
      tip: try store.entry(tip), verified: verdict.valid, memoryProblem: problem,
      refused: verdict.broken)
    return here == nil ? reached : try reached.whole()
  }

  /// Sends an entry that goes on from where the ledger stands, and puts it in place here once it is
  /// in place there. False where somebody else was first: then the ledger here is where the host's
  /// is.
  ///
  /// Throws only when the entry is not at the host and never will be. Where nobody knows, as with
  /// `.unsettled`, it stays in the outbox, and the next courier settles it.
  func deliver(_ entry: SignedEntry) throws(LedgerError) -> Bool {
    try outbox.keep(entry)
    var mayHaveArrived = false
    for _ in 0..<Self.attemptLimit {
      let start = Clock.monotonicNanoseconds()
      switch try remote.push(entry.id, from: store) {
      case .arrived:
        takeOver(entry)
        return true
      case .refused(let words):
        try outbox.drop(entry)
        throw .remote(remote.address, .refused(words: words))
      case .notSent(let problem) where !mayHaveArrived:
        try outbox.drop(entry)
        throw .remote(remote.address, problem)
      case .notSent, .unknown: mayHaveArrived = true
      // Who moves out of step is not overtaken again by the same others.
      case .overtaken: Self.stepAside(since: start)
      }
      // It may be there all the same: what was sent before, and seemed lost, can arrive late.
      let tip = try look(for: entry)
      let isThere = try store.holds(entry)
      if isThere || tip != entry.entry.place.link?.parent {
        try outbox.drop(entry)
        return isThere
      }
    }
    if mayHaveArrived { throw .remote(remote.address, .unsettled(entry: entry.entry.number)) }
    try outbox.drop(entry)
    return false
  }
}

// MARK: - Taking turns

extension Courier {
  /// Waits by chance, as long as a push takes here and now or longer: the others' pushes come to
  /// their end meanwhile, and not all who were overtaken come back at once.
  private static func stepAside(since start: Int64) {
    let longest = min(patience * (Clock.monotonicNanoseconds() - start), waitLimitNanoseconds)
    Clock.pause(nanoseconds: Int64.random(in: 0...max(0, longest)))
  }
}

// MARK: - What could not be sent

extension Courier {
  /// Finishes an entry of an earlier command, or drops it and says why; whether it is in the
  /// ledger.
  private func settle(_ entry: SignedEntry, on tip: SignedEntry?) throws(LedgerError) -> Bool {
    if try store.holds(entry) {
      try outbox.drop(entry)
      remote.report(.hadArrived(entry))
      return true
    }
    let verdict = try journal.judge(upTo: entry.id, from: tip.map { Remembered($0) })
    guard entry.entry.place.link?.parent == tip?.id, verdict?.broken == nil else {
      try outbox.drop(entry)
      remote.report(.dropped(entry, .overtaken))
      return false
    }
    do throws(LedgerError) {
      let isSent = try deliver(entry)
      remote.report(isSent ? .sent(entry) : .dropped(entry, .overtaken))
      return isSent
    } catch {
      guard case .remote(_, .refused(let words)) = error else { throw error }
      remote.report(.dropped(entry, .refused(words: words)))
      return false
    }
  }

  /// Looks at the host for an entry that may have arrived; returns where the host stands.
  private func look(for entry: SignedEntry) throws(LedgerError) -> ObjectID? {
    do throws(LedgerError) { return try synchronize().tip?.id } catch {
      switch error {
      case .remote(_, .strayed), .broken: throw error
      case _: throw .remote(remote.address, .unsettled(entry: entry.entry.number))
      }
    }
  }
}

// MARK: - Where the ledger here goes

extension Courier {
  /// Puts an entry in place here that the host has. It is in the ledger whatever happens here, so
  /// what goes wrong is only said; then it stays in the outbox until it is seen to have arrived.
  private func takeOver(_ entry: SignedEntry) {
    do throws(LedgerError) {
      _ = try advance(from: entry.entry.place.link?.parent, to: entry.id)
      try outbox.drop(entry)
    } catch {
      remote.report(.notTakenOver(error))
    }
  }

  /// Moves the ledger here forward to a commit that was verified; what kept this machine from
  /// remembering it is returned.
  private func advance(
    from here: ObjectID?, to id: ObjectID
  ) throws(LedgerError) -> LedgerError? {
    let entry = try store.entry(id)
    guard try lock.swap(entry, in: store, expecting: here) else {
      // Somebody who takes no turns moved it.
      throw .busy(seconds: 0)
    }
    var problem: LedgerError?
    journal.trust(entry, &problem)
    remote.remember(entry)
    return problem
  }

  private func advance(
    from here: SignedEntry?, to id: ObjectID
  ) throws(LedgerError) -> LedgerError? {
    try advance(from: here?.id, to: id)
  }

  /// A copy that begins anew: the ledger must be the one that is asked for, and go on from what
  /// this machine has verified of that host before.
  private func checkFirstContact(_ incoming: ObjectID) throws(LedgerError) {
    if let entry = entryOrNil(incoming) { try journal.checkIdentity(of: entry) }
    guard let known = try remote.memory?.recall() else { return }
    let chain = try Chain.down(from: incoming, to: known.commit, in: store)
    if chain.base != nil { return }
    let there = entryOrNil(incoming)
    let isBehind = there.map { $0.entry.number <= known.number } ?? false
    throw strayed(
      kind(of: there, knownID: known.ledgerID) ?? (isBehind ? .rewound : .forked),
      here: Divergence.Tip(known), there: there)
  }

  /// The error for a host whose chain does not go on from ours.
  private func divergence(
    of incoming: ObjectID, here: SignedEntry?
  ) throws(LedgerError) -> LedgerError {
    guard let here else { preconditionFailure("every chain goes on from nothing") }
    let there = entryOrNil(incoming)
    var kind = kind(of: there, knownID: here.ledgerID) ?? .forked
    var next = here.entry.place.link?.parent
    while kind == .forked, let id = next {
      if id == incoming { kind = .rewound }
      next = try store.entry(id).entry.place.link?.parent
    }
    return strayed(kind, here: Divergence.Tip(here), there: there)
  }

  private func kind(of there: SignedEntry?, knownID: Digest) -> Divergence.Kind? {
    there?.ledgerID == knownID ? nil : .replaced
  }

  /// A commit that is no entry has neither number nor ledger, and that is all there is to say.
  private func entryOrNil(_ id: ObjectID) -> SignedEntry? { try? store.entry(id) }

  private func strayed(
    _ kind: Divergence.Kind, here: Divergence.Tip, there: SignedEntry?
  ) -> LedgerError {
    .remote(
      remote.address,
      .strayed(Divergence(kind: kind, here: here, there: there.map { Divergence.Tip($0) })))
  }
}

extension BrokenEntry {
  /// Whether a chain does not even begin with an entry: then it is no ledger.
  fileprivate var isNoEntry: Bool {
    number == 1 && violations.contains { $0.invariant == .grammar || $0.invariant == .oneParent }
  }
}

import Git
import Notation
import Platform

extension Journal {
  /// How far a parent may be ahead of the writer's clock.
  package static let aheadLimitSeconds: Int64 = 300
  /// How often writing is started anew when git's storage fails, as it may while git prunes.
  private static let attemptLimit = 3
  /// How often it is decided anew because somebody who takes no turns was first.
  private static let roundLimit = 1000

  /// Writes one entry: decides on the verified state as it is, writes the objects, signs, verifies
  /// the result as any reader will, and moves the reference if nobody was first. If somebody was,
  /// it decides again on the new state.
  ///
  /// On success the entry is in the ledger and on the disk. On a refusal or an error it is not, and
  /// never will be. `decide` may be called several times.
  package func append<Answer, Refusal: Error>(
    _ order: Order, decide: (Situation) throws(Refusal) -> Decision<Answer>
  ) throws(LedgerError) -> Result<Written<Answer>, Refusal> {
    if let remote = order.remote { return try append(order, through: remote, decide) }
    var scribe = Scribe(journal: self, order: order)
    // A person who is asked to touch a key must not keep others waiting.
    var early: Result<Draft<Answer>, Refusal>?
    if order.signer.mayAskAPerson { early = try scribe.draft(on: standing().tip, decide) }
    let lock = try WriterLock(store.path)
    var failures = 0
    for _ in 0..<Self.roundLimit {
      do throws(LedgerError) {
        let tip = try standing().tip
        let outcome = if let early { early } else { try scribe.draft(on: tip, decide) }
        early = nil
        let draft: Draft<Answer>
        switch outcome {
        case .success(let made): draft = made
        case .failure(let refusal): return .failure(refusal)
        }
        if draft.parent == tip?.id, try lock.swap(draft.entry, in: store, expecting: draft.parent) {
          var problem: LedgerError?
          trust(draft.entry, &problem)
          return .success(Written(entry: draft.entry, answer: draft.answer))
        }
      } catch {
        failures += 1
        guard error.mayPass, failures < Self.attemptLimit else { throw error }
      }
    }
    throw .busy(seconds: WriterLock.timeoutSeconds)
  }
}

extension Journal {
  /// The path of the lock that a git program holds, or left, on the reference; nil where none is.
  package func gitLock() throws(LedgerError) -> String? {
    let path = WriterLock.gitLock(in: store.path)
    do throws(PlatformError) { return try FileSystem.exists(path) ? path : nil } catch {
      throw .platform(error)
    }
  }

  /// The path of the lock that `unlock` would remove, or what keeps it from that.
  package func abandonedLock() throws(LedgerError) -> String? {
    try WriterLock.abandonedLock(in: store.path)
  }

  /// Removes the lock that a git program left on the reference, unless it changes while it is
  /// looked at; returns its path if there was one. No writer of ours is at work meanwhile.
  package func unlock() throws(LedgerError) -> String? {
    try WriterLock(store.path).removeForeignLock()
  }
}

/// An entry that is written, signed and verified, and that no reference names yet.
struct Draft<Answer> {
  let parent: ObjectID?
  let entry: SignedEntry
  let answer: Answer
}

/// Turns decisions into drafts for one operation.
struct Scribe {
  private let journal: Journal
  private let order: Order
  private var operation: OperationID?

  init(journal: Journal, order: Order) {
    self.journal = journal
    self.order = order
  }

  mutating func draft<Answer, Refusal: Error>(
    on parent: SignedEntry?, _ decide: (Situation) throws(Refusal) -> Decision<Answer>
  ) throws(LedgerError) -> Result<Draft<Answer>, Refusal> {
    let situation = try situation(after: parent)
    switch Result(catching: { () throws(Refusal) in try decide(situation) }) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let decision):
      let entry = try write(decision.proposal, situation)
      return .success(Draft(parent: parent?.id, entry: entry, answer: decision.answer))
    }
  }

  private func situation(after parent: SignedEntry?) throws(LedgerError) -> Situation {
    guard let parent else {
      return Situation(parent: nil, place: .first, time: order.now, tree: MemoryTree())
    }
    let ahead = parent.entry.time.seconds - order.now.seconds
    guard ahead <= Journal.aheadLimitSeconds else { throw .parentAhead(seconds: ahead) }
    return Situation(
      parent: parent, place: .after(parent), time: max(order.now, parent.entry.time),
      tree: journal.tree(of: parent))
  }

  private mutating func write(
    _ proposal: Proposal, _ situation: Situation
  ) throws(LedgerError) -> SignedEntry {
    if let flaw = FreeText.flaw(writing: proposal.text) { throw .text(flaw) }
    let operation =
      if let known = self.operation { known } else {
        try order.operation(firstNumber: situation.place.number)
      }
    self.operation = operation
    var prepared = try journal.store.prepare(
      proposal.change, onto: situation.parent?.entry.tree)
    var proposal = proposal
    proposal.change = prepared.change
    let entry = Entry(
      proposal, tree: prepared.tree, place: situation.place, time: situation.time,
      operation: operation)
    let id = try prepared.add(commit: entry.commit(signature: try order.signer.sign(entry.payload)))
    try journal.store.store(prepared.objects)
    return try verified(id, after: situation.parent)
  }

  /// Reads the commit back as any reader will.
  private func verified(
    _ id: ObjectID, after parent: SignedEntry?
  ) throws(LedgerError) -> SignedEntry {
    do throws(LedgerError) {
      let entry = try journal.store.entry(id)
      let inspector = Inspector(store: journal.store, rules: journal.rules)
      let violations = try inspector.finding(of: entry, after: parent).violations
      guard violations.isEmpty else { throw .refusedByRules(violations) }
      return entry
    } catch {
      guard case .broken(let broken) = error else { throw error }
      throw .refusedByRules(broken.violations)
    }
  }
}

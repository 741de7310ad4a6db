package import Keys
package import Ledger
package import Notation

/// A registry on disk: verified states to read, and decisions to carry out as signed entries.
///
/// The command line and the service call the same functions of it; neither has rules of its own.
package final class Registry: Sendable {
  /// The ledger that it lives in.
  package let journal: Journal

  private init(_ journal: Journal) { self.journal = journal }

  /// Opens the ledger in a repository's own folder; nothing of it is believed before it is read.
  ///
  /// `expectedID` pins the ledger where this machine remembers nothing of it.
  package static func open(
    _ path: String, memory: Memory?, expectedID: Digest? = nil
  ) throws(RegistryError) -> Registry {
    do throws(LedgerError) {
      return Registry(
        try Journal.open(path, rules: RegistryRules(), memory: memory, expectedID: expectedID))
    } catch {
      throw .ledger(error)
    }
  }

  /// Opens the ledger that git's variables name, as in a hook at a host; `memory` is asked with its
  /// folder.
  package static func openForPush(
    memory: (_ path: String) -> Memory?
  ) throws(RegistryError) -> Registry {
    do throws(LedgerError) {
      return Registry(try Journal.openFromEnvironment(rules: RegistryRules(), memory: memory))
    } catch {
      throw .ledger(error)
    }
  }

  /// Makes an empty ledger where there is none, for a host's to be brought into.
  package static func create(
    _ path: String, memory: Memory?, expectedID: Digest?
  ) throws(RegistryError) -> Registry {
    do throws(LedgerError) {
      return Registry(
        try Journal.create(path, rules: RegistryRules(), memory: memory, expectedID: expectedID))
    } catch {
      throw .ledger(error)
    }
  }

  /// Makes a ledger where there is none, with the first entry of it.
  package static func found(
    _ path: String, memory: Memory?, founding: Founding, _ order: Order
  ) throws(RegistryError) -> (registry: Registry, entry: SignedEntry) {
    do throws(LedgerError) {
      let registry = Registry(
        try Journal.create(path, rules: RegistryRules(), memory: memory))
      let entry = try registry.begin(founding, order)
      return (registry, entry)
    } catch {
      throw .ledger(error)
    }
  }
}

// MARK: - Reading

/// What a registry stands at.
package struct RegistryTip: Sendable {
  /// The newest entry, verified.
  package let entry: SignedEntry
  /// The state after it.
  package let state: State
  /// Why this machine could not remember what it verified; nil where it could.
  package let memoryProblem: LedgerError?
  /// What lies behind that entry and does not hold; nil where nothing does.
  package let refused: BrokenEntry?

  /// The same for whoever goes on from it; throws where an entry behind it does not hold.
  package func whole() throws(RegistryError) -> RegistryTip {
    if let refusal { throw refusal }
    return self
  }

  /// What does not hold, as an error of the registry.
  package var refusal: RegistryError? { refused.map { .ledger(.broken($0)) } }
}

extension Registry {
  /// Verifies what is new and reads the newest state: the one before the first entry that does not
  /// hold, which is then named.
  package func tip(
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(RegistryError) -> RegistryTip {
    let standing: Standing
    do throws(LedgerError) {
      standing = try journal.holding(progress)
    } catch {
      throw .ledger(error)
    }
    return try tip(at: standing)
  }

  /// The state that was found to stand.
  func tip(at standing: Standing) throws(RegistryError) -> RegistryTip {
    guard let entry = standing.tip else { throw .ledger(.missing(path: journal.path)) }
    return RegistryTip(
      entry: entry, state: try state(after: entry), memoryProblem: standing.memoryProblem,
      refused: standing.refused)
  }

  /// The state after an entry of this ledger.
  package func state(after entry: SignedEntry) throws(RegistryError) -> State {
    try State(
      entry: entry.entry.number, time: entry.entry.time, tree: journal.tree(of: entry))
  }
}

// MARK: - Writing

extension Registry {
  /// Decides on the newest state and writes what was decided as one signed entry; if somebody else
  /// was first, it decides again.
  package func write<Answer: Sendable>(
    _ order: Order,
    _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws(RegistryError) -> Written<Answer> {
    let outcome: Result<Written<Answer>, RegistryError>
    do throws(LedgerError) {
      outcome = try journal.append(order) { situation throws(RegistryError) in
        let (plan, pen) = try Self.decide(situation, order.signer.publicKey, decide)
        return Decision(plan.proposal(by: pen.member), answer: plan.answer)
      }
    } catch {
      throw .ledger(error)
    }
    return try outcome.get()
  }

  /// What `write` would decide now; nothing is written.
  package func preview<Answer: Sendable>(
    _ key: PublicKey, now: Timestamp,
    _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws(RegistryError) -> Plan<Answer> {
    let state = try tip().whole().state
    let pen = Pen(
      member: try state.member(holding: key), key: key, entry: state.entry + 1,
      at: max(now, state.time))
    let plan = try decide(state, pen)
    try plan.requireNoSecrets()
    return plan
  }

  private static func decide<Answer: Sendable>(
    _ situation: Situation, _ key: PublicKey,
    _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws(RegistryError) -> (Plan<Answer>, Pen) {
    let state = try State(
      entry: situation.place.number - 1, time: situation.parent?.entry.time ?? situation.time,
      tree: situation.tree)
    let pen = Pen(
      member: try state.member(holding: key), key: key, entry: situation.place.number,
      at: situation.time)
    let plan = try decide(state, pen)
    try plan.requireNoSecrets()
    return (plan, pen)
  }

  private func begin(
    _ founding: Founding, _ order: Order
  ) throws(LedgerError) -> SignedEntry {
    let outcome = try journal.append(order) { situation throws(LedgerError) in
      guard situation.parent == nil else { throw .emptyChange }
      let plan = founding.plan(at: situation.time)
      return Decision(plan.proposal(by: founding.founder), answer: ())
    }
    return try outcome.get().entry
  }
}

extension State {
  /// The member whose live key this is, or an error that says what to do.
  package func member(holding key: PublicKey) throws(RegistryError) -> MemberName {
    guard let (member, standing) = policy.holder(of: key) else {
      throw .notEnrolled(key.fingerprint)
    }
    switch standing {
    case .live: return member.name
    case .revoked(let at): throw .keyRevoked(member.name, at: at)
    }
  }
}

extension Plan {
  /// The same in the ledger's terms: paths instead of slots.
  package func proposal(by member: MemberName) -> Proposal {
    var change = Change()
    for (slot, bytes) in edits {
      if let bytes { change.set(slot.path, to: bytes) } else { change.remove(slot.path) }
    }
    let review = review.map {
      Deed.Review(decision: $0.decision.rawValue, subject: $0.subject)
    }
    return Proposal(
      Deed(action.rawValue, request: request, review: review), member: member.text,
      headline: headline.text, text: text, change: change)
  }
}

// MARK: - Sharing

extension Registry {
  /// Brings the ledger here to where a host's is, once all that came is verified.
  package func pull(from remote: Remote) throws(RegistryError) -> Standing {
    do throws(LedgerError) { return try journal.pull(from: remote) } catch { throw .ledger(error) }
  }

  /// Verifies what `pull` would bring and reads the state after it; nothing here moves. Nil where
  /// the host has nothing.
  package func lookAhead(to remote: Remote) throws(RegistryError) -> RegistryTip? {
    let standing: Standing
    do throws(LedgerError) { standing = try journal.lookAhead(to: remote) } catch {
      throw .ledger(error)
    }
    return standing.tip == nil ? nil : try tip(at: standing)
  }

  /// Sends the whole ledger to a host that has nothing yet.
  package func send(to remote: Remote) throws(RegistryError) {
    do throws(LedgerError) { try journal.send(to: remote) } catch { throw .ledger(error) }
  }

  /// Shares the ledger through a host that has nothing yet, or this very ledger; one that had it
  /// until now is asked first.
  package func share(
    through remote: Remote, insteadOf former: Remote?
  ) throws(RegistryError) -> Standing {
    do throws(LedgerError) {
      return try journal.share(through: remote, insteadOf: former)
    } catch {
      throw .ledger(error)
    }
  }

  /// What `share` would come to now.
  package func foreseenShare(
    through remote: Remote, insteadOf former: Remote?
  ) throws(RegistryError) -> Standing {
    do throws(LedgerError) {
      return try journal.foreseenShare(through: remote, insteadOf: former)
    } catch {
      throw .ledger(error)
    }
  }

  /// Why a host may not let a push in; nil where it may.
  package func refusal(
    of pushed: [PushedReference], now: Timestamp
  ) throws(RegistryError) -> PushRefusal? {
    do throws(LedgerError) { return try journal.refusal(of: pushed, now: now) } catch {
      throw .ledger(error)
    }
  }

  /// What `repair` would do now.
  package func foreseenRepair() throws(RegistryError) -> Repair? {
    do throws(LedgerError) { return try journal.foreseenRepair() } catch { throw .ledger(error) }
  }

  /// Sets the ledger back to the newest entry before which everything holds; nil where all does.
  package func repair() throws(RegistryError) -> Repair? {
    do throws(LedgerError) { return try journal.repair() } catch { throw .ledger(error) }
  }
}

// MARK: - Verifying

/// What came of judging a registry's entries once more.
package enum Audit: Sendable {
  /// So many entries hold, up to the newest.
  case holds(entries: Int, RegistryTip)
  case broken(BrokenEntry)
}

extension Registry {
  /// Judges every entry behind a checkpoint again, or all of them, whatever was verified before.
  package func verify(
    from checkpoint: Checkpoint? = nil,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(RegistryError) -> Audit {
    let verdict: Ledger.Verdict
    let newest: SignedEntry
    do throws(LedgerError) {
      verdict = try journal.verify(from: checkpoint, progress)
      if let broken = verdict.broken { return .broken(broken) }
      guard let tip = verdict.tip else { throw .missing(path: journal.path) }
      newest = try journal.entry(tip)
    } catch {
      guard case .broken(let broken) = error else { throw .ledger(error) }
      return .broken(broken)
    }
    return .holds(
      entries: verdict.valid,
      RegistryTip(entry: newest, state: try state(after: newest), memoryProblem: nil, refused: nil))
  }
}

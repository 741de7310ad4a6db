package import Git
package import Keys
import Platform
import Synchronization

/// A ledger on disk: an append-only chain of signed entries that hangs on one reference.
///
/// Any number of threads and processes may read and append at once.
package final class Journal: Sendable {
  /// What the entries are about.
  let rules: any Rules
  let store: ObjectStore
  let memory: Memory?
  private let expectedID: Digest?
  /// The newest entry that this object has verified.
  private let trusted = Mutex<SignedEntry?>(nil)
  /// What was found the last time that something stood behind it which does not hold.
  private let refusal = Mutex<Refusal?>(nil)
  /// The host that the ledger was just brought up to, and until when that counts.
  private let fresh = Mutex<(host: RemoteAddress, until: Int64)?>(nil)
  /// The index as far as it was needed yet.
  let indexed = Mutex<EntryIndex?>(nil)

  private init(_ store: ObjectStore, _ rules: any Rules, memory: Memory?, expectedID: Digest?) {
    self.store = store
    self.rules = rules
    self.memory = memory
    self.expectedID = expectedID
  }

  /// Opens the repository whose own folder this is. Nothing of it is believed yet.
  ///
  /// `expectedID` pins the ledger on first contact, when `memory` knows nothing of it.
  package static func open(
    _ path: String, rules: any Rules, memory: Memory?, expectedID: Digest? = nil
  ) throws(LedgerError) -> Journal {
    Journal(try ObjectStore.open(path), rules, memory: memory, expectedID: expectedID)
  }

  /// Makes an empty repository where there is none.
  package static func create(
    _ path: String, rules: any Rules, memory: Memory?, expectedID: Digest? = nil
  ) throws(LedgerError) -> Journal {
    Journal(try ObjectStore.create(path), rules, memory: memory, expectedID: expectedID)
  }

  /// Opens the repository that git's variables name, as in a hook: what is being pushed is seen.
  package static func openFromEnvironment(
    rules: any Rules, memory: (_ path: String) -> Memory?
  ) throws(LedgerError) -> Journal {
    let store = try ObjectStore.openFromEnvironment()
    return Journal(store, rules, memory: memory(store.path), expectedID: nil)
  }
}

extension Journal {
  /// Lets go of files that packing has replaced; called now and then in a process that lives long.
  package func renewAfterPacking() throws(LedgerError) { try store.renewAfterPacking() }
}

// MARK: - What holds

/// What a ledger stands at, verified.
package struct Standing: Hashable, Sendable {
  /// The newest entry; nil where there is none yet.
  package let tip: SignedEntry?
  /// How many entries had to be verified to say so.
  package let verified: Int
  /// Why the memory could not be kept, so that all will be verified again.
  package let memoryProblem: LedgerError?
  /// What lies behind the tip and does not hold, and is therefore no part of the ledger.
  package let refused: BrokenEntry?

  /// The same for whoever goes on from the tip; throws `.broken` where anything else lies there.
  package func whole() throws(LedgerError) -> Standing {
    if let refused { throw .broken(refused) }
    return self
  }
}

extension Journal {
  /// Reads the reference once and verifies whatever of the chain was not verified before, by this
  /// object or, as the memory says, on this machine.
  ///
  /// Throws `.broken` with the first entry that does not hold, and with I28 where the chain does
  /// not go on from the entry that the memory has.
  package func standing(
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(LedgerError) -> Standing {
    try holding(progress).whole()
  }

  /// The same of the entries before the first that does not hold; throws `.broken` only where
  /// that is none, or where the chain does not go on from the entry that the memory has.
  package func holding(
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(LedgerError) -> Standing {
    let tip = try store.tip()
    let known = trusted.withLock { $0 }
    if let known, known.id == tip {
      return Standing(tip: known, verified: 0, memoryProblem: nil, refused: nil)
    }
    try Detours.check(store)
    if let refusal = refusal.withLock({ $0 }), refusal.counts(at: tip, behind: known) {
      return try refusal.found.get()
    }
    let found = Result { () throws(LedgerError) in try judged(tip, behind: known, progress) }
    refusal.withLock { $0 = tip.flatMap { Refusal(of: found, at: $0, behind: known) } }
    return try found.get()
  }

  private func judged(
    _ tip: ObjectID?, behind known: SignedEntry?,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void
  ) throws(LedgerError) -> Standing {
    var problem: LedgerError?
    let remembered = try recall(known, &problem)
    guard let tip else {
      if remembered != nil { throw Self.strayed("it has no entry any more") }
      return Standing(tip: nil, verified: 0, memoryProblem: problem, refused: nil)
    }
    guard let verdict = try judge(upTo: tip, from: remembered, progress) else {
      throw Self.strayed("it does not go on from entry \(remembered?.number ?? 0)")
    }
    if let broken = verdict.broken, verdict.tip == nil { throw .broken(broken) }
    let entry = try store.entry(verdict.tip ?? tip)
    try checkIdentity(of: entry)
    trust(entry, knowing: remembered, &problem)
    return Standing(
      tip: entry, verified: verdict.valid, memoryProblem: problem, refused: verdict.broken)
  }

  /// Judges what leads from an entry that was verified to a commit that need not be in the ledger;
  /// from the first entry on where none is given. Nil where the commit does not go on from it.
  func judge(
    upTo tip: ObjectID, from known: Remembered?,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(LedgerError) -> Verdict? {
    let chain = try Chain.down(from: tip, to: known?.commit, in: store)
    guard known == nil || chain.base != nil else { return nil }
    return try judge(chain, progress)
  }

  /// Judges every entry of a chain; where that is all of a ledger and holds, its index is kept.
  func judge(
    _ chain: Chain, _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(LedgerError) -> Verdict {
    let (verdict, index) = try verification(progress).judge(chain, in: store)
    if chain.base == nil, verdict.broken == nil { keep(index, new: index.count) }
    return verdict
  }

  /// Throws where the ledger is pinned to be another one than the entry's.
  func checkIdentity(of entry: SignedEntry) throws(LedgerError) {
    guard let expectedID, entry.ledgerID != expectedID else { return }
    throw Self.strayed("it is \(entry.ledgerID) and not \(expectedID)")
  }

  /// Judges every entry behind a checkpoint, or from the first on where there is none, whatever was
  /// verified before.
  ///
  /// The verdict is I28 where the chain does not go on from the checkpoint, or from what this
  /// machine remembers. What was judged from the first entry on is remembered.
  package func verify(
    from checkpoint: Checkpoint? = nil,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(LedgerError) -> Verdict {
    try Detours.check(store)
    guard let tip = try store.tip() else { throw .missing(path: store.path) }
    let chain = try Chain.down(from: tip, to: checkpoint?.commit, in: store)
    guard checkpoint == nil || chain.base?.entry.number == checkpoint?.number else {
      throw Self.strayed("it does not go on from entry \(checkpoint?.number ?? 0) as it was named")
    }
    let verdict = try judge(chain, progress)
    guard verdict.broken == nil else { return verdict }
    var problem: LedgerError?
    if let remembered = try recall(trusted.withLock { $0 }, &problem) {
      guard try chain.holds(remembered, in: store) else {
        throw Self.strayed("it does not go on from entry \(remembered.number)")
      }
    }
    if checkpoint == nil { trust(try store.entry(tip), &problem) }
    return verdict
  }

  /// Remembers an entry that was found to hold, unless that is what is remembered already.
  func trust(
    _ entry: SignedEntry, knowing remembered: Remembered? = nil, _ problem: inout LedgerError?
  ) {
    trusted.withLock { $0 = entry }
    let new = Remembered(entry)
    if new == remembered { return }
    do throws(LedgerError) {
      try memory?.remember(new)
    } catch {
      problem = error
    }
  }

  private func recall(
    _ known: SignedEntry?, _ problem: inout LedgerError?
  ) throws(LedgerError) -> Remembered? {
    if let known { return Remembered(known) }
    do throws(LedgerError) {
      return try memory?.recall()
    } catch .platform(let error) {
      problem = .platform(error)
      return nil
    }
  }

  private func verification(
    _ progress: @escaping @Sendable (VerificationProgress) -> Void
  ) -> Verification {
    Verification(
      rules: rules, open: { [store] () throws(LedgerError) in try store.openedAgain() },
      progress: progress)
  }

  private static func strayed(_ why: String) -> LedgerError {
    .broken(BrokenEntry(number: nil, commit: nil, [Violation(.descent, why)]))
  }
}

// MARK: - Freshness

extension Journal {
  /// How long a ledger counts as fresh: no longer than a command takes that pulls and then writes.
  private static let freshSeconds: Int64 = 5

  /// Notes that the ledger here is where the host's was a moment ago, or that nobody knows.
  func setFresh(from remote: Remote?) {
    let until = Clock.monotonicNanoseconds() + Self.freshSeconds * 1_000_000_000
    fresh.withLock { $0 = remote.map { ($0.address, until) } }
  }

  /// Whether it still is; asked once, as what follows is a write.
  func takeFreshness(of remote: Remote) -> Bool {
    fresh.withLock { fresh in
      defer { fresh = nil }
      guard let fresh else { return false }
      return fresh.host == remote.address && Clock.monotonicNanoseconds() < fresh.until
    }
  }
}

// MARK: - Reading

extension Journal {
  /// The repository's own folder.
  package var path: String { store.path }

  /// The files after an entry.
  package func tree(of entry: SignedEntry) -> any TreeReader {
    GitTree(store: store, root: entry.entry.tree)
  }

  /// An entry by the name of its commit.
  package func entry(_ id: ObjectID) throws(LedgerError) -> SignedEntry { try store.entry(id) }

  /// The entry before; nil for the first.
  package func parent(of entry: SignedEntry) throws(LedgerError) -> SignedEntry? {
    guard let link = entry.entry.place.link else { return nil }
    return try store.entry(link.parent)
  }
}

extension Journal {
  /// The most files in which an entry and its parent may differ for `step` to name them.
  private static let changeLimit = 1_000_000

  /// What an entry did behind its parent, which is nil for the first.
  package func step(
    to entry: SignedEntry, from parent: SignedEntry?
  ) throws(LedgerError) -> EntryStep {
    do throws(GitError) {
      let changes = try store.with { repository throws(GitError) in
        try repository.changes(
          from: parent?.entry.tree, to: entry.entry.tree, limit: Self.changeLimit
        ).map { PathChange($0) }
      }
      return store.step(to: entry, from: parent, changes)
    } catch {
      throw .git(error)
    }
  }
}

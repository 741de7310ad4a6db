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
  private let memory: Memory?
  private let expectedID: Digest?
  /// The newest entry that this object has verified.
  private let trusted = Mutex<SignedEntry?>(nil)

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
    _ path: String, rules: any Rules, memory: Memory?
  ) throws(LedgerError) -> Journal {
    Journal(try ObjectStore.create(path), rules, memory: memory, expectedID: nil)
  }
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
    let tip = try store.tip()
    let known = trusted.withLock { $0 }
    if let known, known.id == tip {
      return Standing(tip: known, verified: 0, memoryProblem: nil)
    }
    try Detours.check(store)
    var problem: LedgerError?
    let remembered = try recall(known, &problem)
    guard let tip else {
      if remembered != nil { throw Self.strayed("it has no entry any more") }
      return Standing(tip: nil, verified: 0, memoryProblem: problem)
    }
    let chain = try Chain.down(from: tip, to: remembered?.commit, in: store)
    guard remembered == nil || chain.base != nil else {
      throw Self.strayed("it does not go on from entry \(remembered?.number ?? 0)")
    }
    let verdict = try verification(progress).judge(chain, in: store)
    if let broken = verdict.broken { throw .broken(broken) }
    let entry = try store.entry(tip)
    if let expectedID, entry.ledgerID != expectedID {
      throw Self.strayed("it is \(entry.ledgerID) and not \(expectedID)")
    }
    trust(entry, &problem)
    return Standing(tip: entry, verified: verdict.valid, memoryProblem: problem)
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
    let verdict = try verification(progress).judge(chain, in: store)
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

  /// Remembers an entry that was found to hold.
  func trust(_ entry: SignedEntry, _ problem: inout LedgerError?) {
    trusted.withLock { $0 = entry }
    do throws(LedgerError) {
      try memory?.remember(Remembered(entry))
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
    let path = store.path
    return Verification(
      rules: rules, open: { () throws(LedgerError) in try ObjectStore.open(path) },
      progress: progress)
  }

  private static func strayed(_ why: String) -> LedgerError {
    .broken(BrokenEntry(number: nil, commit: nil, [Violation(.descent, why)]))
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
  /// The most files in which an entry and its parent may differ for `changes` to name them.
  private static let changeLimit = 1_000_000

  /// Every path whose file an entry put, changed or took, sorted by the path's bytes.
  package func changes(
    by entry: SignedEntry, after parent: SignedEntry?
  ) throws(LedgerError) -> [PathChange] {
    do throws(GitError) {
      return try store.with { repository throws(GitError) in
        try repository.changes(
          from: parent?.entry.tree, to: entry.entry.tree, limit: Self.changeLimit
        ).map { PathChange($0) }
      }
    } catch {
      throw .git(error)
    }
  }
}

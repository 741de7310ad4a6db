import Git
import Platform
import Synchronization

/// What a ledger's entries are asked for by.
package struct Indexing: Sendable {
  /// Raised whenever the same entry would have other keywords.
  package let edition: Int
  /// The keywords of one entry.
  package let keywords: Keywords

  /// Reads what it needs of an entry that holds.
  package typealias Keywords = @Sendable (EntryStep) throws(LedgerError) -> [Keyword]

  package init(edition: Int, keywords: @escaping Keywords) {
    self.edition = edition
    self.keywords = keywords
  }
}

extension Journal {
  /// So many entries may be missing in the file before it is written anew: they are read again by
  /// each process that looks for something.
  private static let lagLimit = 64
  /// The largest file of an index.
  private static let fileSizeLimit = 1 << 30

  /// The index of a verified entry and all before it: what this object or the file beside the
  /// memory knows, and whatever of the chain is newer. A file that is not as it was written, or of
  /// another history, is made anew.
  package func index(
    upTo tip: SignedEntry,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(LedgerError) -> EntryIndex {
    if let known = indexed.withLock({ $0 })?.reaching(tip) { return known }
    var index = indexed.withLock { $0 } ?? stored()
    if let whole = index?.reaching(tip) {
      indexed.withLock { $0 = index }
      return whole
    }
    var missing: [ObjectID]?
    if let known = index { missing = try chain(from: tip, to: known) }
    if missing == nil {
      index = nil
      missing = try Chain.down(from: tip.id, to: nil, in: store).commits
    }
    var newest = index ?? EntryIndex(edition: rules.indexing.edition)
    newest.append(
      try IndexBuilder(path: store.path, commits: missing ?? [], rules, progress).index())
    keep(newest, new: missing?.count ?? 0)
    return newest
  }

  /// Takes over an index that was made on the way, of which so many entries are new.
  func keep(_ index: EntryIndex, new count: Int) {
    indexed.withLock { $0 = index }
    guard count > Self.lagLimit else { return }
    // A machine that cannot keep it makes it again each time; the answers are the same.
    try? memory?.keepIndex(index.bytes)
  }

  /// The entry that an index has under a number, read from its commit; `.wrongIndex` where the
  /// commit is another entry.
  package func entry(
    _ number: Int, in index: EntryIndex
  ) throws(LedgerError) -> SignedEntry {
    let entry = try store.entry(index.commits[number - 1])
    guard index.agrees(with: entry, under: number) else { throw .wrongIndex(entry: number) }
    return entry
  }

  /// The commits behind the newest that the index knows, oldest first; nil where the chain does not
  /// lead there.
  private func chain(
    from tip: SignedEntry, to index: EntryIndex
  ) throws(LedgerError) -> [ObjectID]? {
    var commits: [ObjectID] = []
    var next: ObjectID? = tip.id
    while let id = next, id != index.commits.last {
      guard tip.entry.number - commits.count > index.count else { return nil }
      commits.append(id)
      do throws(GitError) { next = Chain.parent(in: try store.commit(id)) } catch {
        throw error.asBrokenEntry(number: nil, commit: id)
      }
    }
    return commits.count + index.count == tip.entry.number ? commits.reversed() : nil
  }

  private func stored() -> EntryIndex? {
    // Whatever keeps us from reading it, it can be made anew.
    guard let path = memory?.indexPath,
      let bytes = try? FileSystem.read(path, limit: Self.fileSizeLimit),
      let index = EntryIndex(bytes), index.edition == rules.indexing.edition
    else { return nil }
    return index
  }

  /// Throws the index away, so that it is made anew when something is looked for.
  package func discardIndex() {
    indexed.withLock { $0 = nil }
    // Where it cannot be removed it cannot be replaced either, and is looked through each time.
    if let path = memory?.indexPath { try? FileSystem.remove(path) }
  }
}

/// Reads many verified entries on several threads, each with a handle of its own.
private struct IndexBuilder {
  /// The fewest entries for which a thread is worth starting.
  private static let shareSize = 512
  /// How often progress is told.
  private static let stepSize = 128

  private let path: String
  private let commits: [ObjectID]
  private let rules: any Rules
  private let progress: @Sendable (VerificationProgress) -> Void

  init(
    path: String, commits: [ObjectID], _ rules: any Rules,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void
  ) {
    self.path = path
    self.commits = commits
    self.rules = rules
    self.progress = progress
  }

  /// The index of these entries alone.
  func index() throws(LedgerError) -> EntryIndex {
    let width = max(1, min(Parallel.width, commits.count / Self.shareSize))
    let results = Mutex<[Int: Result<EntryIndex, LedgerError>]>([:])
    let done = Mutex(0)
    Parallel.run(width) { number in
      let share = commits.count * number / width..<commits.count * (number + 1) / width
      let result = Result { () throws(LedgerError) in
        try self.index(of: share) { count in
          let all = done.withLock { done in
            done += count
            return done
          }
          progress(VerificationProgress(done: all, total: commits.count))
        }
      }
      results.withLock { $0[number] = result }
    }
    var index = EntryIndex(edition: rules.indexing.edition)
    for number in 0..<width {
      if let share = results.withLock({ $0[number] }) { index.append(try share.get()) }
    }
    return index
  }

  private func index(
    of share: Range<Int>, _ report: (Int) -> Void
  ) throws(LedgerError) -> EntryIndex {
    let indexing = rules.indexing
    var index = EntryIndex(edition: indexing.edition)
    if share.isEmpty { return index }
    let journal = try Journal.open(path, rules: rules, memory: nil)
    var parent: SignedEntry?
    for place in share {
      let entry = try journal.entry(commits[place])
      if parent == nil { parent = try journal.parent(of: entry) }
      index.append(entry, try indexing.keywords(try journal.step(to: entry, from: parent)))
      parent = entry
      if index.count.isMultiple(of: Self.stepSize) { report(Self.stepSize) }
    }
    return index
  }
}

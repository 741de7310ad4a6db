import Git
import Platform
import Synchronization

/// What a ledger's entries are asked for by: the half of an index that this layer cannot know.
package struct Indexing: Sendable {
  /// Raised whenever the same entry would have other keywords.
  package let edition: Int
  /// The keywords of one entry, which changed these paths.
  package let keywords: @Sendable (SignedEntry, [PathChange]) -> [Keyword]

  package init(
    edition: Int, keywords: @escaping @Sendable (SignedEntry, [PathChange]) -> [Keyword]
  ) {
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
    upTo tip: SignedEntry, _ indexing: Indexing,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
  ) throws(LedgerError) -> EntryIndex {
    if let known = indexed.withLock({ $0 })?.reaching(tip) { return known }
    var index = indexed.withLock { $0 } ?? stored(indexing)
    if let whole = index?.reaching(tip) { return whole }
    var missing: [ObjectID]?
    if let known = index { missing = try chain(from: tip, to: known) }
    if missing == nil {
      index = nil
      missing = try Chain.down(from: tip.id, to: nil, in: store).commits
    }
    var newest = index ?? EntryIndex(edition: indexing.edition)
    let builder = IndexBuilder(path: store.path, commits: missing ?? [], indexing, progress)
    for card in try builder.cards() { newest.append(card) }
    if missing?.count ?? 0 > Self.lagLimit { keep(newest) }
    let ready = newest
    indexed.withLock { $0 = ready }
    return newest
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

  private func stored(_ indexing: Indexing) -> EntryIndex? {
    // Whatever keeps us from reading it, it can be made anew.
    guard let path = memory?.indexPath,
      let bytes = try? FileSystem.read(path, limit: Self.fileSizeLimit),
      let index = EntryIndex(bytes), index.edition == indexing.edition
    else { return nil }
    return index
  }

  private func keep(_ index: EntryIndex) {
    // A machine that cannot keep it makes it again each time; the answers are the same.
    if let path = memory?.indexPath { try? FileSystem.replace(path, index.bytes) }
  }

  /// Throws the index away, so that it is made anew when something is looked for.
  package func discardIndex() {
    indexed.withLock { $0 = nil }
    // As above.
    if let path = memory?.indexPath { try? FileSystem.remove(path) }
  }
}

/// Makes the cards of many entries on several threads, each with a handle of its own.
private struct IndexBuilder {
  /// The fewest entries for which a thread is worth starting.
  private static let shareSize = 512
  /// How often progress is told.
  private static let stepSize = 128

  private let path: String
  private let commits: [ObjectID]
  private let indexing: Indexing
  private let progress: @Sendable (VerificationProgress) -> Void

  init(
    path: String, commits: [ObjectID], _ indexing: Indexing,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void
  ) {
    self.path = path
    self.commits = commits
    self.indexing = indexing
    self.progress = progress
  }

  /// One card for each commit, in order.
  func cards() throws(LedgerError) -> [IndexCard] {
    let width = max(1, min(Parallel.width, commits.count / Self.shareSize))
    let results = Mutex<[Int: Result<[IndexCard], LedgerError>]>([:])
    let done = Mutex(0)
    Parallel.run(width) { number in
      let share = commits.count * number / width..<commits.count * (number + 1) / width
      let result = Result { () throws(LedgerError) in
        try self.cards(of: share) { count in
          let all = done.withLock { done in
            done += count
            return done
          }
          progress(VerificationProgress(done: all, total: commits.count))
        }
      }
      results.withLock { $0[number] = result }
    }
    var cards: [IndexCard] = []
    for number in 0..<width {
      if let share = results.withLock({ $0[number] }) { cards += try share.get() }
    }
    return cards
  }

  private func cards(
    of share: Range<Int>, _ report: (Int) -> Void
  ) throws(LedgerError) -> [IndexCard] {
    if share.isEmpty { return [] }
    let journal = try Journal.open(path, rules: NoRules(), memory: nil)
    var cards: [IndexCard] = []
    var parent: SignedEntry?
    for place in share {
      let entry = try journal.entry(commits[place])
      if parent == nil { parent = try journal.parent(of: entry) }
      let changes = try journal.changes(by: entry, after: parent)
      cards.append(
        IndexCard(
          commit: entry.id, time: entry.entry.time, keywords: indexing.keywords(entry, changes)))
      parent = entry
      if cards.count.isMultiple(of: Self.stepSize) { report(Self.stepSize) }
    }
    return cards
  }
}

/// For a journal that only reads what is verified already.
private struct NoRules: Rules {
  func byteLimit(at path: String) -> Int? { nil }
  func violations(of transition: Transition) -> [Violation] { [] }
}

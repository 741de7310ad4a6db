package import Git
import Keys
import Platform
import Synchronization

/// What came of looking at a chain of entries.
package struct Verdict: Hashable, Sendable {
  /// How many entries were judged and hold.
  package let valid: Int
  /// The newest entry before which everything holds; nil where the first does not.
  package let tip: ObjectID?
  /// What the first bad entry breaks; nil where all hold.
  package let broken: BrokenEntry?
}

/// How far a verification has come.
package struct VerificationProgress: Hashable, Sendable {
  /// Entries judged so far.
  package let done: Int
  /// Entries in all.
  package let total: Int
}

/// Judges the entries of a chain on several threads, each with a handle of its own, and notes on
/// the way what they are looked up by.
struct Verification {
  /// Entries that one thread takes at a time: fewer where there are few, as each may be large.
  private static let batchSizes = 8...128
  /// The fewest times that a thread comes for more, so that none waits long for another at the end.
  private static let turns = 4
  /// The most threads that are used.
  private static let widthLimit = 16

  let rules: any Rules
  /// Opens the repository once more.
  let open: @Sendable () throws(LedgerError) -> ObjectStore
  let progress: @Sendable (VerificationProgress) -> Void

  /// Judges all entries of the chain; of several bad ones the oldest counts. The index has all of
  /// them where all hold.
  func judge(
    _ chain: Chain, in store: ObjectStore
  ) throws(LedgerError) -> (verdict: Verdict, index: EntryIndex) {
    let size = Self.batchSize(of: chain.commits.count)
    let batches = (chain.commits.count + size - 1) / size
    let board = Board(chain: chain, batchSize: size, progress: progress)
    if batches > 1 {
      Parallel.run(min(batches, Self.width)) { number in
        do throws(LedgerError) {
          work(board, in: number == 0 ? store : try open())
        } catch {
          board.stop(error, at: 0)
        }
      }
    } else {
      work(board, in: store)
    }
    return (try board.verdict(), board.index(edition: rules.indexing.edition))
  }

  private static var width: Int { min(Parallel.width, widthLimit) }

  /// Entries that a thread of this machine takes at a time, of so many.
  static func batchSize(of count: Int) -> Int {
    max(batchSizes.lowerBound, min(count / (width * turns), batchSizes.upperBound))
  }

  private func work(_ board: Board, in store: ObjectStore) {
    let inspector = Inspector(store: store, rules: rules)
    while let range = board.takeBatch() {
      do throws(LedgerError) {
        board.finish(range, try judge(range, board.chain, with: inspector))
      } catch {
        switch error {
        case .broken(let broken): board.stop(broken)
        case _: board.stop(error, at: range.lowerBound)
        }
      }
    }
  }

  /// The index of a range whose entries all hold; throws `.broken` for the first that does not.
  private func judge(
    _ range: Range<Int>, _ chain: Chain, with inspector: Inspector
  ) throws(LedgerError) -> EntryIndex {
    let indexing = rules.indexing
    var index = EntryIndex(edition: indexing.edition)
    // A parent that cannot be read is found by the thread whose range ends with it.
    var parent =
      try range.lowerBound == 0
      ? chain.base : entry(at: range.lowerBound - 1, chain, inspector.store)
    for place in range {
      let entry = try entry(at: place, chain, inspector.store)
      let finding = try inspector.finding(of: entry, after: parent)
      guard finding.violations.isEmpty else {
        throw .broken(
          BrokenEntry(number: chain.number(at: place), commit: entry.id, finding.violations))
      }
      index.append(entry, try indexing.keywords(finding.step))
      parent = entry
    }
    return index
  }

  private func entry(
    at place: Int, _ chain: Chain, _ store: ObjectStore
  ) throws(LedgerError) -> SignedEntry {
    do throws(LedgerError) {
      return try store.entry(chain.commits[place])
    } catch {
      guard case .broken(let broken) = error else { throw error }
      throw .broken(
        BrokenEntry(
          number: chain.number(at: place), commit: broken.commit, broken.violations))
    }
  }
}

/// What the threads share: who judges what, and what was found.
private final class Board: Sendable {
  let chain: Chain
  private let batchSize: Int
  private let progress: @Sendable (VerificationProgress) -> Void
  private let state = Mutex(State())

  private struct State {
    var next = 0
    var done = 0
    var indexes: [Int: EntryIndex] = [:]
    var broken: BrokenEntry?
    var failure: (place: Int, error: LedgerError)?
  }

  init(
    chain: Chain, batchSize: Int, progress: @escaping @Sendable (VerificationProgress) -> Void
  ) {
    self.chain = chain
    self.batchSize = batchSize
    self.progress = progress
  }

  /// The oldest entries that nobody has taken; nil where nothing is left that could matter.
  func takeBatch() -> Range<Int>? {
    state.withLock { state in
      let isDecided = state.failure != nil || state.broken != nil
      guard state.next < chain.commits.count, !isDecided else { return nil }
      let range = state.next..<min(state.next + batchSize, chain.commits.count)
      state.next = range.upperBound
      return range
    }
  }

  func finish(_ range: Range<Int>, _ index: EntryIndex) {
    state.withLock { state in
      state.indexes[range.lowerBound] = index
      state.done += range.count
      progress(VerificationProgress(done: state.done, total: chain.commits.count))
    }
  }

  /// Keeps what was found about the oldest entry: batches are taken in order, so all before it were
  /// taken too and are judged to their ends.
  func stop(_ broken: BrokenEntry) {
    state.withLock { state in
      let isOlder = (broken.number ?? 0) < (state.broken?.number ?? .max)
      if isOlder { state.broken = broken }
    }
  }

  /// Keeps the failure that came about at the oldest place.
  func stop(_ failure: LedgerError, at place: Int) {
    state.withLock { state in
      if place < (state.failure?.place ?? .max) { state.failure = (place, failure) }
    }
  }

  /// The parts that were finished, in the order of the chain.
  func index(edition: Int) -> EntryIndex {
    let parts = state.withLock { $0.indexes }
    var index = EntryIndex(edition: edition)
    for place in parts.keys.sorted() { if let part = parts[place] { index.append(part) } }
    return index
  }

  func verdict() throws(LedgerError) -> Verdict {
    let state = state.withLock { $0 }
    let first = chain.number(at: 0)
    let place = state.broken?.number.map { $0 - first }
    if let failure = state.failure, failure.place <= (place ?? .max) { throw failure.error }
    let valid = place ?? chain.commits.count
    let tip = valid > 0 ? chain.commits[valid - 1] : chain.base?.id
    return Verdict(valid: valid, tip: tip, broken: state.broken)
  }
}

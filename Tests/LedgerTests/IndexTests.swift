import Foundation
import Notation
import Synchronization
import Testing

@testable import Ledger

/// The index finds what a walk would find, and what is wrong with its file changes no answer.
@Suite struct IndexTests {
  private let book: Notebook
  private let counter = Counter()

  init() throws {
    book = try Notebook()
    try Mill(book: book).grind(99)
  }

  private var indexing: Indexing {
    Indexing(edition: 7) { [counter] entry, changes in
      counter.add()
      return changes.map { Keyword($0.path) }
    }
  }

  private func index(_ journal: Journal) throws -> EntryIndex {
    try journal.index(upTo: book.tip(), indexing)
  }

  /// Entry 2 writes note 0, entry 3 note 1, and so on to 19 and again.
  private func numbers(ofNote note: Int) -> [Int] {
    (2...100).filter { ($0 - 2) % 20 == note }.reversed()
  }

  @Test func whatIsFoundIsWhatTheChainHolds() throws {
    let journal = try book.open()
    _ = try journal.standing()
    let index = try index(journal)
    #expect(index.count == 100)
    #expect(Array(index.numbers(about: [Keyword("notes/3")])) == numbers(ofNote: 3))
    #expect(Array(index.numbers(about: [])) == (1...100).reversed())
    #expect(Array(index.numbers(about: [Keyword("notes/3"), Keyword("notes/4")])).isEmpty)
    #expect(try journal.entry(42, in: index).entry.number == 42)
  }

  @Test func theNewestEntryAtATimeIsFound() throws {
    let start = Notebook.start
    try book.write(["notes/a": "x"], nonce: "1", at: start + 10)
    try book.write(["notes/a": "y"], nonce: "2", at: start + 20)
    let index = try index(book.open())
    let found = [-1, 0, 9, 10, 19, 20, 1000].map {
      index.newest(notAfter: Timestamp(seconds: start + $0))
    }
    #expect(found == [nil, 100, 100, 101, 101, 102, 102])
  }

  @Test func itIsKeptAndOnlyWhatIsNewIsReadAgain() throws {
    _ = try index(book.open())
    #expect(counter.take() == 100)
    _ = try index(book.open())
    #expect(counter.take() == 0)
    try book.write(["notes/a": "x"], nonce: "1")
    let index = try index(book.open())
    #expect(counter.take() == 1)
    #expect(Array(index.numbers(about: [Keyword("notes/a")])) == [101])
  }

  @Test func withoutItsFileItIsMadeAnew() throws {
    let before = try index(book.open())
    try FileManager.default.removeItem(atPath: book.memory.indexPath)
    #expect(try index(book.open()) == before)
    #expect(try index(book.open(remembering: false)) == before)
  }

  @Test func aFileWithAnyWrongByteIsNoticed() throws {
    let good = try index(book.open()).bytes
    for place in stride(from: 0, to: good.count, by: 61) {
      var bad = good
      bad[place] ^= 0xFF
      #expect(EntryIndex(bad) == nil)
      #expect(EntryIndex(Array(good[..<place])) == nil)
    }
    #expect(EntryIndex(good)?.bytes == good)
  }

  @Test func aFileOfAnotherLedgerOrHistoryIsMadeAnew() throws {
    let before = try index(book.open())
    let other = try Notebook()
    try Mill(book: other).grind(120)
    let foreign = try other.open().index(upTo: other.tip(), indexing)
    for wrong in [foreign, try #require(foreign.reaching(try entry(100, of: other)))] {
      try Data(wrong.bytes).write(to: URL(fileURLWithPath: book.memory.indexPath))
      #expect(try index(book.open()) == before)
    }
  }

  @Test func aFileWhoseEntriesAreSwappedIsFoundOutWhenOneIsRead() throws {
    var wrong = try index(book.open())
    wrong.commits.swapAt(10, 20)
    try Data(wrong.bytes).write(to: URL(fileURLWithPath: book.memory.indexPath))
    let journal = try book.open()
    let index = try index(journal)
    #expect(throws: LedgerError.wrongIndex(entry: 11)) { try journal.entry(11, in: index) }
    journal.discardIndex()
    #expect(try journal.entry(11, in: try self.index(journal)).entry.number == 11)
  }

  @Test func anOlderEntryHasThePartOfItThatEndsThere() throws {
    let journal = try book.open()
    _ = try index(journal)
    let old = try entry(50, of: book)
    let part = try journal.index(upTo: old, indexing)
    #expect(part.count == 50)
    #expect(Array(part.numbers(about: [Keyword("notes/3")])) == [45, 25, 5])
  }

  private func entry(_ number: Int, of book: Notebook) throws -> SignedEntry {
    let journal = try book.open()
    return try journal.entry(number, in: journal.index(upTo: book.tip(), indexing))
  }
}

/// Counts on any thread.
private final class Counter: Sendable {
  private let count = Mutex(0)
  func add() { count.withLock { $0 += 1 } }

  /// What was counted since it was last asked.
  func take() -> Int {
    count.withLock { count in
      defer { count = 0 }
      return count
    }
  }
}

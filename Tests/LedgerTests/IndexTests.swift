import Foundation
import Keys
import Notation
import Platform
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

  /// The ledger, opened by somebody who counts the entries that are read for the index.
  private func open(remembering: Bool = true) throws -> Journal {
    var rules = NotebookRules()
    rules.indexing = Indexing(edition: 7) { [counter] step in
      counter.add()
      return step.changes.map { Keyword($0.path) }
    }
    return try book.open(remembering: remembering, rules: rules)
  }

  private func index(_ journal: Journal) throws -> EntryIndex {
    try journal.index(upTo: book.tip())
  }

  /// Entry 2 writes note 0, entry 3 note 1, and so on to 19 and again.
  private func numbers(ofNote note: Int) -> [Int] {
    (2...100).filter { ($0 - 2) % 20 == note }.reversed()
  }

  @Test func whatIsFoundIsWhatTheChainHolds() throws {
    let journal = try open()
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
    let index = try index(open())
    let found = [-1, 0, 9, 10, 19, 20, 1000].map {
      index.newest(notAfter: Timestamp(seconds: start + $0))
    }
    #expect(found == [nil, 100, 100, 101, 101, 102, 102])
  }

  @Test func itIsKeptAndOnlyWhatIsNewIsReadAgain() throws {
    _ = try index(open())
    #expect(counter.take() == 100)
    _ = try index(open())
    #expect(counter.take() == 0)
    try book.write(["notes/a": "x"], nonce: "1")
    let index = try index(open())
    #expect(counter.take() == 1)
    #expect(Array(index.numbers(about: [Keyword("notes/a")])) == [101])
  }

  @Test func verifyingAllMakesItOnTheWay() throws {
    let before = try index(open())
    try FileManager.default.removeItem(atPath: book.folder.path + "/state")
    _ = counter.take()
    #expect(try open().standing().verified == 100)
    #expect(counter.take() == 100)
    #expect(try index(open()) == before)
    #expect(counter.take() == 0)
  }

  @Test func verifyingTheEndOfALedgerLeavesItAsItIs() throws {
    let before = try index(open())
    let entries = try (1...70).map { try book.write(["notes/a": "\($0)"], nonce: "\($0)") }
    let checkpoint = Checkpoint(try #require(entries.first))
    #expect(try open(remembering: false).verify(from: checkpoint).valid == 69)
    #expect(try FileSystem.read(book.memory.indexPath, limit: 1 << 20) == before.bytes)
    #expect(try index(open()).count == 170)
  }

  @Test func aBadLedgerLeavesNone() throws {
    let bad = try Notebook()
    try Mill(book: bad).grind(99) { number, entry in
      if number == 90 { entry.change = Digest(of: "wrong") }
    }
    #expect(try bad.open().verify().broken?.number == 90)
    #expect(!FileManager.default.fileExists(atPath: bad.memory.indexPath))
  }

  @Test func withoutItsFileItIsMadeAnew() throws {
    let before = try index(open())
    try FileManager.default.removeItem(atPath: book.memory.indexPath)
    #expect(try index(open()) == before)
    #expect(try index(open(remembering: false)) == before)
  }

  @Test func itsFileIsReadOnce() throws {
    _ = try index(open())
    let journal = try open()
    _ = try index(journal)
    try FileManager.default.removeItem(atPath: book.memory.indexPath)
    _ = counter.take()
    _ = try index(journal)
    #expect(counter.take() == 0)
  }

  @Test func aFileWithAnyWrongByteIsNoticed() throws {
    let good = try index(open()).bytes
    for place in stride(from: 0, to: good.count, by: 61) {
      var bad = good
      bad[place] ^= 0xFF
      #expect(EntryIndex(bad) == nil)
      #expect(EntryIndex(Array(good[..<place])) == nil)
    }
    #expect(EntryIndex(good)?.bytes == good)
  }

  @Test func aFileOfAnotherLedgerOrHistoryIsMadeAnew() throws {
    let before = try index(open())
    let other = try Notebook()
    try Mill(book: other).grind(120)
    let foreign = try other.open().index(upTo: other.tip())
    for wrong in [foreign, try #require(foreign.reaching(try entry(100, of: other)))] {
      try Data(wrong.bytes).write(to: URL(fileURLWithPath: book.memory.indexPath))
      #expect(try index(open()) == before)
    }
  }

  @Test func aFileWhoseEntriesAreSwappedIsFoundOutWhenOneIsRead() throws {
    var wrong = try index(open())
    wrong.commits.swapAt(10, 20)
    try Data(wrong.bytes).write(to: URL(fileURLWithPath: book.memory.indexPath))
    let journal = try open()
    let index = try index(journal)
    #expect(throws: LedgerError.wrongIndex(entry: 11)) { try journal.entry(11, in: index) }
    journal.discardIndex()
    #expect(try journal.entry(11, in: try self.index(journal)).entry.number == 11)
  }

  @Test func anOlderEntryHasThePartOfItThatEndsThere() throws {
    let journal = try open()
    _ = try index(journal)
    let old = try entry(50, of: book)
    let part = try journal.index(upTo: old)
    #expect(part.count == 50)
    #expect(Array(part.numbers(about: [Keyword("notes/3")])) == [45, 25, 5])
  }

  private func entry(_ number: Int, of book: Notebook) throws -> SignedEntry {
    let journal = try book.open()
    return try journal.entry(number, in: journal.index(upTo: book.tip()))
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

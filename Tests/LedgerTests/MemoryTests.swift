import Foundation
import Git
import Keys
import Platform
import TestSupport
import Testing

@testable import Ledger

@Suite struct MemoryTests {
  @Test func onlyWhatIsNewIsVerified() throws {
    let book = try Notebook()
    for number in 1...4 { try book.write(["notes/a": "\(number)"], nonce: "\(number)") }
    #expect(try book.open(remembering: false).standing().verified == 5)
    #expect(try book.open().standing().verified == 0)
    // Another machine writes.
    let other = try Journal.open(book.path, rules: NotebookRules(), memory: nil)
    try Notebook.write(other, ["notes/b": "x"], nonce: "8")
    #expect(try book.open().standing().verified == 1)
    #expect(try book.open().standing().verified == 0)
  }

  @Test func whatHoldsBeforeABadEntryIsRemembered() throws {
    let book = try Notebook()
    try Mill(book: book).grind(3) { number, entry in
      if number == 3 { entry.change = Digest(of: "wrong") }
    }
    let holding = try book.open().holding()
    #expect(holding.tip?.entry.number == 2)
    #expect(holding.verified == 1)
    #expect(holding.refused?.number == 3)
    #expect(try book.open().holding().verified == 0)
    #expect(throws: LedgerError.self) { try book.open().standing() }
  }

  @Test func whereNothingHoldsNothingStands() throws {
    let book = try Notebook()
    try book.force(book.store("commit", book.tip().bytes + [UInt8(ascii: "x")]))
    #expect(throws: LedgerError.self) { try book.open(remembering: false).holding() }
  }

  @Test func anOlderTipIsNamed() throws {
    let book = try Notebook()
    let old = try book.write(["notes/a": "1"], nonce: "1")
    try book.write(["notes/a": "2"], nonce: "2")
    try book.force(old.id)
    try expectStrayed(book)
    // Nobody who has not been here can know.
    #expect(try book.open(remembering: false).standing().tip == old)
  }

  @Test func anotherHistoryOrNoneIsNamed() throws {
    let book = try Notebook()
    let old = try book.write(["notes/a": "1"], nonce: "1")
    try book.write(["notes/a": "2"], nonce: "2")
    try book.force(old.id)
    let other = try Journal.open(book.path, rules: NotebookRules(), memory: nil)
    try Notebook.write(other, ["notes/a": "3"], nonce: "3")
    try Notebook.write(other, ["notes/a": "4"], nonce: "4")
    try expectStrayed(book)
    try FileManager.default.removeItem(atPath: book.path + "/refs/heads/main")
    try expectStrayed(book)
  }

  @Test func anotherLedgerInItsPlaceIsNamed() throws {
    let book = try Notebook()
    try book.write(["notes/a": "1"], nonce: "1")
    let other = try Notebook()
    try FileManager.default.removeItem(atPath: book.path)
    try FileManager.default.moveItem(atPath: other.path, toPath: book.path)
    try expectStrayed(book)
  }

  @Test func aPinnedIDHoldsOnFirstContact() throws {
    let book = try Notebook()
    let tip = try book.write(["notes/a": "1"], nonce: "1")
    let pinned = try Journal.open(
      book.path, rules: NotebookRules(), memory: nil, expectedID: tip.ledgerID)
    #expect(try pinned.standing().tip == tip)
    let mistaken = try Journal.open(
      book.path, rules: NotebookRules(), memory: nil, expectedID: Digest(of: "other"))
    let error = #expect(throws: LedgerError.self) { try mistaken.standing() }
    #expect(error?.invariants == [.descent])
  }

  @Test func theFileSaysWhatWasVerifiedAndOnlyEverGoesForward() throws {
    let book = try Notebook()
    let old = try book.write(["notes/a": "1"], nonce: "1")
    let new = try book.write(["notes/a": "2"], nonce: "2")
    #expect(
      try String(contentsOfFile: book.memory.path, encoding: .utf8) == """
        {
          "commit": "\(new.digest)",
          "entry": 3,
          "id": "\(new.ledgerID)",
          "place": "\(book.path)"
        }

        """)
    try book.memory.remember(Remembered(old))
    #expect(try book.memory.recall() == Remembered(new))
  }

  @Test func aFileThatIsNoneOfOursIsRefused() throws {
    let book = try Notebook()
    try Data("{}".utf8).write(to: URL(fileURLWithPath: book.memory.path))
    #expect(throws: LedgerError.badMemory(path: book.memory.path)) { try book.open().standing() }
  }

  @Test func withoutAWritableFolderAllIsVerifiedEachTimeAndItIsSaid() throws {
    let book = try Notebook()
    let blocked = book.folder.path + "/file"
    try Data().write(to: URL(fileURLWithPath: blocked))
    let memory = Memory(folder: blocked + "/state", place: book.path)
    for _ in 0..<2 {
      let journal = try Journal.open(book.path, rules: NotebookRules(), memory: memory)
      let standing = try journal.standing()
      #expect(standing.verified == 1)
      #expect(standing.memoryProblem != nil)
    }
  }

  private func expectStrayed(
    _ book: Notebook, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let error = #expect(throws: LedgerError.self, sourceLocation: location) {
      try book.open().standing()
    }
    #expect(error?.invariants == [.descent], sourceLocation: location)
  }
}

extension LedgerError {
  /// What is broken, if that is what it says.
  var invariants: [Invariant] {
    if case .broken(let broken) = self { broken.violations.map(\.invariant) } else { [] }
  }
}

import Keys
import Testing

@testable import Ledger

/// Judging from an entry that was verified earlier, and what a whole verification remembers.
@Suite struct CheckpointTests {
  private let book: Notebook
  private let entries: [SignedEntry]

  init() throws {
    let book = try Notebook()
    let notes = try ["1", "2", "3"].map { try book.write(["notes/a": $0], nonce: $0) }
    let first = try #require(try book.open().parent(of: notes[0]))
    self.book = book
    entries = [first] + notes
  }

  @Test func onlyWhatComesBehindItIsJudged() throws {
    let journal = try book.open(remembering: false)
    for (index, entry) in entries.enumerated() {
      let verdict = try journal.verify(from: Checkpoint(entry))
      #expect(verdict == Verdict(valid: 3 - index, tip: entries[3].id, broken: nil))
    }
  }

  @Test func aBadEntryBehindItHasItsOwnNumber() throws {
    var entry = try book.next()
    entry.change = Digest(of: "wrong")
    _ = try book.verdict(on: entry)
    let verdict = try book.open(remembering: false).verify(from: Checkpoint(entries[2]))
    #expect(verdict.broken?.number == 5)
    #expect(verdict.valid == 1)
  }

  @Test func oneThatTheChainDoesNotHoldIsNamed() throws {
    let other = Digest(of: "other")
    for text in ["2:\(other)", "3:\(entries[1].digest)"] {
      let checkpoint = try #require(Checkpoint(text))
      let error = #expect(throws: LedgerError.self) {
        try book.open(remembering: false).verify(from: checkpoint)
      }
      #expect(error?.invariants == [.descent])
    }
  }

  @Test func itsTextIsReadBackAndNothingElseIs() throws {
    let checkpoint = Checkpoint(entries[3])
    #expect(Checkpoint(checkpoint.description) == checkpoint)
    for text in ["", "4", "4:", ":\(checkpoint.commit)", "0:\(checkpoint.commit)", "4:sha256:00"] {
      #expect(Checkpoint(text) == nil)
    }
  }

  @Test func aWholeVerificationIsRememberedAndOneFromACheckpointIsNot() throws {
    let other = Memory(folder: book.folder.path + "/other", place: book.path)
    let journal = try Journal.open(book.path, rules: NotebookRules(), memory: other)
    _ = try journal.verify(from: Checkpoint(entries[1]))
    #expect(try other.recall() == nil)
    _ = try journal.verify()
    #expect(try other.recall() == Remembered(entries[3]))
  }

  @Test func aWholeVerificationNoticesThatTheLedgerWentBack() throws {
    try book.force(entries[2].id)
    for checkpoint in [nil, Checkpoint(entries[0]), Checkpoint(entries[2])] {
      let error = #expect(throws: LedgerError.self) { try book.open().verify(from: checkpoint) }
      #expect(error?.invariants == [.descent])
    }
  }
}

import Git
import Keys
import Notation
import Platform
import Synchronization
import Testing

@testable import Ledger

/// Long chains, which several threads share.
@Suite struct VerificationTests {
  @Test func aLongChainIsJudgedWholeAndProgressEndsAtItsEnd() throws {
    let book = try Notebook()
    try Mill(book: book).grind(600)
    let steps = Mutex<[VerificationProgress]>([])
    let verdict = try book.open(remembering: false).verify { step in
      steps.withLock { $0.append(step) }
    }
    #expect(verdict.valid == 601)
    #expect(verdict.broken == nil)
    let seen = steps.withLock { $0 }
    #expect(seen.count > 1)
    #expect(seen.last == VerificationProgress(done: 601, total: 601))
    #expect(seen.map(\.done) == seen.map(\.done).sorted())
  }

  /// On both sides of the borders between the threads' batches.
  @Test(arguments: [2, 75, 76, 77, 127, 128, 151, 152, 600, 601])
  func theOldestOfSeveralBadEntriesIsTheOneThatIsNamed(number: Int) throws {
    let book = try Notebook()
    try Mill(book: book).grind(600) { current, entry in
      if current == number || current > number && current % 50 == 0 {
        entry.change = Digest(of: "wrong")
      }
    }
    let verdict = try book.open(remembering: false).verify()
    #expect(verdict.broken?.number == number)
    #expect(verdict.invariants == [.change])
    #expect(verdict.valid == number - 1)
    #expect(verdict.tip != nil)
    #expect(throws: LedgerError.self) { try book.open().standing() }
  }

  @Test func aFailureOfTheRulesIsNoVerdict() throws {
    let book = try Notebook()
    try Mill(book: book).grind(300)
    let journal = try Journal.open(book.path, rules: FailingRules(), memory: nil)
    #expect(throws: LedgerError.platform(.closedPipe)) { try journal.verify() }
  }

  private struct FailingRules: Rules {
    var indexing: Indexing { NotebookRules().indexing }

    func byteLimit(at path: String) -> Int? { NotebookRules.noteLimit }

    func judge(_ transition: Transition, _ found: inout [Violation]) throws(LedgerError) {
      if transition.entry.number > 200 { throw .platform(.closedPipe) }
    }
  }
}

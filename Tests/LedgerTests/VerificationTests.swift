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

  /// Both sides of the first two borders between the threads' batches, and both ends.
  private static let borders: Set<Int> = {
    let size = Verification.batchSize(of: 601)
    return [2, size, size + 1, size + 2, 2 * size, 2 * size + 1, 600, 601]
  }()

  @Test(arguments: borders.sorted())
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

import Git
import Keys
import Synchronization
import TestSupport
import Testing

@testable import Ledger

/// The ledger is the longest valid prefix of `main`: what follows is named, and nobody goes on from
/// it.
@Suite struct ValidPrefixTests {
  let book: Notebook
  let good: SignedEntry

  init() throws {
    book = try Notebook()
    try book.write(["notes/a": "one"], nonce: "1")
    good = try book.write(["notes/a": "two"], nonce: "2")
  }

  /// Commits that are no entries behind the good ones, by what is wrong with them.
  private func spoil(_ what: String) throws {
    let bytes: [UInt8]
    switch what {
    case "no entry":
      bytes = Array(
        ("tree \(good.entry.tree)\nparent \(good.id)\n"
          + "author m <m@stet> 1795000000 +0000\ncommitter m <m@stet> 1795000000 +0000\n\nbad\n")
          .utf8)
    case "too large":
      bytes = Array(
        ("tree \(good.entry.tree)\nparent \(good.id)\n"
          + "author m <m@stet> 1795000000 +0000\ncommitter m <m@stet> 1795000000 +0000\n\n"
          + String(repeating: "x", count: Entry.sizeLimit)).utf8)
    case _:
      var entry = try book.next()
      entry.change = Digest(of: "wrong")
      let signature = try Sample.key().sign(entry.payload, namespace: "git")
      bytes = entry.commit(signature: Array(signature.utf8))
    }
    try book.force(book.store("commit", bytes))
  }

  @Test(arguments: ["no entry", "too large", "a wrong trailer"], [false, true])
  func whatHoldsIsReadAndWhatFollowsIsNamed(what: String, remembering: Bool) throws {
    try spoil(what)
    let journal = try book.open(remembering: remembering)
    for _ in 0..<2 {
      let standing = try journal.holding()
      #expect(standing.tip == good)
      #expect(standing.refused?.number == 4)
      #expect(throws: LedgerError.self) { try standing.whole() }
    }
    #expect(try book.memory.recall() == Remembered(good))
    #expect(try journal.verify().broken?.number == 4)
  }

  @Test func whatDoesNotHoldIsJudgedOnceHoweverOftenSomebodyLooks() throws {
    try spoil("a wrong trailer")
    let rules = CountingRules()
    let journal = try Journal.open(book.path, rules: rules, memory: nil)
    let first = try journal.holding()
    #expect(rules.count == 4)
    for _ in 0..<3 {
      let standing = try journal.holding()
      #expect(standing.tip == good)
      #expect(standing.refused == first.refused)
    }
    #expect(rules.count == 4)
    try book.force(good.id)
    #expect(try journal.holding().refused == nil)
    try spoil("no entry")
    #expect(try journal.holding().refused?.violations != first.refused?.violations)
  }

  @Test func aTipThatIsBehindIsNamedAtEveryLook() throws {
    let journal = try book.open()
    _ = try journal.holding()
    try book.force(try #require(good.entry.place.link?.parent))
    for _ in 0..<2 {
      let error = #expect(throws: LedgerError.self) { try journal.holding() }
      #expect(error?.invariants == [.descent])
    }
    try book.force(good.id)
    #expect(try journal.holding().tip == good)
  }

  @Test func nobodyWritesBehindWhatDoesNotHold() throws {
    try spoil("no entry")
    let error = #expect(throws: LedgerError.self) { try book.write(["notes/b": "x"], nonce: "3") }
    guard case .broken(let broken)? = error else { throw Sample.Failure() }
    #expect(broken.number == 4)
  }

  @Test func whatIsSetBackHoldsAgain() throws {
    try spoil("no entry")
    let journal = try book.open()
    _ = try journal.holding()
    #expect(try journal.repair()?.tip == good)
    #expect(try journal.holding().refused == nil)
    #expect(try book.write(["notes/b": "x"], nonce: "3").entry.number == 4)
  }

  @Test func whereTheFirstEntryDoesNotHoldThereIsNoLedger() throws {
    let tree = try Sample.id("4")
    let bytes = "tree \(tree)\nauthor m <m@stet> 1 +0000\ncommitter m <m@stet> 1 +0000\n\nbad\n"
    try book.force(book.store("commit", Array(bytes.utf8)))
    let error = #expect(throws: LedgerError.self) {
      try book.open(remembering: false).holding()
    }
    guard case .broken(let broken)? = error else { throw Sample.Failure() }
    #expect(broken.number == 1)
  }

  @Test func whatThisMachineRemembersMustStillBeThere() throws {
    let older = try #require(good.entry.place.link?.parent)
    try book.force(older)
    // A bad entry on an older one is no prefix: what was believed is gone.
    try spoilBehind(older)
    let error = #expect(throws: LedgerError.self) { try book.open().holding() }
    guard case .broken(let broken)? = error else { throw Sample.Failure() }
    #expect(broken.violations.map(\.invariant) == [.descent])
  }

  private func spoilBehind(_ id: ObjectID) throws {
    let text =
      "tree \(good.entry.tree)\nparent \(id)\n"
      + "author m <m@stet> 1795000000 +0000\ncommitter m <m@stet> 1795000000 +0000\n\nbad\n"
    try book.force(book.store("commit", Array(text.utf8)))
  }
}

/// Rules that count the entries they judge.
private final class CountingRules: Rules {
  private let rules = NotebookRules()
  private let judged = Mutex(0)

  var count: Int { judged.withLock { $0 } }
  var indexing: Indexing { rules.indexing }

  func byteLimit(at path: String) -> Int? { rules.byteLimit(at: path) }

  func judge(_ transition: Transition, _ found: inout [Violation]) throws(LedgerError) {
    judged.withLock { $0 += 1 }
    try rules.judge(transition, &found)
  }
}

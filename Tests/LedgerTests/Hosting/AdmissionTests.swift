import Foundation
import Git
import Notation
import TestSupport
import Testing

@testable import Ledger

/// What a host lets in, without a host: the pushed commits lie in the repository already.
@Suite struct AdmissionTests {
  private let book: Notebook
  private let first: SignedEntry

  init() throws {
    book = try Notebook()
    first = try book.tip()
  }

  private func refusal(
    _ new: ObjectID?, name: String = "refs/heads/main", at now: Int64 = Notebook.start
  ) throws -> PushRefusal? {
    try book.open().refusal(
      of: [PushedReference(name: name, old: first.id, new: new)], now: Timestamp(seconds: now))
  }

  /// A signed commit that is stored, and that no reference names.
  private func pushed(_ change: (inout Entry) -> Void = { _ in }) throws -> ObjectID {
    var entry = try book.next()
    change(&entry)
    let signature = try Sample.key().sign(entry.payload, namespace: "git")
    return try book.store("commit", entry.commit(signature: Array(signature.utf8)))
  }

  @Test func whatEveryReaderAcceptsIsLetIn() throws {
    #expect(try refusal(pushed()) == nil)
    #expect(try book.tip() == first)
  }

  @Test func whatAReaderWouldRefuseIsRefusedWithItsInvariants() throws {
    let bad = try pushed { $0.headline = "write something else" }
    guard case .broken(let broken)? = try refusal(bad) else { throw Sample.Failure() }
    #expect(broken.number == 2 && broken.violations.map(\.invariant) == [.grammar])
    #expect(PushRefusal.broken(broken).details.count == 1)
  }

  @Test func onlyMainMayMoveAndOnlyForward() throws {
    #expect(try refusal(pushed(), name: "refs/tags/v1") == .otherReference("refs/tags/v1"))
    #expect(try refusal(nil) == .deletion)
    #expect(try book.open().refusal(of: [], now: Timestamp(seconds: 0)) == .malformed)
    let fork = try pushed()
    let second = try book.write(["notes/a": "x"], nonce: "1")
    let now = Timestamp(seconds: Notebook.start)
    for new in [fork, first.id] {
      let push = PushedReference(name: "refs/heads/main", old: second.id, new: new)
      #expect(try book.open().refusal(of: [push], now: now) == .notForward(newest: 2))
    }
    // The push began before somebody else's ended: git itself refuses it, and says that it is so.
    #expect(try refusal(fork) == nil)
  }

  @Test func anEntryFarFromTheHostsClockIsRefused() throws {
    let entry = try pushed()
    #expect(try refusal(entry, at: Notebook.start + 300) == nil)
    #expect(
      try refusal(entry, at: Notebook.start + 301) == .clock(entry: 2, secondsAhead: -301))
    #expect(try refusal(entry, at: Notebook.start - 300) == nil)
    #expect(try refusal(entry, at: Notebook.start - 301) == .clock(entry: 2, secondsAhead: 301))
  }

  @Test func anOldLedgerMayMoveToAHostThatHasNone() throws {
    let second = try book.write(["notes/a": "x"], nonce: "1")
    #expect(try book.git.run(["update-ref", "-d", "refs/heads/main"]).succeeded)
    let host = try Journal.open(book.path, rules: NotebookRules(), memory: nil)
    let pushed = PushedReference(name: "refs/heads/main", old: nil, new: second.id)
    #expect(
      try host.refusal(of: [pushed], now: Timestamp(seconds: Notebook.start + 90_000)) == nil)
  }

  @Test func aHostThatHasBeenFedSomethingSaysSoToEverybody() throws {
    var bad = try book.next()
    let good = try pushed()
    bad.headline = "write something else"
    _ = try book.verdict(on: bad)
    let error = #expect(throws: LedgerError.self) { try refusal(good) }
    guard case .broken(let broken)? = error else { throw Sample.Failure() }
    #expect(broken.number == 2)
  }

  @Test(arguments: [
    ("", nil), ("a b c", nil),
    (
      "\(String(repeating: "0", count: 40)) \(String(repeating: "1", count: 40)) refs/heads/a b",
      "refs/heads/a b"
    ),
  ])
  func aLineOfAHookNamesAReference(_ line: String, _ name: String?) {
    let reference = PushedReference(line: line)
    #expect(reference?.name == name)
    #expect(reference?.old == nil)
  }
}

@Suite struct RepairTests {
  @Test func aLedgerIsSetBackToItsLongestValidPrefixAndWhatFollowedIsKept() throws {
    let book = try Notebook()
    let second = try book.write(["notes/a": "x"], nonce: "1")
    #expect(try book.open().repair() == nil)
    var entry = try book.next()
    entry.headline = "write nothing"
    #expect(try book.verdict(on: entry).broken?.number == 3)
    let bad = try #require(try book.open(remembering: false).store.tip())
    let repair = try #require(try book.open().repair())
    #expect(repair.tip == second && repair.broken.number == 3)
    #expect(try book.open().standing().tip == second)
    #expect(try book.open().store.reference(repair.keptAs) == bad)
    #expect(try book.write(["notes/b": "y"], nonce: "2").entry.number == 3)
  }

  @Test func whereNothingHoldsNothingIsChanged() throws {
    let book = try Notebook()
    let person = [
      "GIT_AUTHOR_NAME": "m", "GIT_AUTHOR_EMAIL": "m@x", "GIT_COMMITTER_NAME": "m",
      "GIT_COMMITTER_EMAIL": "m@x",
    ]
    let made = try book.git.run(["commit-tree", "-m", "x", "main^{tree}"], environment: person)
    let bad = try #require(ObjectID(hex: made.text.trimmingCharacters(in: .newlines)))
    try book.force(bad)
    #expect(throws: LedgerError.self) {
      try Journal.open(book.path, rules: NotebookRules(), memory: nil).repair()
    }
    #expect(try book.open().store.tip() == bad)
  }
}

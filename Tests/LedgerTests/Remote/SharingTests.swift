import Foundation
import TestSupport
import Testing

@testable import Ledger

@Suite struct SharingTests {
  @Test func whatOneMachineWritesTheOtherBuildsOn() throws {
    let share = try Share()
    let second = try share.one.write("a", nonce: "1")
    // The other has not pulled: writing does.
    let third = try share.two.write("b", nonce: "2")
    #expect(third.entry.place.link?.parent == second.id)
    #expect(third.ledgerID == second.ledgerID)
    #expect(try share.two.notes() == ["a", "b"])
    #expect(try share.one.notes() == ["a"])
    let standing = try share.one.pull()
    #expect(standing.tip == third && standing.verified == 1)
    #expect(try share.one.notes() == ["a", "b"])
    #expect(try share.host.git(Share.name, "rev-parse", "main") == third.id.hex)
    #expect(try share.one.pull().verified == 0)
    try share.check()
  }

  @Test func whoeverComesSecondDecidesAgainOnWhatTheHostHas() throws {
    let share = try Share()
    var numbers: [Int] = []
    let outcome = try share.two.journal.append(share.two.order("2")) { (situation) throws(Never) in
      numbers.append(situation.place.number)
      if numbers.count == 1 { _ = try? share.one.write("a", nonce: "1") }
      return Decision(Notebook.proposal(["notes/b": "x"]), answer: ())
    }
    #expect(numbers == [2, 3])
    #expect(outcome.get().entry.entry.number == 3)
    #expect(outcome.get().entry.entry.operation.firstNumber == 2)
    #expect(share.two.news == ["overtaken"])
    #expect(try share.verified().notes() == ["a", "b"])
    #expect(try share.two.waiting() == 0)
  }

  @Test func fourMachinesAtOnceLoseNothingAndWriteNothingTwice() async throws {
    let share = try Share()
    let (machines, each) = (4, 4)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<machines {
        let machine = try Machine(share.host.url(Share.name))
        group.addTask {
          for note in 0..<each { try machine.write("\(number)-\(note)", nonce: "\(number)\(note)") }
        }
      }
      try await group.waitForAll()
    }
    let third = try share.verified()
    #expect(try third.notes().count == machines * each)
    #expect(try third.tip()?.entry.number == 1 + machines * each)
    #expect(try share.host.git(Share.name, "rev-list", "--count", "main") == "17")
    try share.check()
  }

  @Test func aRuleOfTheHostIsToldInItsOwnWordsAndNothingMoves() throws {
    let share = try Share()
    try share.host.setHook("pre-receive", of: Share.name, "echo 'no notes on Sundays' >&2; exit 1")
    let before = try share.two.tip()
    #expect(
      problem { try share.two.write("b", nonce: "2") } == .refused(words: "no notes on Sundays"))
    #expect(try share.two.tip() == before)
    #expect(try share.two.waiting() == 0)
    try share.host.setHook("pre-receive", of: Share.name, "exit 0")
    #expect(try share.two.write("b", nonce: "3").entry.number == 2)
  }

  @Test func withoutTheHostReadingWorksAndWritingSaysThatItDoesNot() throws {
    let share = try Share()
    try share.one.write("a", nonce: "1")
    try share.two.pull()
    let closed = try Listener { close($0) }.port
    let away = Remote(
      try RemoteAddress(share.host.url(Share.name, port: closed)), caller: share.two.remote.caller,
      memory: nil
    ) { _ in }
    var order = try share.two.order("2")
    order.remote = away
    let offline = problem {
      _ = try share.two.journal.append(order) { (_) throws(Never) in
        Issue.record("it was decided without the host")
        return Decision(Notebook.proposal(["notes/b": "x"]), answer: ())
      }
    }
    guard case .unreachable? = offline else {
      Issue.record("\(String(describing: offline))")
      return
    }
    #expect(try share.two.notes() == ["a"])
    #expect(try share.two.waiting() == 0)
  }

  @Test func anEntryThatWasNotSentIsFinishedByTheNextPull() throws {
    let share = try Share()
    // As a process leaves it that ends between signing and sending.
    let entry = try unsent(share.two, "b")
    try share.two.pull()
    #expect(share.two.news == ["sent: write notes/b"])
    #expect(try share.verified().tip() == entry)
    #expect(try share.two.waiting() == 0)
  }

  @Test func anEntryThatArrivedUnnoticedIsFoundAndNotSentAgain() throws {
    let share = try Share()
    let entry = try unsent(share.two, "b")
    #expect(try share.two.remote.push(entry.id, from: share.two.journal.store) == .arrived)
    try share.two.pull()
    #expect(share.two.news == ["had arrived: write notes/b"])
    #expect(try share.two.waiting() == 0)
    #expect(try share.verified().notes() == ["b"])
  }

  @Test func anEntryThatArrivesWhileItIsSentAgainIsNotTakenForSomebodyElses() throws {
    let share = try Share()
    let entry = try unsent(share.two, "b")
    let git = Program("git", in: share.two.journal.path)
    let early = try git.run(["push", share.two.address.text, "\(entry.id.hex):refs/heads/early"])
    #expect(early.succeeded)
    // As a push does that seemed lost, and ends after the next has begun.
    try share.host.setHook(
      "pre-receive", of: Share.name,
      """
      unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
      git update-ref refs/heads/main \(entry.id.hex)
      """)
    try share.two.pull()
    #expect(share.two.news == ["sent: write notes/b"])
    #expect(try share.two.tip() == entry)
    #expect(try share.two.waiting() == 0)
  }

  @Test func anEntryThatOthersOvertookIsDroppedAndSaidToBe() throws {
    let share = try Share()
    try unsent(share.two, "b")
    try share.one.write("a", nonce: "1")
    try share.two.pull()
    #expect(share.two.news == ["overtaken: write notes/b"])
    #expect(try share.two.notes() == ["a"])
    #expect(try share.two.waiting() == 0)
  }

  @Test func aLedgerBeginsOnlyWhereThereIsNothing() throws {
    let share = try Share()
    let third = try Machine(share.host.url(Share.name))
    #expect(problem { try third.begin() } == .taken)
    #expect(try share.verified().tip() == share.one.tip())
  }

  @Test func aLedgerThatWasHereAloneIsSentWholeAndSharedFromThenOn() throws {
    let host = try GitHost()
    try host.makeRepository(Share.name)
    let one = try Machine(host.url(Share.name))
    try one.found("0")
    let second = try one.writeAlone(["notes/a": "x"], nonce: "1")
    #expect(try one.journal.share(through: one.remote, insteadOf: nil).tip == second)
    let two = try Machine(host.url(Share.name))
    try two.pull()
    #expect(try two.notes() == ["a"])
    try two.write("b", nonce: "2")
    try one.write("c", nonce: "3")
    #expect(try one.notes() == ["a", "b", "c"])
    // Asked once more it is brought up to where the host is.
    try two.write("d", nonce: "4")
    #expect(try one.journal.share(through: one.remote, insteadOf: nil).tip == two.tip())
  }

  @Test func aLedgerIsNotSharedWhereSomethingElseIs() throws {
    let share = try Share()
    let other = try Machine(share.host.url(Share.name))
    let first = try other.found("77")
    let found = problem { _ = try other.journal.share(through: other.remote, insteadOf: nil) }
    guard case .strayed(let divergence)? = found else { throw Sample.Failure() }
    #expect(divergence.kind == .replaced)
    #expect(try other.tip() == first)
    #expect(try share.verified().tip() == share.one.tip())
    try share.host.makeRepository("branch.git")
    let made = try share.host.git("branch.git", "mktree")
    try share.host.commit("branch.git", [made])
    _ = try share.host.git("branch.git", "branch", "-m", "main", "other")
    let third = try Machine(share.host.url("branch.git"))
    try third.found("78")
    #expect(
      problem { _ = try third.journal.share(through: third.remote, insteadOf: nil) } == .taken)
  }

  @Test func aCopyBeginsWithWhatHoldsAndOneThatIsThereSaysWhatDoesNot() throws {
    let share = try Share()
    try share.one.write("a", nonce: "1")
    let good = try #require(try share.one.tip())
    _ = try share.host.commit(
      Share.name, [try share.host.git(Share.name, "rev-parse", "main^{tree}"), "-p", "main"])
    let third = try Machine(share.host.url(Share.name))
    #expect(try third.journal.lookAhead(to: third.remote).refused?.number == 3)
    let standing = try third.pull()
    #expect(standing.tip == good)
    #expect(standing.refused?.number == 3)
    #expect(try third.tip() == good)
    for machine in [third, share.two] {
      #expect(throws: LedgerError.self) { try machine.pull() }
      #expect(throws: LedgerError.self) { try machine.write("b", nonce: "2") }
      #expect(try machine.tip() == good)
    }
  }

  @Test func onlyMainIsFetched() throws {
    let share = try Share()
    _ = try share.host.git(Share.name, "branch", "other", "main")
    _ = try share.host.git(Share.name, "tag", "v1", "main")
    let third = try share.verified()
    let references = try third.journal.store.references(under: "refs/")
    #expect(references.map(\.name) == ["refs/heads/main"])
  }

  @Test func aServiceOnACopyNoticesWhatAPullBrought() throws {
    let share = try Share()
    let path = share.two.journal.path
    let reader = try Journal.open(path, rules: NotebookRules(), memory: nil)
    #expect(try reader.standing().tip?.entry.number == 1)
    try share.one.write("a", nonce: "1")
    try share.two.pull()
    #expect(try reader.standing().tip?.entry.number == 2)
  }

  /// An entry that is signed and in the outbox, and that nobody has sent.
  @discardableResult
  private func unsent(_ machine: Machine, _ note: String) throws -> SignedEntry {
    var scribe = Scribe(journal: machine.journal, order: try machine.order("9"))
    let draft = try scribe.draft(on: machine.journal.standing().tip) { (_) throws(Never) in
      Decision(Notebook.proposal(["notes/\(note)": "x"]), answer: ())
    }.get()
    try Outbox(store: machine.journal.store).keep(draft.entry)
    return draft.entry
  }
}

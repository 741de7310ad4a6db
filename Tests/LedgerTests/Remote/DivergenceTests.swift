import Foundation
import Keys
import TestSupport
import Testing

@testable import Ledger

/// What a host can do to a machine that has seen more of it.
@Suite struct DivergenceTests {
  /// What a machine that was up to date says of the host, having changed nothing.
  private func divergence(_ machine: Machine) throws -> Divergence? {
    let before = try machine.tip()
    let found = problem { try machine.pull() }
    #expect(problem { try machine.write("new", nonce: "e") } == found)
    #expect(try machine.tip() == before)
    #expect(try machine.waiting() == 0)
    guard case .strayed(let divergence)? = found else {
      Issue.record("\(String(describing: found))")
      return nil
    }
    #expect(divergence.here == before.map { Divergence.Tip($0) })
    return divergence
  }

  @Test func aHostThatGoesBackIsFoundOut() throws {
    let share = try Share()
    let second = try share.one.write("a", nonce: "1")
    try share.one.write("b", nonce: "2")
    try share.two.pull()
    _ = try share.host.git(Share.name, "update-ref", "refs/heads/main", "main~1")
    let divergence = try divergence(share.two)
    #expect(divergence?.kind == .rewound)
    #expect(divergence?.there == Divergence.Tip(second))
  }

  @Test func aHostWithAnotherHistoryIsFoundOut() throws {
    let share = try Share()
    try share.one.write("a", nonce: "1")
    try share.two.pull()
    _ = try share.host.git(Share.name, "update-ref", "refs/heads/main", "main~1")
    let other = try share.verified()
    try other.write("c", nonce: "3")
    let fork = try other.write("d", nonce: "4")
    let divergence = try divergence(share.two)
    #expect(divergence?.kind == .forked)
    #expect(divergence?.there == Divergence.Tip(fork))
  }

  @Test func aHostWithAnotherLedgerIsFoundOut() throws {
    let share = try Share()
    try share.one.write("a", nonce: "1")
    try share.two.pull()
    try FileManager.default.removeItem(atPath: share.host.path(Share.name))
    try share.host.makeRepository(Share.name)
    let first = try Machine(share.host.url(Share.name))
    let entry = try first.found("77")
    try first.journal.send(to: first.remote)
    let divergence = try divergence(share.two)
    #expect(divergence?.kind == .replaced)
    #expect(divergence?.there == Divergence.Tip(entry))
  }

  @Test func aHostThatHasBecomeEmptyIsFoundOut() throws {
    let share = try Share()
    try share.two.pull()
    try FileManager.default.removeItem(atPath: share.host.path(Share.name))
    try share.host.makeRepository(Share.name)
    let divergence = try divergence(share.two)
    #expect(divergence?.kind == .emptied && divergence?.there == nil)
  }

  @Test func aNewCopyOnTheSameMachineRemembersTheHost() throws {
    let share = try Share()
    try share.one.write("a", nonce: "1")
    try share.two.pull()
    _ = try share.host.git(Share.name, "update-ref", "refs/heads/main", "main~1")
    let copy = try Journal.create(
      share.two.folder.path + "/again.git", rules: NotebookRules(), memory: nil)
    let found = problem { _ = try copy.pull(from: share.two.remote) }
    guard case .strayed(let divergence)? = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(divergence.kind == .rewound && divergence.here.number == 2)
    #expect(try copy.standing().tip == nil)
  }

  @Test func anInvalidEntryOnTopIsNamedAndWhatCameBeforeIsTaken() throws {
    let share = try Share()
    let second = try share.one.write("a", nonce: "1")
    // Plain git takes a commit that no writer of ours would have made.
    try share.host.commit(Share.name, ["-p", "main", "main^{tree}"])
    let error = #expect(throws: LedgerError.self) { try share.two.pull() }
    guard case .broken(let broken)? = error else { throw Sample.Failure() }
    #expect(broken.number == 3 && broken.violations.map(\.invariant).contains(.grammar))
    #expect(try share.two.tip() == second)
  }

  @Test func whatIsNoRegistryIsSaidToBeNone() throws {
    let host = try GitHost()
    try host.makeRepository("empty.git")
    try host.makeRepository("plain.git")
    try host.commit("plain.git", [host.git("plain.git", "mktree")])
    #expect(try Machine(host.url("empty.git")).pull().tip == nil)
    let visitor = try Machine(host.url("plain.git"))
    #expect(problem { try visitor.pull() } == .noLedger)
    #expect(try visitor.tip() == nil)
    #expect(problem { try Machine(host.url("absent.git")).pull() } == .noRepository)
  }

  @Test func anotherLedgerThanTheOneAskedForIsRefusedOnFirstContact() throws {
    let share = try Share()
    let machine = try Machine(share.host.url(Share.name), expectedID: Digest(of: "another"))
    let error = #expect(throws: LedgerError.self) { try machine.pull() }
    guard case .broken(let broken)? = error else { throw Sample.Failure() }
    #expect(broken.violations.map(\.invariant) == [.descent])
    #expect(try machine.tip() == nil)
  }
}

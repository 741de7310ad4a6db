import Foundation
import Git
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

struct FirstEntryTests {
  /// What the rules say of an entry with this number and action that lays down a sound policy.
  private func violations(
    _ action: Action, number: Int, policy: [UInt8]? = nil
  ) throws -> [Invariant] {
    var world = try World(["alice"])
    if let policy { world.put([.policy: policy]) }
    var change = Change()
    for (path, bytes) in world.tree.files { change.set(path, to: bytes) }
    let proposal = Proposal(
      Deed(action.rawValue), member: "alice", headline: action.rawValue, text: "", change: change)
    let tree = try #require(ObjectID(hex: String(repeating: "4", count: 40)))
    let operation = try #require(
      OperationID(firstNumber: 1, nonce: String(repeating: "a", count: 32)))
    let entry = Entry(
      proposal, tree: tree, place: Place(number: number, link: nil), time: world.time,
      operation: operation)
    let before = number == 1 ? MemoryTree() : world.tree
    let transition = Transition(
      entry, signer: try World.key(1), before: before, after: world.tree,
      changes: before.changes(to: world.tree))
    var found: [Violation] = []
    try RegistryRules().judge(transition, &found)
    return found.map(\.invariant)
  }

  @Test("a ledger begins with init and with nothing else", arguments: Action.allCases)
  func beginning(action: Action) throws {
    #expect(try violations(action, number: 1) == (action == .`init` ? [] : [.action]))
  }

  @Test("init comes once")
  func once() throws {
    #expect(try violations(.`init`, number: 2) == [.action])
  }

  @Test("a policy that cannot be read is a broken record")
  func unreadablePolicy() throws {
    #expect(try violations(.`init`, number: 1, policy: Array("{}\n".utf8)) == [.records])
  }
}

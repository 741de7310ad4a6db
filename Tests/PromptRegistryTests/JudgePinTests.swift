import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

// What may move pins and locks, and who may do what.

extension JudgeTests {
  @Test("an entry moves pins of one environment that is there, and never a partial's")
  func environments() throws {
    var world = try world()
    try world.publish("alice", "support/triage", "two\n")
    try world.publish("alice", "support/_tone", "Be brief.\n")
    let second = SemanticVersion(1, 0, 1)
    func mover(_ name: PromptName, in environments: [EnvironmentName]) throws -> Set<Invariant> {
      try invariants(world) { state, pen in
        let record = try state.existingRecord(of: name, second)
        var edits: [Slot: [UInt8]?] = [:]
        for environment in environments {
          edits[.pin(environment, name)] =
            PinRecord.promoted(
              from: try state.pin(name, in: environment),
              to: VersionMark(version: second, digest: record.digest), pen.mover(request: nil)
            ).bytes
        }
        return plan(
          .promote(environments.first ?? staging, [.init(name: name, version: second)]), edits)
      }
    }
    #expect(try mover(triage, in: [staging]) == [])
    #expect(
      try mover(triage, in: [staging, ghost]) == [.action, .pinMoves, .promotion])
    #expect(try mover(triage, in: [ghost]) == [.promotion])
    #expect(try mover(tone, in: [staging]) == [.pin])
    #expect(try mover(triage, in: []) == [.action])
  }

  @Test("a promotion carries out a request that is open, and is for a promotion")
  func promotedRequest() throws {
    let world = try world()
    let found = try invariants(world) { state, pen in
      var plan = try Forged.promoting(wish, in: production, state, pen)
      plan.request = 99
      return plan
    }
    #expect(found == [.promotion])
  }

  @Test("only what is live is withdrawn")
  func withdrawnFromNowhere() throws {
    let found = try invariants(try calmWorld()) { state, pen in
      let nothing = RequestedChange(name: triage, base: nil, target: nil)
      return try Forged.promoting(
        Promotion(environment: staging, changes: [nothing], author: pen.member, request: nil),
        state, pen)
    }
    #expect(found == [.pin])
  }

  @Test("an environment that left the policy is not gone back to")
  func revertedInNoEnvironment() throws {
    var world = try calmWorld()
    let nothing = Wish(name: triage, version: nil)
    for (wish, environment) in [(wish, staging), (wish, production), (nothing, production)] {
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.promoting([wish], in: environment, reason: "", pen)
      }
    }
    var smaller = try world.state.policy
    smaller.environments.removeLast()
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(to: smaller, reason: "no production", pen)
    }
    let found = try invariants(world) { state, pen in
      let pin = try #require(try state.pin(triage, in: production))
      let back = try #require(pin.reverted(toElement: 0, pen.mover(request: nil)))
      return plan(
        .revert(production, [.init(name: triage, version: first)]),
        [.pin(production, triage): back.bytes])
    }
    #expect(found == [.revert])
  }

  @Test("a lock is on an environment that is there, for a reason, and names its entry")
  func locks() throws {
    let world = try world()
    func found(
      _ environment: EnvironmentName, because text: String = "because", _ lock: (Pen) -> LockRecord
    ) throws -> Set<Invariant> {
      try invariants(world) { _, pen in
        plan(.lock(environment), because: text, [.lock(environment): lock(pen).bytes])
      }
    }
    func honest(_ pen: Pen) -> LockRecord {
      LockRecord(at: pen.at, by: pen.member, why: "because")
    }
    #expect(try found(staging, honest) == [])
    #expect(try found(staging, because: "", honest) == [.action, .records])
    #expect(try found(ghost, honest) == [.records])
    let bob = try World.member("bob")
    #expect(
      try found(staging) { LockRecord(at: $0.at, by: bob, why: "because") } == [.records])
    #expect(
      try found(staging) { LockRecord(at: Timestamp(seconds: 0), by: $0.member, why: "because") }
        == [.records])
    #expect(
      try found(staging) { LockRecord(at: $0.at, by: $0.member, why: "another") } == [.records])
    #expect(
      try invariants(world) { _, _ in plan(.lock(staging), [.prompt(tone): nil]) } == [.action])
  }
}

// MARK: - Rights

extension JudgeTests {
  @Test("a member without roles may do nothing of what others may")
  func rights() throws {
    var world = try calmWorld()
    try world.publish("alice", "support/triage", "two\n")
    for version in [first, SemanticVersion(1, 0, 1)] {
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.promoting([Wish(name: triage, version: version)], in: staging, reason: "", pen)
      }
    }
    try world.publish("alice", "support/other", "x\n")
    let other = Wish(name: try PromptName("support/other"), version: first)
    let open = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting([other], in: production, reason: "please", pen)
    }
    // What bob decides while he may, and then writes when he may no more.
    let able = try world.state
    let powerless = try able.policy.demoted("bob", to: [])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(to: powerless, reason: "less", pen)
    }
    let pen = try world.pen("bob")
    let plans: [Plan<Int>] = try [
      able.yanking(other.name, first, why: "bad", pen),
      able.retiring(other.name, why: "old", pen),
      able.requesting([wish], in: production, reason: "please", pen).forgetful,
      able.reviewing(open, .approve, reason: "", pen).forgetful,
      able.closing(open.id, reason: "no", pen).forgetful,
      able.promoting([other], in: staging, reason: "", pen).forgetful,
      able.reverting([wish], in: staging, why: "worse", pen).forgetful,
      able.locking(staging, why: "incident", pen),
    ]
    for plan in plans {
      let found = try world.judge(plan, as: pen)
      #expect(found.map(\.invariant) == [.rights], "\(plan.action): \(found)")
    }
  }
}

extension Policy {
  /// The next policy, with other roles for one member.
  func demoted(_ name: String, to roles: Set<Role>) throws -> Policy {
    var policy = self
    let member = try World.member(name)
    for place in policy.members.indices where policy.members[place].name == member {
      policy.members[place].roles = roles
    }
    return policy
  }
}

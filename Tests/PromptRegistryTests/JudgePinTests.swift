import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

// What may move pins and locks, and change the policy and the services.

extension JudgeTests {
  @Test("an entry moves pins of one environment that is there, and never a partial's")
  func environments() throws {
    let world = try world()
    func mover(_ name: PromptName, in environments: [EnvironmentName]) throws -> Set<Invariant> {
      try invariants(world) { state, pen in
        let record = try state.existingRecord(of: name, first)
        var edits: [Slot: [UInt8]?] = [:]
        for environment in environments {
          edits[.pin(environment, name)] =
            PinRecord.promoted(
              from: try state.pin(name, in: environment),
              to: VersionMark(version: first, digest: record.digest), pen.mover(request: nil)
            ).bytes
        }
        return plan(
          .promote(environments.first ?? staging, [.init(name: name, version: first)]), edits)
      }
    }
    #expect(try mover(triage, in: [staging]) == [])
    #expect(try mover(triage, in: [staging, ghost]) == [.action])
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

extension JudgeTests {
  @Test("the policy is changed by admins, by requests that are open and about the policy")
  func policies() throws {
    var world = try calmWorld()
    let softer = try world.state.policy.demoted("bob", to: [.author])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(to: softer, reason: "less", pen)
    }
    func next(_ state: State) -> Policy {
      var policy = state.policy
      policy.version += 1
      policy.environments[1].soakSeconds = 60
      return policy
    }
    #expect(
      try invariants(world, "bob") { Forged.policy(next($0), $0, $1) } == [.rights])
    let open = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting([wish], in: production, reason: "mine", pen)
    }
    for id in [99, open.id] {
      let found = try invariants(world) { state, pen in
        var plan = Forged.policy(next(state), state, pen)
        plan.request = id
        if id == open.id { plan.edits[.request(id)] = .some(nil) }
        return plan
      }
      #expect(found == [.policy])
    }
  }

  @Test("services are enrolled by admins, sorted, and a token names its entry")
  func services() throws {
    var world = try calmWorld()
    let softer = try world.state.policy.demoted("bob", to: [.author])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(to: softer, reason: "less", pen)
    }
    let grant = Grant(read: [], environments: [], expires: nil, isOperator: false)
    func found(
      as who: String = "alice", _ names: [String], _ entry: (Pen) -> Int = { $0.entry }
    ) throws -> Set<Invariant> {
      try invariants(world, who) { state, pen in
        var record = try state.services()
        record.services = try names.map { name in
          EnrolledService(
            name: try ServiceName(name),
            tokens: [EnrolledToken(entry: entry(pen), grant: grant, hash: Digest(of: name))])
        }
        return plan(.service, [.services: record.bytes])
      }
    }
    #expect(try found(["a", "b"]) == [])
    #expect(try found(as: "bob", ["a"]) == [.rights])
    #expect(try found(["a"]) { _ in 1 } == [.records])
  }

  @Test("a ledger begins with the first policy, an admin, its own time, and nobody's services")
  func beginning() throws {
    let policy = PolicyPreset.solo.policy(
      founder: try World.member("alice"), key: try World.key(1))
    func found(
      _ policy: Policy, _ edit: (inout [Slot: [UInt8]?]) throws -> Void = { _ in }
    ) throws -> Set<Invariant> {
      let time = Timestamp(seconds: 1_700_000_000)
      var edits: [Slot: [UInt8]?] = [
        .ledger: LedgerRecord(created: time).bytes, .policy: policy.bytes,
        .services: ServicesRecord().bytes, .allowedSigners: policy.allowedSigners,
      ]
      try edit(&edits)
      let plan = plan(.`init`, because: "", edits)
      let pen = Pen(
        member: try World.member("alice"), key: try World.key(1), entry: 1, at: time)
      let tree = MemoryTree().applying(World.change(plan))
      let changes = edits.keys.sorted { $0.path < $1.path }.map {
        SlotChange(slot: $0, kind: .added)
      }
      let change = StateChange(
        action: .`init`, heading: Heading(plan, pen), before: nil,
        after: try State(entry: 1, time: time, tree: tree), changes: changes)
      return Set(Judge.violations(of: change).map(\.invariant))
    }
    #expect(try found(policy) == [])
    var second = policy
    second.version = 2
    #expect(try found(second) == [.policy])
    var powerless = policy
    powerless.members[0].roles = [.author]
    #expect(try found(powerless) == [.policy, .rights])
    #expect(
      try found(policy) { $0[.ledger] = LedgerRecord(created: Timestamp(seconds: 1)).bytes }
        == [.records])
    #expect(try found(policy) { $0[.allowedSigners] = [] } == [.policy])
    let grant = Grant(read: [], environments: [], expires: nil, isOperator: false)
    #expect(
      try found(policy) { edits in
        var services = ServicesRecord()
        services.services = [
          EnrolledService(
            name: try ServiceName("a"),
            tokens: [EnrolledToken(entry: 1, grant: grant, hash: Digest(of: "x"))])
        ]
        edits[.services] = services.bytes
      } == [.records])
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

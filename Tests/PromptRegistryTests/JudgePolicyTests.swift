import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

// What may change the policy and the services, and how a ledger begins.

extension JudgeTests {
  /// A calm world in which bob is an author and nothing else.
  private func worldWithAuthorBob() throws -> World {
    var world = try calmWorld()
    let softer = try world.state.policy.demoted("bob", to: [.author])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(to: softer, reason: "less", pen)
    }
    return world
  }

  /// A sound next policy.
  private func next(_ state: State) -> Policy {
    var policy = state.policy
    policy.version += 1
    policy.environments[1].soakSeconds = 60
    return policy
  }

  @Test("the policy is changed by admins, by requests that are open and about the policy")
  func policies() throws {
    var world = try worldWithAuthorBob()
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

  @Test("a change of the policy is no review")
  func policyWithReview() throws {
    let found = try invariants(try calmWorld()) { state, pen in
      var plan = Forged.policy(next(state), state, pen)
      plan.review = ReviewMark(decision: .approve, subject: Digest(of: "x"))
      return plan
    }
    #expect(found == [.grammar])
  }

  @Test("services are enrolled by admins, and a token names its entry")
  func services() throws {
    let world = try worldWithAuthorBob()
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

  @Test("tokens are as many as may be, each once, for environments that are there")
  func tokens() throws {
    let world = try calmWorld()
    func found(
      _ hashes: [String], in environments: [EnvironmentName] = []
    ) throws -> Set<Invariant> {
      let grant = Grant(read: [], environments: environments, expires: nil, isOperator: false)
      return try invariants(world) { _, pen in
        var record = ServicesRecord()
        record.services = [
          EnrolledService(
            name: try ServiceName("billing"),
            tokens: hashes.map { hash in
              EnrolledToken(entry: pen.entry, grant: grant, hash: Digest(of: hash))
            })
        ]
        return plan(.service, [.services: record.bytes])
      }
    }
    let most = (1...ServicesRecord.tokenLimit).map(String.init)
    #expect(try found(most, in: [staging]) == [])
    #expect(try found(most + ["more"]) == [.records])
    #expect(try found(["one", "one"]) == [.records])
    #expect(try found(["one"], in: [ghost]) == [.records])
  }

  /// What the judge says of a first entry with this policy, which may be spoiled.
  private func foundation(
    _ policy: Policy, as headline: Headline = .`init`, about request: Int? = nil,
    _ edit: (inout [Slot: [UInt8]?]) throws -> Void = { _ in }
  ) throws -> Set<Invariant> {
    let time = Timestamp(seconds: 1_700_000_000)
    var edits: [Slot: [UInt8]?] = [
      .ledger: LedgerRecord(created: time).bytes, .policy: policy.bytes,
      .services: ServicesRecord().bytes, .allowedSigners: policy.allowedSigners,
    ]
    try edit(&edits)
    var plan = plan(headline, because: "", edits)
    plan.request = request
    let pen = Pen(
      member: try World.member("alice"), key: try World.key(1), entry: 1, at: time)
    let tree = MemoryTree().applying(World.change(plan))
    let changes = edits.keys.sorted { $0.path < $1.path }.map {
      SlotChange(slot: $0, kind: .added)
    }
    let change = StateChange(
      action: .`init`, heading: Heading(plan, pen), before: nil,
      after: try State(entry: 1, time: time, tree: tree), changes: changes)
    var found: [Ledger.Violation] = []
    try Judge.judge(change, &found)
    return Set(found.map(\.invariant))
  }

  @Test("a ledger begins with the first policy, an admin, its own time, and nobody's services")
  func beginning() throws {
    let policy = PolicyPreset.solo.policy(
      founder: try World.member("alice"), key: try World.key(1))
    #expect(try foundation(policy) == [])
    #expect(try foundation(policy, as: .service) == [.grammar])
    #expect(try foundation(policy, about: 1) == [.grammar])
    #expect(
      try foundation(policy) {
        $0[.lock(staging)] =
          LockRecord(
            at: Timestamp(seconds: 1), by: try World.member("alice"), why: "x"
          ).bytes
      } == [.action])
    var second = policy
    second.version = 2
    #expect(try foundation(second) == [.policy])
    var powerless = policy
    powerless.members[0].roles = [.author]
    #expect(try foundation(powerless) == [.policy, .rights])
    #expect(
      try foundation(policy) { $0[.ledger] = LedgerRecord(created: Timestamp(seconds: 1)).bytes }
        == [.records])
    #expect(try foundation(policy) { $0[.allowedSigners] = [] } == [.policy])
    let grant = Grant(read: [], environments: [], expires: nil, isOperator: false)
    #expect(
      try foundation(policy) { edits in
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

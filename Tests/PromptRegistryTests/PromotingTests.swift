import Contracts
import Notation
import Testing

@testable import PromptRegistry

/// Rules of requests, reviews, promotions and reverts, on a registry that is a dictionary; the
/// judge sees every step that a verb decides.
struct PromotingTests {
  let staging: EnvironmentName
  let production: EnvironmentName
  let triage: PromptName

  init() throws {
    staging = try EnvironmentName("staging")
    production = try EnvironmentName("production")
    triage = try PromptName("support/triage")
  }

  private func wish(_ version: String?) -> [Wish] {
    [Wish(name: triage, version: version.flatMap { SemanticVersion($0) })]
  }

  /// Alice published 1.0.0 and it is live in staging.
  private func staged() throws -> World {
    var world = try World(["alice", "bob", "carol"])
    try world.publish("alice", "support/triage", "one\n")
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(wish("1.0.0"), in: staging, reason: "", pen)
    }
    return world
  }

  private func missing(_ body: () throws -> Void) -> [Missing.Rule] {
    do {
      try body()
      return []
    } catch RegistryError.ruleNotMet(let missing) {
      return missing.map(\.rule)
    } catch {
      Issue.record("another error: \(error)")
      return []
    }
  }

  @Test("an environment that asks for no approvals promotes at once")
  func promotesAtOnce() throws {
    let world = try staged()
    #expect(try world.state.pin(triage, in: staging)?.live?.version.description == "1.0.0")
  }

  @Test("a rejection of one's own request is taken back by an approval, which does not count")
  func ownRejection() throws {
    var world = try staged()
    let request = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.0"), in: production, reason: "please", pen)
    }
    func review(_ who: String, _ decision: ReviewRecord.Decision) throws {
      try world.act(who) { state, pen throws(RegistryError) in
        try state.reviewing(request, decision, reason: "", pen)
      }
    }
    func promote() throws {
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.promoting(request: request.id, pen)
      }
    }
    #expect(throws: RegistryError.self) { try review("alice", .approve) }
    try review("alice", .reject)
    #expect(missing(promote).contains(.rejected(by: try World.member("alice"))))
    try review("alice", .approve)
    #expect(missing(promote).first == .approvals(have: 0, need: 1))
    try review("bob", .approve)
    #expect(missing(promote).isEmpty)
  }

  @Test("an owner vouches for what he owns, and for nothing that is bundled with it")
  func ownersVouchForTheirOwn() throws {
    var world = try World(["alice", "bob", "carol"])
    let (pay, toy) = (try PromptName("billing/pay"), try PromptName("sandbox/toy"))
    let sandbox = try #require(NamePattern("sandbox/**"))
    let rules = [OwnersRule(match: sandbox, members: [try World.member("carol")])]
    try world.act("alice") { state, pen throws(RegistryError) in
      var policy = state.policy
      policy.members[2].roles = [.author]
      policy.owners = rules
      policy.changeApprovals = 1
      return try state.changingPolicy(to: policy, reason: "owners", pen)
    }
    try world.publish("alice", "billing/pay", "one\n")
    try world.publish("carol", "sandbox/toy", "one\n")
    let wishes = [pay, toy].map { Wish(name: $0, version: SemanticVersion(1, 0, 0)) }
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(wishes, in: staging, reason: "", pen)
    }
    let request = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting(wishes, in: production, reason: "both", pen)
    }
    try world.act("carol") { state, pen throws(RegistryError) in
      try state.reviewing(request, .approve, reason: "", pen)
    }
    let promotion = try #require(Promotion(request))
    let rule = try world.state.requireEnvironment(production)
    #expect(try world.state.tally(for: promotion, rule).approvals.isEmpty)
    try world.act("bob") { state, pen throws(RegistryError) in
      try state.reviewing(request, .approve, reason: "", pen)
    }
    #expect(try world.state.tally(for: promotion, rule).approvals == [World.member("bob")])
  }

  @Test("whoever asked is no voice any more once his keys are revoked")
  func revokedAuthorIsNoVoice() throws {
    var world = try World(["alice", "bob", "carol"], changeApprovals: 1)
    try world.publish("alice", "support/triage", "one\n")
    let request = try world.act("bob") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.0"), in: production, reason: "go", pen)
    }
    let promotion = try #require(Promotion(request))
    let rule = try world.state.requireEnvironment(production)
    let bob = try World.member("bob")
    #expect(try world.state.tally(for: promotion, rule).brought.map(\.voices) == [[bob]])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(
        to: state.policy.revoking(nil, of: bob, at: pen.at), reason: "gone", pen)
    }
    #expect(try world.state.tally(for: promotion, rule).brought.map(\.voices) == [[]])
  }

  @Test("a promotion waits for an approval by somebody else")
  func waits() throws {
    var world = try staged()
    let request = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.0"), in: production, reason: "go", pen)
    }
    let early = missing {
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.promoting(request: request.id, pen)
      }
    }
    #expect(early.contains(.approvals(have: 0, need: 1)))
    try world.act("bob") { state, pen throws(RegistryError) in
      try state.reviewing(request, .approve, reason: "", pen)
    }
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(request: request.id, pen)
    }
    #expect(try world.state.pin(triage, in: production)?.live?.version.description == "1.0.0")
    #expect(try world.state.requests().isEmpty)
  }

  @Test("nobody's own text goes live on his own word, not even behind a colleague's fix")
  func publisherDoesNotCount() throws {
    var world = try staged()
    try world.publish("bob", "support/triage", "two\n")
    try world.publish("alice", "support/triage", "three\n")
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(wish("1.0.2"), in: staging, reason: "", pen)
    }
    let request = try world.act("bob") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.2"), in: production, reason: "go", pen)
    }
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.reviewing(request, .approve, reason: "", pen)
    }
    // Alice's voice counts for bob's version, bob's as the author's for alice's two.
    try world.act("bob") { state, pen throws(RegistryError) in
      try state.promoting(request: request.id, pen)
    }
    #expect(try world.state.pin(triage, in: production)?.live?.version.description == "1.0.2")
  }

  @Test("a version whose only voice is its publisher's stays out")
  func ownVoice() throws {
    var world = try World(
      ["alice", "bob", "carol"],
      environments: [two(EnvironmentRule(name: production, from: nil, approvals: 2))])
    try world.publish("bob", "support/triage", "one\n")
    let request = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.0"), in: production, reason: "go", pen)
    }
    for reviewer in ["bob", "carol"] {
      try world.act(reviewer) { state, pen throws(RegistryError) in
        try state.reviewing(request, .approve, reason: "", pen)
      }
    }
    // Both approve, and for bob's own text carol and alice speak.
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(request: request.id, pen)
    }
  }

  private func two(_ rule: EnvironmentRule) -> EnvironmentRule { rule }

  @Test("a rejection that stands blocks, whoever else approves")
  func rejection() throws {
    var world = try staged()
    let request = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.0"), in: production, reason: "go", pen)
    }
    for (name, decision) in [("bob", ReviewRecord.Decision.approve), ("carol", .reject)] {
      try world.act(name) { state, pen throws(RegistryError) in
        try state.reviewing(request, decision, reason: "because", pen)
      }
    }
    let carol = try MemberName("carol")
    let blocked = missing {
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.promoting(request: request.id, pen)
      }
    }
    #expect(blocked == [.rejected(by: carol)])
  }

  @Test("an approval dies when the environment moves, also when it moves back")
  func abaProblem() throws {
    var world = try staged()
    let first = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.0"), in: production, reason: "go", pen)
    }
    let other = try world.act("carol") { state, pen throws(RegistryError) in
      try state.requesting(wish("1.0.0"), in: production, reason: "mine", pen)
    }
    for id in [first.id, other.id] {
      try world.act("bob") { state, pen throws(RegistryError) in
        try state.reviewing(state.openRequest(id), .approve, reason: "", pen)
      }
    }
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(request: first.id, pen)
    }
    let moved = missing {
      try world.act("carol") { state, pen throws(RegistryError) in
        try state.promoting(request: other.id, pen)
      }
    }
    #expect(moved.contains(.baseMoved(triage)))
  }

  @Test("a version must have been live in the environment before, for as long as the rule says")
  func soak() throws {
    var rule = EnvironmentRule(name: production, from: staging, approvals: 0)
    rule.soakSeconds = 3600
    var world = try World(
      ["alice"],
      environments: [EnvironmentRule(name: staging, from: nil, approvals: 0), rule])
    try world.publish("alice", "support/triage", "one\n")
    let promote: (inout World, EnvironmentName) throws -> Void = { world, environment in
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.promoting(wish("1.0.0"), in: environment, reason: "", pen)
      }
    }
    let version = SemanticVersion(1, 0, 0)
    #expect(missing { try promote(&world, production) } == [.notInFrom(triage, version, staging)])
    try promote(&world, staging)
    let until = Timestamp(seconds: world.time.seconds + 3600)
    world.wait(3599)
    #expect(
      missing { try promote(&world, production) } == [.soak(triage, version, staging, until: until)]
    )
    world.wait(1)
    try promote(&world, production)
  }

  @Test("a revert goes back to what was live, and never forward again")
  func revert() throws {
    var world = try staged()
    try world.publish("alice", "support/triage", "two\n")
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(wish("1.0.1"), in: staging, reason: "", pen)
    }
    try world.act("bob") { state, pen throws(RegistryError) in
      try state.reverting(wish(nil), in: staging, why: "worse", pen)
    }
    let pin = try world.state.pin(triage, in: staging)
    #expect(pin?.live?.version == SemanticVersion(1, 0, 0))
    #expect(pin?.before.isEmpty == true)
    #expect(throws: RegistryError.self) {
      try world.act("bob") { state, pen throws(RegistryError) in
        try state.reverting(wish("1.0.1"), in: staging, why: "forward", pen)
      }
    }
  }

  @Test("a locked environment refuses promotions and allows reverts")
  func locked() throws {
    var world = try staged()
    try world.publish("alice", "support/triage", "two\n")
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(wish("1.0.1"), in: staging, reason: "", pen)
    }
    try world.act("bob") { state, pen throws(RegistryError) in
      try state.locking(staging, why: "incident", pen)
    }
    let no = missing {
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.promoting(wish(nil), in: staging, reason: "", pen)
      }
    }
    #expect(no == [.locked(staging, why: "incident")])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.reverting(wish(nil), in: staging, why: "worse", pen)
    }
    try world.act("bob") { state, pen throws(RegistryError) in
      try state.unlocking(staging, why: "over", pen)
    }
  }

  @Test("a live version is neither yanked nor is its prompt retired")
  func yankLive() throws {
    var world = try staged()
    #expect(throws: RegistryError.self) {
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.yanking(triage, SemanticVersion(1, 0, 0), why: "bad", pen)
      }
    }
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(wish(nil), in: staging, reason: "withdraw", pen)
    }
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.yanking(triage, SemanticVersion(1, 0, 0), why: "bad", pen)
    }
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.retiring(triage, why: "unused", pen)
    }
    #expect(try !world.state.isOffered(triage))
  }
}

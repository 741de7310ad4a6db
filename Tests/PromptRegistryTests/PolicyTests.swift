import Notation
import Testing

@testable import PromptRegistry

struct PolicyTests {
  let alice: MemberName
  let bob: MemberName
  let production: EnvironmentName

  init() throws {
    alice = try MemberName("alice")
    bob = try MemberName("bob")
    production = try EnvironmentName("production")
  }

  private func member(_ name: MemberName, _ seed: UInt8, _ roles: Set<Role>) throws -> Member {
    Member(name: name, keys: [try World.key(seed)], revoked: [], roles: roles)
  }

  private func policy(_ members: [Member], approvals: Int = 0) -> Policy {
    Policy(
      version: 1, members: members, owners: [], environments: PolicyPreset.team.environments,
      changeApprovals: approvals)
  }

  private func faults(
    from old: Policy, _ change: (inout Policy) -> Void
  ) -> [PolicyFault] {
    var next = old
    next.version += 1
    change(&next)
    return next.faults(
      after: old, PolicyChange(author: alice, liveEnvironments: [production], at: nil))
  }

  @Test("one key belongs to one member for ever")
  func keys() throws {
    let twice = policy([try member(alice, 1, [.admin]), try member(bob, 1, [.author])])
    #expect(twice.faults == [.keyTwice(alice, bob)])
  }

  @Test("what is revoked was the member's own: nobody occupies the key of somebody else")
  func foreignKeyRevoked() throws {
    let old = policy([try member(alice, 1, [.admin]), try member(bob, 2, [.author])])
    let squat = RevokedKey(key: try World.key(3), at: Timestamp(seconds: 0))
    var next = old
    next.version += 1
    next.members[1].revoked.append(squat)
    #expect(next.revokedOnly(after: old) == nil)
    #expect(faults(from: old) { $0.members[1].revoked.append(squat) } == [.revokedChanged(bob)])
  }

  @Test("what is revoked stays revoked, since the moment of the entry that did it")
  func revokedForEver() throws {
    var old = policy([try member(alice, 1, [.admin]), try member(bob, 2, [.author])])
    old.members[1].revoked = [RevokedKey(key: try World.key(3), at: Timestamp(seconds: 5))]
    let faults = faults(from: old) {
      $0.members[1].keys += $0.members[1].revoked.map(\.key)
      $0.members[1].revoked = []
    }
    #expect(faults == [.revokedChanged(bob)])

    let now = Timestamp(seconds: 9)
    for time in [now, Timestamp(seconds: 8)] {
      var next = old
      next.version += 1
      next.members[1].keys = []
      next.members[1].revoked.append(RevokedKey(key: try World.key(2), at: time))
      let change = PolicyChange(author: alice, liveEnvironments: [], at: now)
      #expect(
        next.faults(after: old, change) == (time == now ? [] : [.revokedAtWrongTime(bob)]))
    }
  }

  @Test("a policy holds so many members, environments and owners' rules and no more")
  func limits() throws {
    let founder = try member(alice, 1, [.admin])
    func names(_ count: Int) -> [String] { (0..<count).map { "x\($0)" } }
    func faults(_ change: (inout Policy) throws -> Void) rethrows -> [PolicyFault] {
      var policy = policy([founder])
      try change(&policy)
      return policy.faults
    }
    for extra in [0, 1] {
      let members = try faults { policy in
        policy.members += try names(Policy.memberLimit - 1 + extra).map {
          Member(name: try MemberName($0), keys: [], revoked: [], roles: [])
        }
      }
      let environments = try faults { policy in
        policy.environments = try names(Policy.environmentLimit + extra).map {
          EnvironmentRule(name: try EnvironmentName($0), from: nil, approvals: 0)
        }
      }
      let owners = try faults { policy in
        policy.owners = try names(Policy.ownersLimit + extra).map {
          OwnersRule(match: try #require(NamePattern("\($0)/**")), members: [alice])
        }
      }
      let none = extra == 0
      #expect(members == (none ? [] : [.tooMany("members", limit: Policy.memberLimit)]))
      #expect(
        environments == (none ? [] : [.tooMany("environments", limit: Policy.environmentLimit)]))
      #expect(owners == (none ? [] : [.tooMany("owners' rules", limit: Policy.ownersLimit)]))
    }
  }

  @Test("a policy replaces the one that it was edited from, and no newer one")
  func replacing() throws {
    var now = policy([try member(alice, 1, [.admin])])
    now.version = 7
    var edited = now
    #expect(try edited.replacing(now) == edited)
    edited.version = 8
    #expect(try edited.replacing(now) == edited)
    edited.version = 6
    let refusal = #expect(throws: RegistryError.self) { try edited.replacing(now) }
    guard case .conflict(.policyOutdated(began: 6, now: 7))? = refusal else {
      Issue.record("another error: \(String(describing: refusal))")
      return
    }
  }

  @Test("a further key and role take nothing away")
  func enrolling() throws {
    let old = policy([try member(alice, 1, [.admin, .author])])
    let next = try old.enrolling(alice, World.key(2), [.reviewer])
    #expect(next.members[0].roles == [.admin, .author, .reviewer])
    #expect(next.members[0].keys.count == 2)
  }

  @Test("nobody is locked out: one admin more than a change needs holds a live key")
  func lockOut() throws {
    let one = policy([try member(alice, 1, [.admin])], approvals: 1)
    #expect(one.faults == [.tooFewAdmins(have: 1, need: 2)])
  }

  @Test("no member and no key leaves, and what is live stays in the policy")
  func leaving() throws {
    let old = policy([
      try member(alice, 1, [.admin]), try member(bob, 2, [.author]),
    ])
    #expect(faults(from: old) { $0.members.removeAll { $0.name == bob } } == [.memberLeft(bob)])
    #expect(faults(from: old) { $0.members[1].keys = [] } == [.keyLeft(bob)])
    #expect(
      faults(from: old) { $0.environments.removeLast() } == [.liveEnvironmentLeft(production)])
    #expect(faults(from: old) { $0.version = 7 } == [.wrongVersion(expected: 2)])
  }

  @Test("the policy cannot be weaker than its environments once there are admins enough")
  func quorum() throws {
    let admins = policy([try member(alice, 1, [.admin]), try member(bob, 2, [.admin])])
    #expect(faults(from: admins) { _ in } == [.changeApprovalsTooLow(have: 0, need: 1)])
    #expect(faults(from: admins) { $0.changeApprovals = 1 } == [])
  }

  @Test("YAML with the usual left out and the record say the same")
  func yaml() throws {
    let key = try World.key(1).line
    let text = """
      version: 1
      members:
        alice: {keys: ["\(key)"], roles: [admin, author]}
      owners: []
      environments:
        - {name: staging, approvals: 0}
        - {name: production, from: staging, approvals: 1, soak: 1h}
      change: {approvals: 1}

      """
    let policy = try PolicyText.parse(Array(text.utf8), file: "policy.yaml")
    #expect(policy.environments[1].soakSeconds == 3600)
    let again = try PolicyText.parse(Array(PolicyText.text(policy).utf8), file: "again")
    #expect(again == policy)
  }

  @Test("what guards a policy has no usual value", arguments: ["owners", "approvals", "change"])
  func guardsAreSpelledOut(_ field: String) throws {
    let key = try World.key(1).line
    let lines = [
      "version: 1", "members: {alice: {keys: [\"\(key)\"], roles: [admin]}}", "owners: []",
      "environments:", "  - name: staging", "    approvals: 0", "change: {approvals: 0}",
    ]
    _ = try PolicyText.parse(Array(lines.joined(separator: "\n").utf8), file: "policy.yaml")
    let text = lines.filter { !$0.drop { $0 == " " }.hasPrefix("\(field):") }
      .joined(separator: "\n")
    let error = #expect(throws: RegistryError.self) {
      try PolicyText.parse(Array(text.utf8), file: "policy.yaml")
    }
    guard case .badInput(let complaint)? = error else {
      Issue.record("another error")
      return
    }
    #expect(complaint.message.hasSuffix("\(field)' is missing"))
  }

  @Test("what is misspelt is named, and not what is missing because of it")
  func misspelt() throws {
    let key = try World.key(1).line
    let text = """
      version: 1
      members:
        alice: {keys: ["\(key)"], revoked: [{kee: "\(key)", at: "2026-11-21T09:00:00Z"}], roles: []}
      owners: []
      environments: []
      change: {approvals: 0}

      """
    let error = #expect(throws: RegistryError.self) {
      try PolicyText.parse(Array(text.utf8), file: "policy.yaml")
    }
    guard case .badInput(let complaint)? = error else {
      Issue.record("another error")
      return
    }
    #expect(complaint.message == "'members.alice.revoked[0].kee' is unknown")
  }

  @Test("an error in YAML names its line and column")
  func yamlErrors() throws {
    let text = "version: 1\nmembers: {}\nenvironments:\n  - name: staging\n    soak: soon\n"
    let error = #expect(throws: RegistryError.self) {
      try PolicyText.parse(Array(text.utf8), file: "policy.yaml")
    }
    guard case .badInput(let complaint)? = error else {
      Issue.record("another error")
      return
    }
    #expect(complaint.position?.line == 5)
    #expect(complaint.message.contains("environments[0].soak"))
  }

  @Test(
    "a time is a number and a unit",
    arguments: [("0s", 0), ("90s", 90), ("30m", 1800), ("1h", 3600), ("7d", 604_800)])
  func soak(_ text: String, _ seconds: Int) {
    #expect(Soak.seconds(text) == seconds)
    #expect(Soak.seconds(Soak.text(seconds)) == seconds)
  }

  @Test(
    "anything else is no time", arguments: ["", "1", "h", "-1h", "+1h", "1w", "999999d", "1.5h"])
  func noSoak(_ text: String) {
    #expect(Soak.seconds(text) == nil)
  }
}

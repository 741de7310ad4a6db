import Contracts
import Foundation
import Keys
import Ledger
import Notation
import Testing

@testable import Keys
@testable import PromptRegistry

/// Attacks on who may sign and on the policy: I13 to I16, I26 and I28. Each is mounted on a real
/// repository.
struct AuthorityAttackTests {
  private func publication(_ siege: Siege, by who: String = "alice") throws -> Plan<[Published]> {
    try siege.plan(who) { state, pen throws(RegistryError) in
      try Siege.publishing("support/triage", "one\n", state, pen)
    }
  }

  @Test("I14: a key that nobody enrolled")
  func stranger() throws {
    let siege = try Siege()
    try siege.forge(try publication(siege), as: "alice", with: "mallory")
      .isRefused(by: .enrolled)
  }

  @Test("I15: an author line of somebody else")
  func impostor() throws {
    let siege = try Siege()
    try siege.forge(try publication(siege), as: "alice", with: "bob").isRefused(by: .author)
  }

  @Test("I16: a revoked key, also with a date before it was revoked")
  func revoked() throws {
    for isBackdated in [false, true] {
      let siege = try Siege()
      let alice = try World.member("alice")
      let before = siege.now
      try siege.act("alice2") { state, pen throws(RegistryError) in
        try state.changingPolicy(
          to: state.policy.revoking(state.policy.member(alice)?.keys.first, of: alice, at: pen.at),
          reason: "lost", pen)
      }
      let finding = try siege.forge(try publication(siege), as: "alice") { entry in
        if isBackdated { entry.stamp.time = before }
      }
      #expect(finding.invariants.contains(.notRevoked), "\(finding.messages)")
      #expect(finding.invariants.contains(.time) == isBackdated)
      #expect(finding.blamesTheForgeryOnly)
    }
  }

  @Test("I13: a signature of something else, and one of a security key that nobody touched")
  func signatures() throws {
    let siege = try Siege()
    let entry = try siege.entry(try publication(siege), as: "alice")
    let other = try siege.sign(Array("something else".utf8), with: "alice")
    try siege.verdict(on: entry.commit(signature: other)).isRefused(by: .signature)

    let seed = Digest(of: "hardware").bytes
    let token = try SoftToken(seed: seed)
    let hardware = try Siege { policy in policy.members[0].keys.append(token.publicKey) }
    let wanted = try hardware.entry(try publication(hardware), as: "alice")
    let untouched = try token.sign(wanted.payload, flags: 0)
    let good = try hardware.tip().entry
    try hardware.verdict(on: wanted.commit(signature: untouched)).isRefused(by: .signature)
    try hardware.git(["update-ref", "refs/heads/main", good.id.hex])
    let touched = try token.sign(wanted.payload, flags: 1)
    let finding = try hardware.verdict(on: wanted.commit(signature: touched))
    #expect(finding.invariants.isEmpty, "\(finding.messages)")
  }

  @Test("I26: the quorum switched off by one admin")
  func quorum() throws {
    let siege = try Siege()
    let plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      var policy = state.policy
      policy.version += 1
      policy.environments[1].approvals = 0
      return Forged.policy(policy, state, pen)
    }
    try siege.forge(plan, as: "alice").isRefused(by: .policy)
  }

  @Test("I26: a change carried out that others approved, but not this one")
  func otherPolicy() throws {
    let siege = try Siege()
    let request = try siege.act("alice") { state, pen throws(RegistryError) in
      var policy = state.policy
      policy.version += 1
      policy.environments[1].soakSeconds = 60
      return try state.requesting(policy, reason: "slower", pen)
    }
    try siege.approve("bob", request)
    var plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(request: request.id, pen)
    }
    var policy = try siege.tip().state.policy
    policy.version += 1
    policy.environments[1].approvals = 0
    plan.edits[.policy] = policy.bytes
    try siege.forge(plan, as: "alice").isRefused(by: .policy)
  }

  @Test("I26: a request for a change that nobody approved, or that somebody rejected")
  func unapproved() throws {
    for decision in [nil, ReviewRecord.Decision.reject] {
      let siege = try Siege()
      let request = try siege.act("alice") { state, pen throws(RegistryError) in
        var policy = state.policy
        policy.version += 1
        policy.environments[1].approvals = 0
        return try state.requesting(policy, reason: "faster", pen)
      }
      if let decision {
        try siege.approve("bob", request)
        try siege.act("carol") { state, pen throws(RegistryError) in
          try state.reviewing(request, decision, reason: "no", pen)
        }
      }
      let plan = try siege.plan("alice") { state, pen throws(RegistryError) in
        guard let next = try state.proposedPolicy(request.id) else {
          throw .unknownRequest(request.id, open: [])
        }
        var plan = Forged.policy(next, state, pen)
        plan.request = request.id
        for slot in try state.slots(ofRequest: request.id) { plan.edits[slot] = .some(nil) }
        return plan
      }
      try siege.forge(plan, as: "alice").isRefused(by: .policy)
    }
  }

  /// Policies that no change may lead to, where one admin may change it alone.
  private static let impossible: [String: @Sendable (inout Policy) throws -> Void] = [
    "everybody locked out": { policy in
      for place in policy.members.indices { policy.members[place].roles.remove(.admin) }
    },
    "the same version again": { policy in
      policy.version -= 1
      policy.environments[1].soakSeconds = 60
    },
    "a number left out": { $0.version += 1 },
    "a member taken out": { $0.members.removeLast() },
    "a key taken out": { $0.members[2].keys.removeLast() },
    "one key of two members": { $0.members[2].keys.append($0.members[1].keys[0]) },
    "an owner who is no member": {
      $0.owners.append(
        OwnersRule(
          match: try #require(NamePattern("x/**")), members: [try World.member("mallory")]))
    },
    "owned by nobody": {
      $0.owners.append(OwnersRule(match: try #require(NamePattern("x/**")), members: []))
    },
    "from a later environment": { policy in
      policy.environments[0].from = policy.environments[1].name
    },
    "an environment twice": { $0.environments.append($0.environments[1]) },
    "more owners than approvals": { $0.environments[1].ownerApprovals = 3 },
    "fewer approvals for itself than for an environment": { $0.environments[1].approvals = 2 },
  ]

  @Test("I26: a policy that must not be", arguments: Array(impossible.keys.sorted()))
  func impossiblePolicy(name: String) throws {
    let siege = try Siege(approvals: 0)
    let spoil = try #require(Self.impossible[name])
    var policy = try siege.tip().state.policy
    policy.version += 1
    try spoil(&policy)
    let plan = Forged.policy(policy, try siege.tip().state, try siege.pen("alice"))
    let finding = try siege.forge(plan, as: "alice")
    #expect(finding.invariants == [.policy], "\(finding.messages)")
    #expect(finding.blamesTheForgeryOnly)
  }

  @Test("I26: an old policy replayed")
  func oldPolicy() throws {
    let siege = try Siege(approvals: 0)
    let old = try siege.tip().state.policy
    try siege.act("alice") { state, pen throws(RegistryError) in
      var policy = state.policy
      policy.environments[1].approvals = 1
      policy.changeApprovals = 1
      return try state.changingPolicy(to: policy, reason: "stricter", pen)
    }
    let plan = Forged.policy(old, try siege.tip().state, try siege.pen("alice"))
    try siege.forge(plan, as: "alice").isRefused(by: .policy)
  }

  @Test("I26: signers that do not follow from the policy, and an environment left with a live pin")
  func signersAndPins() throws {
    let siege = try Siege(approvals: 0)
    var plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      var policy = state.policy
      policy.version += 1
      policy.environments[1].soakSeconds = 60
      return Forged.policy(policy, state, pen)
    }
    plan.edits[.allowedSigners] = Array("mallory@stet namespaces=\"git\" ssh-ed25519 AAAA\n".utf8)
    try siege.forge(plan, as: "alice").isRefused(by: .policy, .action)

    let live = try Siege(approvals: 0)
    try live.publish("alice", "support/triage", "one\n")
    let triage = try PromptName("support/triage")
    try live.promote("alice", Wish(name: triage, version: SemanticVersion(1, 0, 0)), to: "staging")
    let left = try live.plan("alice") { state, pen throws(RegistryError) in
      var policy = state.policy
      policy.version += 1
      policy.environments.removeFirst()
      policy.environments[0].from = nil
      return Forged.policy(policy, state, pen)
    }
    try live.forge(left, as: "alice").isRefused(by: .policy)
  }

  @Test("I28: an older tip forced, and the whole ledger swapped, on a machine that knows better")
  func descent() throws {
    let siege = try Siege()
    try siege.publish("alice", "support/triage", "one\n")
    let memory = Memory(folder: siege.folder.path + "/state", place: siege.path)
    let here = try Registry.open(siege.path, memory: memory)
    let old = try #require(try here.parent(of: try here.tip().entry))
    try siege.git(["update-ref", "refs/heads/main", old.id.hex])
    try assertStrayed(siege, memory)

    let other = try Siege()
    try FileManager.default.removeItem(atPath: siege.path)
    try FileManager.default.copyItem(atPath: other.path, toPath: siege.path)
    try assertStrayed(siege, memory)
  }

  private func assertStrayed(_ siege: Siege, _ memory: Memory) throws {
    let error = #expect(throws: RegistryError.self) {
      try Registry.open(siege.path, memory: memory).tip()
    }
    guard case .ledger(.broken(let broken)) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(broken.violations.map(\.invariant) == [.descent])
    guard case .broken(let audit) = try Registry.open(siege.path, memory: memory).verify() else {
      Issue.record("verify believes it")
      return
    }
    #expect(audit.violations.map(\.invariant) == [.descent])
  }
}

/// A security key in software, whose owner may forget to touch it.
private struct SoftToken {
  let publicKey: PublicKey
  private let seed: [UInt8]
  private let blob: [UInt8]
  private static let application = "ssh:"

  init(seed: [UInt8]) throws {
    self.seed = seed
    var writer = WireWriter()
    writer.string(PublicKey.Kind.securityKeyEd25519.rawValue)
    writer.string(try PrivateKey.generate(random: seed).publicKey.point)
    writer.string(Self.application)
    blob = writer.data
    let text = Data(blob).base64EncodedString()
    publicKey = try PublicKey(line: "\(PublicKey.Kind.securityKeyEd25519.rawValue) \(text)")
  }

  func sign(_ payload: [UInt8], flags: UInt8) throws -> [UInt8] {
    let presence: [UInt8] = [flags, 0, 0, 0, 9]
    var signed = WireWriter()
    signed.bytes(Digest(of: Self.application).bytes)
    signed.bytes(presence)
    signed.bytes(
      Digest(of: SSHSignature.payload(payload, namespace: "git", hash: .sha512)).bytes)
    var inner = WireWriter()
    inner.string(PublicKey.Kind.securityKeyEd25519.rawValue)
    inner.string(try Ed25519.sign(signed.data, seed: seed))
    inner.bytes(presence)
    var writer = WireWriter()
    writer.bytes("SSHSIG".utf8)
    writer.number(UInt32(1))
    for part in [blob, Array("git".utf8), [], Array("sha512".utf8), inner.data] {
      writer.string(part)
    }
    return SSHArmour.signature.close(writer.data)
  }
}

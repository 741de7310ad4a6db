import Keys
import Notation

extension State {
  /// Replaces the policy at once: where no approval is asked for, or where keys are only revoked.
  package func changingPolicy(
    to policy: Policy, reason: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    let next = try following(policy).dated(pen.at, after: self.policy)
    let need = approvalsNeeded(for: next, by: pen.member)
    guard need == 0 else {
      let helpers = self.policy.admins.map(\.name).filter { $0 != pen.member }
      throw .ruleNotMet([Missing(.approvals(have: 0, need: need), members: helpers)])
    }
    if next.revokedOnly(after: self.policy) != [pen.member] { try require(pen, .policy) }
    try requireSound(next, author: pen.member, at: pen.at)
    return plan(next, reason: reason, request: nil, edits: [:], pen)
  }

  /// A policy with the number that comes next; refused where nothing else is new in it.
  func following(_ policy: Policy) throws(RegistryError) -> Policy {
    var next = policy
    next.version = self.policy.version
    guard next.value != self.policy.value else { throw .nothingChanged(.policy) }
    next.version += 1
    return next
  }

  /// Carries out a request for a change of the policy.
  package func changingPolicy(
    request id: Int, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    let request = try requireRequest(id)
    guard let proposed = try proposedPolicy(id) else {
      throw .unknownRequest(id, open: try requests())
    }
    try require(pen, .policy)
    let missing = try missing(forPolicyRequest: request)
    guard missing.isEmpty else { throw .ruleNotMet(missing) }
    let next = proposed.dated(pen.at, after: policy)
    try requireSound(next, author: request.record.author, at: pen.at)
    return plan(
      next, reason: request.record.reason, request: id, edits: try deletions(of: id), pen)
  }

  /// How many admins beside the author must approve this change; none for taking keys away.
  package func approvalsNeeded(for next: Policy, by author: MemberName) -> Int {
    if let holders = next.revokedOnly(after: policy),
      holders == [author] || policy.has(author, .admin)
    {
      return 0
    }
    return policy.changeApprovals
  }

  /// What stands between a request for a change of the policy and its being carried out.
  package func missing(
    forPolicyRequest request: NumberedRequest
  ) throws(RegistryError) -> [Missing] {
    var missing: [Missing] = []
    if try isStale(request) { missing.append(Missing(.policyMoved)) }
    let voices = try voices(on: request)
    missing += voices.rejections.sorted().map { Missing(.rejected(by: $0), members: [$0]) }
    let admins = policy.admins.map(\.name).filter { $0 != request.record.author }
    let have = voices.approvals.filter(admins.contains).count
    if have < policy.changeApprovals {
      missing.append(
        Missing(
          .approvals(have: have, need: policy.changeApprovals),
          members: admins.filter { !voices.approvals.contains($0) }))
    }
    return missing
  }

  /// Refuses a policy that breaks a rule by itself or by what it takes away.
  func requireSound(
    _ next: Policy, author: MemberName, at time: Timestamp?
  ) throws(RegistryError) {
    let change = PolicyChange(
      author: author, liveEnvironments: try liveEnvironments(), at: time)
    let faults = next.faults(after: policy, change)
    guard faults.isEmpty else {
      throw .ruleNotMet(faults.map { Missing(.policyRule($0)) })
    }
  }

  private func plan(
    _ next: Policy, reason: String, request: Int?, edits: [Slot: [UInt8]?], _ pen: Pen
  ) -> Plan<Int> {
    var edits = edits
    edits[.policy] = next.bytes
    if next.allowedSigners != policy.allowedSigners { edits[.allowedSigners] = next.allowedSigners }
    var plan = Plan(
      .policy(version: next.version), text: reason, edits: edits, answer: pen.entry)
    plan.request = request
    return plan
  }
}

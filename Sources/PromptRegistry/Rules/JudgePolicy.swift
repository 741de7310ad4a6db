import Keys
import Ledger

extension Judge {
  mutating func judgeInit() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    let expected: [Slot] = [.ledger, .policy, .services, .allowedSigners]
    checkDiff(isExactly: Set(expected.map { SlotChange(slot: $0, kind: .added) }))
    checkHeadline(.`init`)
    check(policy.version == 1, .policy, "the first policy has version 1")
    checkSound(policy.faults)
    if let author {
      check(policy.has(author, .admin), .rights, "the founder is no admin")
    }
    let ledger = try after.ledger()
    check(
      ledger?.format == LedgerRecord.newestFormat && ledger?.created == heading.at, .records,
      "'\(Slot.ledger.path)' does not name this entry's time and format")
    check(try after.services().services.isEmpty, .records, "services are enrolled by nobody")
    try checkSigners()
  }

  mutating func judgePolicy() throws(RegistryError) {
    checkTrailers(request: heading.request != nil, review: false)
    guard let author else { return }
    var expected: Set<SlotChange> = [SlotChange(slot: .policy, kind: .changed)]
    if after.policy.allowedSigners != policy.allowedSigners {
      expected.insert(SlotChange(slot: .allowedSigners, kind: .changed))
    }
    var asker = author
    if let id = heading.request {
      if let request = try parent.request(id) {
        asker = request.author
        expected.formUnion(try removal(of: id))
        try judgePolicyRequest(NumberedRequest(id: id, record: request))
      } else {
        report(.policy, "there is no open request \(id)")
      }
    } else {
      let need = parent.approvalsNeeded(for: after.policy, by: author)
      check(need == 0, .policy, "this change needs \(need) approvals")
    }
    checkDiff(isExactly: expected)
    checkHeadline(.policy(version: after.policy.version))
    if after.policy.revokedOnly(after: policy) != [author] { checkRight(.policy) }
    let change = PolicyChange(
      author: asker, liveEnvironments: try parent.liveEnvironments(), at: heading.at)
    checkSound(after.policy.faults(after: policy, change))
    try checkSigners()
  }

  private mutating func judgePolicyRequest(
    _ request: NumberedRequest
  ) throws(RegistryError) {
    guard case .policy = request.record.subject,
      let proposed = try parent.proposedPolicy(request.id)
    else {
      report(.policy, "request \(request.id) is not for a change of the policy")
      return
    }
    check(
      after.policy == proposed.dated(heading.at, after: policy), .policy,
      "the policy is not the one that was approved")
    for missing in try parent.missing(forPolicyRequest: request) {
      report(.policy, ErrorText.message(missing.rule))
    }
  }

  mutating func judgeService() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    checkDiff(isExactly: [SlotChange(slot: .services, kind: .changed)])
    checkHeadline(.service)
    checkRight(.service)
    let old = try parent.services().services
    let new = try after.services().services.flatMap(\.tokens)
    for service in try after.services().services {
      let known = old.first { $0.name == service.name }?.tokens ?? []
      for token in service.tokens where !known.contains(token) {
        check(token.entry == heading.entry, .records, "a token does not name this entry")
        check(
          token.environments.allSatisfy { policy.environment($0) != nil }, .records,
          "a token opens an environment that is not there")
      }
    }
    check(Set(new.map(\.hash)).count == new.count, .records, "a token is enrolled twice")
    check(
      new.count <= ServicesRecord.tokenLimit, .records,
      "more than \(ServicesRecord.tokenLimit) tokens are enrolled")
  }

  private mutating func checkSound(_ faults: [PolicyFault]) {
    for fault in faults { report(.policy, ErrorText.message(fault)) }
  }

  private mutating func checkSigners() throws(RegistryError) {
    check(
      try after.file(.allowedSigners) == after.policy.allowedSigners, .policy,
      "'\(Slot.allowedSigners.path)' does not follow from the policy")
  }
}

/// Who may do what: the last column of the table of actions.
extension Policy {
  /// Whether a member may do this.
  package func allows(_ member: MemberName, _ right: Right) -> Bool {
    switch right {
    case .publish(let name):
      has(member, .author) && (ownersRule(for: name)?.members.contains(member) ?? true)
    case .yank(let name), .retire(let name):
      owns(member, name) || has(member, .admin)
    case .request(.policy), .review(.policy):
      has(member, .admin)
    case .request(.promotion(_, let changes)):
      has(member, .author) || has(member, .operator) || ownsEach(member, changes.map(\.name))
    case .review(.promotion(_, let changes)):
      has(member, .reviewer) || changes.contains { owns(member, $0.name) }
    case .close(let request):
      member == request.author || has(member, .admin) || ownsAny(member, of: request)
    case .promote(let promotion):
      isAuthor(member, ofRequest: promotion) || has(member, .operator)
        || ownsEach(member, promotion.names)
        || (!needsApproval(promotion.environment) && has(member, .author))
    case .revert(let names):
      has(member, .operator) || ownsEach(member, names)
    case .lock:
      has(member, .operator) || has(member, .admin)
    case .policy, .service:
      has(member, .admin)
    }
  }

  /// Everybody with a live key who may do this.
  package func members(allowed right: Right) -> [MemberName] {
    members.filter { !$0.keys.isEmpty && allows($0.name, right) }.map(\.name)
  }

  /// Whether a member's word counts for all of these at once: an owner's does for his own alone.
  package func mayVouch(_ member: MemberName, for names: [PromptName]) -> Bool {
    has(member, .reviewer) || ownsEach(member, names)
  }

  /// Whether a promotion into this environment waits for anybody's word.
  package func needsApproval(_ name: EnvironmentName) -> Bool {
    (environment(name)?.approvals ?? 0) > 0
  }

  /// Whoever promotes without a request is its author too, and that alone gives no right.
  private func isAuthor(_ member: MemberName, ofRequest promotion: Promotion) -> Bool {
    promotion.request != nil && member == promotion.author
  }

  private func owns(_ member: MemberName, _ name: PromptName) -> Bool {
    owners(of: name).contains(member)
  }

  private func ownsEach(_ member: MemberName, _ names: [PromptName]) -> Bool {
    !names.isEmpty && names.allSatisfy { owns(member, $0) }
  }

  private func ownsAny(_ member: MemberName, of request: RequestRecord) -> Bool {
    switch request.subject {
    case .promotion(_, let changes): changes.contains { owns(member, $0.name) }
    case .policy: false
    }
  }
}

/// What a member wants to do.
package enum Right: Hashable, Sendable {
  case publish(PromptName)
  case yank(PromptName)
  case retire(PromptName)
  case request(RequestRecord.Subject)
  case review(RequestRecord.Subject)
  case close(RequestRecord)
  case promote(Promotion)
  case revert([PromptName])
  case lock(EnvironmentName)
  case policy
  case service
}

import Contracts
package import Notation

extension State {
  /// An open request, or an error that lists those there are.
  package func openRequest(_ id: Int) throws(RegistryError) -> NumberedRequest {
    try requireRequest(id)
  }

  /// An open request of a member that asks for exactly these changes; nil where there is none.
  package func openRequest(
    of member: MemberName, for changes: [RequestedChange], in environment: EnvironmentName
  ) throws(RegistryError) -> NumberedRequest? {
    for id in try requests().reversed() {
      let request = try requireRequest(id)
      if request.record.author == member,
        request.record.subject == .promotion(environment, changes)
      {
        return request
      }
    }
    return nil
  }

  /// What stands between a request of either kind and its being carried out.
  package func missing(
    for request: NumberedRequest, at time: Timestamp
  ) throws(RegistryError) -> [Missing] {
    guard let promotion = Promotion(request) else {
      return try missing(forPolicyRequest: request)
    }
    return try missing(for: promotion, at: time)
  }

  /// The wishes that would make an environment hold what the one before it holds.
  package func wishesToFollow(
    _ environment: EnvironmentName
  ) throws(RegistryError) -> [Wish] {
    let rule = try requireEnvironment(environment)
    let place = policy.environments.firstIndex { $0.name == environment } ?? 0
    let before = rule.from ?? (place > 0 ? policy.environments[place - 1].name : nil)
    guard let before else { throw .nothingChanged(.alreadyLive([], environment)) }
    var wishes: [Wish] = []
    for name in try pinnedNames(in: before) {
      guard let live = try pin(name, in: before)?.live,
        try pin(name, in: environment)?.live != live
      else { continue }
      wishes.append(Wish(name: name, version: live.version))
    }
    guard !wishes.isEmpty else { throw .nothingChanged(.alreadyLive([], environment)) }
    return wishes
  }
}

extension Missing {
  /// The rule, and who could help.
  package var line: String {
    let names = members.map(\.text).joined(separator: ", ")
    return ErrorText.message(rule) + (names.isEmpty ? "" : " (\(names) can help)")
  }

  /// The element of `missing` that machine output holds.
  package var value: Value {
    [
      "rule": .string(rule.id), "message": .string(ErrorText.message(rule)),
      "members": .list(members.map { .string($0.text) }),
    ]
  }
}

extension Missing.Rule {
  /// Whether time or somebody's word can still mend it, so that asking makes sense.
  package var isAwaited: Bool {
    switch self {
    case .approvals, .voices, .ownerApprovals, .rejected, .soak, .locked: true
    case .baseMoved, .targetYanked, .notInFrom, .policyMoved, .policyRule: false
    }
  }

  /// The word that programs branch on.
  package var id: String {
    switch self {
    case .approvals: "approvals"
    case .voices: "voices"
    case .ownerApprovals: "owner-approvals"
    case .rejected: "rejected"
    case .locked: "locked"
    case .baseMoved: "base-moved"
    case .targetYanked: "target-yanked"
    case .notInFrom: "not-in-from"
    case .soak: "soak"
    case .policyMoved: "policy-moved"
    case .policyRule: "policy-rule"
    }
  }
}

extension MovedPin {
  /// The element of `promoted` that machine output holds.
  package var value: Value {
    [
      "name": .string(name.text), "version": Field.text(to?.version),
      "environment": .string(environment.text), "previous": Field.text(from?.version),
    ]
  }

  /// The element of `reverted` that machine output holds.
  package var revertedValue: Value {
    [
      "name": .string(name.text), "environment": .string(environment.text),
      "from": Field.text(from?.version), "to": Field.text(to?.version),
    ]
  }
}

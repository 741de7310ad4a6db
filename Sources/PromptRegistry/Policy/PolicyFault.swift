import Keys

/// What makes a policy impossible, or a change of one not allowed.
package enum PolicyFault: Hashable, Sendable {
  case wrongVersion(expected: Int)
  case environmentTwice(EnvironmentName)
  case unknownFrom(EnvironmentName, from: EnvironmentName)
  case ownerApprovalsAboveApprovals(EnvironmentName)
  case unknownOwner(NamePattern, MemberName)
  case ownersWithoutMembers(NamePattern)
  case keyTwice(MemberName, MemberName)
  case tooFewAdmins(have: Int, need: Int)
  case changeApprovalsTooLow(have: Int, need: Int)
  case memberLeft(MemberName)
  case keyLeft(MemberName)
  case revokedChanged(MemberName)
  case revokedAtWrongTime(MemberName)
  case liveEnvironmentLeft(EnvironmentName)
  case tooMany(String, limit: Int)
}

extension Policy {
  /// How many members a policy may hold.
  package static let memberLimit = 500
  /// How many environments.
  package static let environmentLimit = 32
  /// How many rules about owners.
  package static let ownersLimit = 500

  /// What is wrong with this policy by itself, whatever came before.
  package var faults: [PolicyFault] {
    sizeFaults + environmentFaults + ownersFaults + keyFaults + adminFaults
  }

  private var sizeFaults: [PolicyFault] {
    var faults: [PolicyFault] = []
    if members.count > Self.memberLimit {
      faults.append(.tooMany("members", limit: Self.memberLimit))
    }
    if environments.count > Self.environmentLimit {
      faults.append(.tooMany("environments", limit: Self.environmentLimit))
    }
    if owners.count > Self.ownersLimit {
      faults.append(.tooMany("owners' rules", limit: Self.ownersLimit))
    }
    return faults
  }

  private var environmentFaults: [PolicyFault] {
    var seen: Set<EnvironmentName> = []
    var faults: [PolicyFault] = []
    for rule in environments {
      if let from = rule.from, !seen.contains(from) {
        faults.append(.unknownFrom(rule.name, from: from))
      }
      if rule.ownerApprovals > rule.approvals {
        faults.append(.ownerApprovalsAboveApprovals(rule.name))
      }
      if !seen.insert(rule.name).inserted { faults.append(.environmentTwice(rule.name)) }
    }
    return faults
  }

  private var ownersFaults: [PolicyFault] {
    let names = Set(members.map(\.name))
    return owners.flatMap { rule in
      rule.members.isEmpty
        ? [PolicyFault.ownersWithoutMembers(rule.match)]
        : rule.members.filter { !names.contains($0) }.map { .unknownOwner(rule.match, $0) }
    }
  }

  private var keyFaults: [PolicyFault] {
    var holders: [PublicKey: MemberName] = [:]
    var faults: [PolicyFault] = []
    for member in members {
      for key in member.keys + member.revoked.map(\.key) {
        if let other = holders.updateValue(member.name, forKey: key) {
          faults.append(.keyTwice(other, member.name))
        }
      }
    }
    return faults
  }

  /// Nobody may be able to lock everybody out: the quorum stays reachable when one admin asks.
  private var adminFaults: [PolicyFault] {
    let need = changeApprovals + 1
    return admins.count < need ? [.tooFewAdmins(have: admins.count, need: need)] : []
  }
}

// MARK: - From one policy to the next

extension Policy {
  /// What is wrong with moving from `old` to this policy, the rules on a single policy included.
  package func faults(after old: Policy, _ change: PolicyChange) -> [PolicyFault] {
    var faults = faults
    if version != old.version + 1 {
      faults.append(.wrongVersion(expected: old.version + 1))
    }
    for member in old.members { faults += self.faults(keeping: member, change) }
    let highest = environments.map(\.approvals).max() ?? 0
    let besideAuthor = old.admins.filter { $0.name != change.author }.count
    if besideAuthor >= highest && changeApprovals < highest {
      faults.append(.changeApprovalsTooLow(have: changeApprovals, need: highest))
    }
    for name in change.liveEnvironments where environment(name) == nil {
      faults.append(.liveEnvironmentLeft(name))
    }
    return faults
  }

  private func faults(keeping old: Member, _ change: PolicyChange) -> [PolicyFault] {
    guard let new = member(old.name) else { return [.memberLeft(old.name)] }
    var faults: [PolicyFault] = []
    if !Set(old.revoked).isSubset(of: new.revoked) { faults.append(.revokedChanged(old.name)) }
    let known = Set(new.keys + new.revoked.map(\.key))
    if !old.keys.allSatisfy(known.contains) { faults.append(.keyLeft(old.name)) }
    let fresh = Set(new.revoked).subtracting(old.revoked)
    // Nobody can occupy somebody else's key by revoking it.
    if !fresh.allSatisfy({ old.keys.contains($0.key) }) { faults.append(.revokedChanged(old.name)) }
    if !fresh.allSatisfy({ change.accepts(revokedAt: $0.at) }) {
      faults.append(.revokedAtWrongTime(old.name))
    }
    return faults
  }

  /// Whether this policy is the old one but for keys moved to `revoked`, and whose they are.
  package func revokedOnly(after old: Policy) -> [MemberName]? {
    var undone = self
    undone.version = old.version
    var touched: [MemberName] = []
    for (index, member) in undone.members.enumerated() {
      guard let before = old.member(member.name) else { return nil }
      guard member != before else { continue }
      let fresh = member.revoked.filter { !before.revoked.contains($0) }.map(\.key)
      guard member.revoked.count == before.revoked.count + fresh.count,
        fresh.allSatisfy(before.keys.contains),
        member.keys == before.keys.filter({ !fresh.contains($0) }),
        member.roles == before.roles
      else { return nil }
      touched.append(member.name)
      undone.members[index] = before
    }
    return undone == old && !touched.isEmpty ? touched : nil
  }
}

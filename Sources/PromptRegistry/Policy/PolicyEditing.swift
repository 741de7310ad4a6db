package import Keys
package import Notation

extension Policy {
  /// Lets nothing into the last environment without an approval by somebody else.
  package mutating func askSomebodyElse() {
    guard let last = environments.indices.last else { return }
    environments[last].approvals = max(1, environments[last].approvals)
    environments[last].selfApproval = false
  }

  /// This policy with a member enrolled, or with one more key and more roles for one who is.
  package func enrolling(
    _ name: MemberName, _ key: PublicKey, _ roles: Set<Role>
  ) throws(RegistryError) -> Policy {
    if let (holder, _) = holder(of: key), holder.name != name || !holder.keys.contains(key) {
      throw .conflict(.keyBelongs(to: holder.name))
    }
    var policy = self
    guard let place = members.firstIndex(where: { $0.name == name }) else {
      policy.members.append(Member(name: name, keys: [key], revoked: [], roles: roles))
      policy.members.sort { $0.name < $1.name }
      return policy
    }
    if !members[place].keys.contains(key) { policy.members[place].keys.append(key) }
    policy.members[place].roles.formUnion(roles)
    return policy
  }

  /// This policy in the place of the one that it was edited from, if that is still in force.
  package func replacing(_ old: Policy) throws(RegistryError) -> Policy {
    // People leave the number as it was, or count on.
    guard version == old.version || version == old.version + 1 else {
      throw .conflict(.policyOutdated(began: version, now: old.version))
    }
    return self
  }

  /// This policy without one key of a member, or without all of them where none is named.
  package func revoking(
    _ key: PublicKey?, of name: MemberName, at time: Timestamp
  ) throws(RegistryError) -> Policy {
    guard let place = members.firstIndex(where: { $0.name == name }) else {
      throw .unknownMember(name)
    }
    let gone = members[place].keys.filter { key == nil || $0 == key }
    guard !gone.isEmpty else { throw .nothingChanged(.policy) }
    var policy = self
    policy.members[place].keys.removeAll { gone.contains($0) }
    policy.members[place].revoked += gone.map { RevokedKey(key: $0, at: time) }
    return policy
  }
}

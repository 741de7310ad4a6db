package import Keys
package import Notation

extension Policy {
  /// This policy with a member enrolled, or with one more key and these roles for one who is.
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
    policy.members[place].roles = roles
    return policy
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

package import Notation

/// The circumstances in which a policy is to be replaced.
package struct PolicyChange: Hashable, Sendable {
  package let author: MemberName
  /// The environments in which something is live.
  package let liveEnvironments: [EnvironmentName]
  /// The time of the entry that revokes; nil while a request is only being made or approved.
  package let at: Timestamp?

  package init(author: MemberName, liveEnvironments: [EnvironmentName], at: Timestamp?) {
    self.author = author
    self.liveEnvironments = liveEnvironments
    self.at = at
  }

  /// A key is revoked with the time of the entry that does it.
  func accepts(revokedAt time: Timestamp) -> Bool {
    at.map { time == $0 } ?? true
  }
}

extension Policy {
  /// This policy with every revocation that the old one does not know dated to the entry that makes
  /// it, so that stock git goes on accepting what the key signed until then.
  package func dated(_ at: Timestamp, after old: Policy) -> Policy {
    var policy = self
    for (index, member) in members.enumerated() {
      let known = Set(old.member(member.name)?.revoked ?? [])
      policy.members[index].revoked = member.revoked.map {
        known.contains($0) ? $0 : RevokedKey(key: $0.key, at: at)
      }
    }
    return policy
  }
}

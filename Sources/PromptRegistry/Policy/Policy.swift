package import Keys
package import Notation

/// Who may do what: members and their keys, owners of names, environments and their rules.
package struct Policy: Record {
  package var changeApprovals: Int
  /// In the order in which prompts travel through them.
  package var environments: [EnvironmentRule]
  /// Sorted by name; each name once.
  package var members: [Member]
  /// The first that matches decides.
  package var owners: [OwnersRule]
  package var version: Int

  /// Puts the members into their one order.
  package init(
    version: Int, members: [Member], owners: [OwnersRule], environments: [EnvironmentRule],
    changeApprovals: Int
  ) {
    self.version = version
    self.members = members.sorted { $0.name < $1.name }
    self.owners = owners
    self.environments = environments
    self.changeApprovals = changeApprovals
  }
}

/// A person or a machine that holds keys.
package struct Member: Hashable, Sendable {
  package let name: MemberName
  package var keys: [PublicKey]
  package var revoked: [RevokedKey]
  package var roles: Set<Role>

  package init(name: MemberName, keys: [PublicKey], revoked: [RevokedKey], roles: Set<Role>) {
    self.name = name
    self.keys = keys
    self.revoked = revoked
    self.roles = roles
  }
}

/// A key that signs nothing any more.
package struct RevokedKey: Hashable, Sendable {
  package let key: PublicKey
  package let at: Timestamp

  package init(key: PublicKey, at: Timestamp) {
    self.key = key
    self.at = at
  }
}

/// What a member may do anywhere; owners are named by the owners' rules instead.
package enum Role: String, CaseIterable, Sendable, Comparable {
  case admin
  case author
  case `operator`
  case reviewer

  package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}

/// Who owns the names that match.
package struct OwnersRule: Hashable, Sendable {
  package let match: NamePattern
  package let members: [MemberName]

  package init(match: NamePattern, members: [MemberName]) {
    self.match = match
    self.members = members
  }
}

/// What a promotion into one environment needs.
package struct EnvironmentRule: Hashable, Sendable {
  package let name: EnvironmentName
  package var approvals: Int
  /// The earlier environment in which a version must have been live; nil for none.
  package var from: EnvironmentName?
  /// How many of the approvals must come from owners of each prompt.
  package var ownerApprovals: Int
  package var selfApproval: Bool
  /// How long the version must have been live in `from`.
  package var soakSeconds: Int

  /// An environment without owners' approvals, self-approval or soak.
  package init(name: EnvironmentName, from: EnvironmentName?, approvals: Int) {
    self.name = name
    self.from = from
    self.approvals = approvals
    ownerApprovals = 0
    selfApproval = false
    soakSeconds = 0
  }
}

extension EnvironmentRule {
  /// The rule in a few words: `1 approval, from staging, after 1h`.
  package var phrase: String {
    var words = [approvals == 0 ? "no approvals" : ErrorText.count(approvals, "approval")]
    if let from { words.append("from \(from)") }
    if ownerApprovals > 0 { words.append("\(ownerApprovals) of owners") }
    if selfApproval { words.append("one's own approval counts") }
    if soakSeconds > 0 { words.append("after \(Soak.text(soakSeconds))") }
    return words.joined(separator: ", ")
  }
}

// MARK: - What a policy answers

extension Policy {
  /// The member of that name.
  package func member(_ name: MemberName) -> Member? {
    members.first { $0.name == name }
  }

  /// Whose key this is, live or revoked.
  package func holder(of key: PublicKey) -> (member: Member, standing: KeyStanding)? {
    for member in members {
      if member.keys.contains(key) { return (member, .live) }
      if let revoked = member.revoked.first(where: { $0.key == key }) {
        return (member, .revoked(revoked.at))
      }
    }
    return nil
  }

  /// The rule of an environment.
  package func environment(_ name: EnvironmentName) -> EnvironmentRule? {
    environments.first { $0.name == name }
  }

  /// The members that own a name: those of the first rule that matches, else the admins.
  package func owners(of name: PromptName) -> [MemberName] {
    ownersRule(for: name)?.members ?? admins.map(\.name)
  }

  /// The first owners' rule that matches a name.
  package func ownersRule(for name: PromptName) -> OwnersRule? {
    owners.first { $0.match.matches(name) }
  }

  /// The members with the role of an admin and a key that still signs.
  package var admins: [Member] {
    members.filter { $0.roles.contains(.admin) && !$0.keys.isEmpty }
  }

  /// How many approvals the next change of the policy must ask for, whatever admin makes it.
  package var changeApprovalsDue: Int {
    let highest = environments.map(\.approvals).max() ?? 0
    return admins.count > highest ? max(highest, changeApprovals) : changeApprovals
  }

  /// Whether a member has a role.
  package func has(_ name: MemberName, _ role: Role) -> Bool {
    member(name)?.roles.contains(role) ?? false
  }
}

/// Whether a key still signs.
package enum KeyStanding: Hashable, Sendable {
  case live
  case revoked(Timestamp)
}

// MARK: - Presets

/// A policy to start from.
package enum PolicyPreset: String, CaseIterable, Sendable {
  /// One person with every role, nothing needs approval.
  case solo
  /// Production is reached from staging, with the approval of somebody else.
  case team

  /// The environments of the preset, in order.
  package var environments: [EnvironmentRule] {
    // Both are names, as the tests show, so there is nothing to report.
    guard let staging = try? EnvironmentName("staging"),
      let production = try? EnvironmentName("production")
    else { preconditionFailure("both words are names") }
    switch self {
    case .solo:
      return [
        EnvironmentRule(name: staging, from: nil, approvals: 0),
        EnvironmentRule(name: production, from: nil, approvals: 0),
      ]
    case .team:
      return [
        EnvironmentRule(name: staging, from: nil, approvals: 0),
        EnvironmentRule(name: production, from: staging, approvals: 1),
      ]
    }
  }

  /// The first policy of a ledger: the founder holds every role.
  package func policy(founder: MemberName, key: PublicKey) -> Policy {
    let member = Member(name: founder, keys: [key], revoked: [], roles: Set(Role.allCases))
    return Policy(
      version: 1, members: [member], owners: [], environments: environments, changeApprovals: 0)
  }
}

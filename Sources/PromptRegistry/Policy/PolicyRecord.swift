import Keys
package import Notation

extension Policy {
  private static let fields = ["change", "environments", "members", "owners", "version"]
  private static let changeFields = ["approvals"]

  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [], of: Self.fields)
    var change = try RecordFields(
      try fields.value("change"), at: [.key("change")], of: Self.changeFields)
    changeApprovals = try change.parsed("approvals", "a number", Field.count)
    try change.finish()
    environments = try fields.list("environments") { value, place throws(RecordError) in
      try EnvironmentRule(value, at: place)
    }
    members = try fields.map("members") { key, value, place throws(RecordError) in
      try Member(key, value, at: place)
    }
    owners = try fields.list("owners") { value, place throws(RecordError) in
      try OwnersRule(value, at: place)
    }
    version = try fields.parsed("version", "a number", Field.count)
    try fields.finish()
    members.sort { $0.name < $1.name }
  }

  package var value: Value {
    [
      "change": ["approvals": Field.number(changeApprovals)],
      "environments": .list(environments.map(\.value)),
      "members": .map(ValueMap(members.map { ($0.name.text, $0.value) })),
      "owners": .list(owners.map(\.value)), "version": Field.number(version),
    ]
  }
}

extension Member {
  private static let fields = ["keys", "revoked", "roles"]

  fileprivate init(_ key: String, _ value: Value, at place: [PathStep]) throws(RecordError) {
    do throws(InvalidName) {
      name = try MemberName(key)
    } catch {
      throw RecordError(place: place, problem: .wrongType(expected: "a member's name"))
    }
    var fields = try RecordFields(value, at: place, of: Self.fields)
    keys = try fields.list("keys") { value, place throws(RecordError) in
      guard let key = Field.key(value) else {
        throw RecordError(
          place: place, problem: .wrongType(expected: "a public key of a kind that can sign"))
      }
      return key
    }
    revoked = try fields.list("revoked") { value, place throws(RecordError) in
      try RevokedKey(value, at: place)
    }
    let roles = try fields.list("roles") { value, place throws(RecordError) in
      guard let role = value.string.flatMap(Role.init(rawValue:)) else {
        throw RecordError(place: place, problem: .wrongType(expected: Role.choices))
      }
      return role
    }
    self.roles = Set(roles)
    try fields.finish()
  }

  fileprivate var value: Value {
    [
      "keys": .list(keys.map { .string($0.line) }), "revoked": .list(revoked.map(\.value)),
      "roles": .list(roles.sorted().map { .string($0.rawValue) }),
    ]
  }
}

extension RevokedKey {
  private static let fields = ["at", "key"]

  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place, of: Self.fields)
    at = try fields.parsed("at", "a time", Field.time)
    key = try fields.parsed("key", "a public key", Field.key)
    try fields.finish()
  }

  fileprivate var value: Value { ["at": Field.text(at), "key": .string(key.line)] }
}

extension Role {
  /// The roles, as an error names them.
  package static var choices: String {
    "one of " + allCases.map(\.rawValue).joined(separator: ", ")
  }
}

extension OwnersRule {
  private static let fields = ["match", "members"]

  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place, of: Self.fields)
    match = try fields.parsed("match", "a pattern such as 'billing/**'") {
      $0.string.flatMap { NamePattern($0) }
    }
    members = try fields.list("members") { value, place throws(RecordError) in
      guard let name = Field.member(value) else {
        throw RecordError(place: place, problem: .wrongType(expected: "a member's name"))
      }
      return name
    }
    try fields.finish()
  }

  fileprivate var value: Value {
    ["match": Field.text(match), "members": .list(members.map { Field.text($0) })]
  }
}

extension EnvironmentRule {
  private static let fields = [
    "approvals", "from", "name", "owner-approvals", "self-approval", "soak",
  ]

  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place, of: Self.fields)
    approvals = try fields.parsed("approvals", "a number", Field.count)
    from = try fields.optional("from", "an environment", Field.environment)
    name = try fields.parsed("name", "an environment's name", Field.environment)
    ownerApprovals = try fields.parsed("owner-approvals", "a number", Field.count)
    selfApproval = try fields.parsed("self-approval", "true or false") { $0.bool }
    soakSeconds = try fields.parsed("soak", "a number of seconds", Field.count)
    try fields.finish()
  }

  fileprivate var value: Value {
    [
      "approvals": Field.number(approvals), "from": Field.text(from), "name": Field.text(name),
      "owner-approvals": Field.number(ownerApprovals), "self-approval": .bool(selfApproval),
      "soak": Field.number(soakSeconds),
    ]
  }
}

package import Keys
package import Notation

/// `policy/services.json`: the programs that may read, by the hashes of their tokens.
package struct ServicesRecord: Record {
  /// Sorted by name; each name once.
  package var services: [EnrolledService]

  /// How many tokens may be enrolled in all.
  package static let tokenLimit = 500

  package init() { services = [] }

  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    services = try fields.map("services") { key, value, place throws(RecordError) in
      try EnrolledService(key, value, at: place)
    }
    try fields.finish()
  }

  package var value: Value {
    ["services": .map(ValueMap(services.map { ($0.name.text, $0.value) }))]
  }
}

/// One program with its live tokens.
package struct EnrolledService: Hashable, Sendable {
  package let name: ServiceName
  /// Several at a time, so that rotating is add, deploy, revoke.
  package var tokens: [EnrolledToken]

  package init(name: ServiceName, tokens: [EnrolledToken]) {
    self.name = name
    self.tokens = tokens
  }
}

/// What one token opens.
package struct EnrolledToken: Hashable, Sendable {
  /// The entry that enrolled it; it names the token in `service revoke`.
  package let entry: Int
  package let environments: [EnvironmentName]
  package let expires: Timestamp?
  /// The digest of the token's bytes; the token itself is nowhere.
  package let hash: Digest
  /// Whether it also opens requests and metrics.
  package let isOperator: Bool
  package let read: [NamePattern]

  /// A token that was granted in this entry; only its hash is kept.
  package init(
    entry: Int, grant: Grant, hash: Digest
  ) {
    self.entry = entry
    self.hash = hash
    environments = grant.environments
    expires = grant.expires
    isOperator = grant.isOperator
    read = grant.read
  }
}

/// What a token shall open.
package struct Grant: Hashable, Sendable {
  package var read: [NamePattern]
  package var environments: [EnvironmentName]
  package var expires: Timestamp?
  package var isOperator: Bool

  package init(
    read: [NamePattern], environments: [EnvironmentName], expires: Timestamp?, isOperator: Bool
  ) {
    self.read = read
    self.environments = environments
    self.expires = expires
    self.isOperator = isOperator
  }
}

extension EnrolledService {
  fileprivate init(_ key: String, _ value: Value, at place: [PathStep]) throws(RecordError) {
    do throws(InvalidName) {
      name = try ServiceName(key)
    } catch {
      throw RecordError(place: place, problem: .wrongType(expected: "a service's name"))
    }
    var fields = try RecordFields(value, at: place)
    tokens = try fields.list("tokens") { value, place throws(RecordError) in
      try EnrolledToken(value, at: place)
    }
    try fields.finish()
  }

  fileprivate var value: Value { ["tokens": .list(tokens.map(\.value))] }
}

extension EnrolledToken {
  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place)
    entry = try fields.parsed("entry", "a number", Field.count)
    environments = try fields.parsed("environments", "a list of environments") {
      $0.list.flatMap { Field.all($0, Field.environment) }
    }
    expires = try fields.optional("expires", "a time", Field.time)
    hash = try fields.parsed("hash", "a digest", Field.digest)
    isOperator = try fields.parsed("operator", "true or false") { $0.bool }
    read = try fields.parsed("read", "a list of patterns") {
      $0.list.flatMap { Field.all($0) { $0.string.flatMap { NamePattern($0) } } }
    }
    try fields.finish()
  }

  fileprivate var value: Value {
    [
      "entry": Field.number(entry),
      "environments": .list(environments.map { Field.text($0) }),
      "expires": Field.text(expires), "hash": Field.text(hash), "operator": .bool(isOperator),
      "read": .list(read.map { Field.text($0) }),
    ]
  }
}

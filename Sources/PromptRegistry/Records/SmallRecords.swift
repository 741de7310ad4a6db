package import Keys
package import Notation

/// `ledger.json`: what the first entry fixes for ever.
package struct LedgerRecord: Record {
  package let created: Timestamp
  package let format: Int

  /// The only format there is.
  package static let newestFormat = 1

  /// A ledger of the newest format.
  package init(created: Timestamp) {
    self.created = created
    format = Self.newestFormat
  }

  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    created = try fields.parsed("created", "a time", Field.time)
    format = try fields.parsed("format", "a number", Field.count)
    try fields.finish()
  }

  package var value: Value { ["created": Field.text(created), "format": Field.number(format)] }
}

/// Stands beside a version that is no longer offered.
package struct YankRecord: Record {
  package let at: Timestamp
  package let by: MemberName
  package let entry: Int
  package let why: String

  package init(at: Timestamp, by: MemberName, entry: Int, why: String) {
    self.at = at
    self.by = by
    self.entry = entry
    self.why = why
  }

  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    at = try fields.parsed("at", "a time", Field.time)
    by = try fields.parsed("by", "a member", Field.member)
    entry = try fields.parsed("entry", "a number", Field.count)
    why = try fields.parsed("why", "a text") { $0.string }
    try fields.finish()
  }

  package var value: Value {
    [
      "at": Field.text(at), "by": Field.text(by), "entry": Field.number(entry),
      "why": .string(why),
    ]
  }
}

/// Stands while nothing may be promoted into an environment.
package struct LockRecord: Record {
  package let at: Timestamp
  package let by: MemberName
  package let why: String

  package init(at: Timestamp, by: MemberName, why: String) {
    self.at = at
    self.by = by
    self.why = why
  }

  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    at = try fields.parsed("at", "a time", Field.time)
    by = try fields.parsed("by", "a member", Field.member)
    why = try fields.parsed("why", "a text") { $0.string }
    try fields.finish()
  }

  package var value: Value {
    ["at": Field.text(at), "by": Field.text(by), "why": .string(why)]
  }
}

/// What one member decided about one request.
package struct ReviewRecord: Record {
  package let decision: Decision
  package let entry: Int
  /// The key that signed; the review counts while it is enrolled.
  package let key: PublicKey
  /// The digest of the request as it stood.
  package let subject: Digest

  /// The two decisions.
  package enum Decision: String, Sendable {
    case approve
    case reject
  }

  package init(decision: Decision, entry: Int, key: PublicKey, subject: Digest) {
    self.decision = decision
    self.entry = entry
    self.key = key
    self.subject = subject
  }

  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    decision = try fields.parsed("decision", "approve or reject") {
      $0.string.flatMap(Decision.init(rawValue:))
    }
    entry = try fields.parsed("entry", "a number", Field.count)
    key = try fields.parsed("key", "a public key", Field.key)
    subject = try fields.parsed("subject", "a digest", Field.digest)
    try fields.finish()
  }

  package var value: Value {
    [
      "decision": .string(decision.rawValue), "entry": Field.number(entry),
      "key": .string(key.line), "subject": Field.text(subject),
    ]
  }
}

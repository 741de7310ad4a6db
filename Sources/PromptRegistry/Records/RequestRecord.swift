import Contracts
package import Keys
package import Notation

/// What somebody asks to have approved; it never changes, and its number is its entry's.
package struct RequestRecord: Record {
  package let author: MemberName
  package let reason: String
  package let subject: Subject

  /// The two kinds of request.
  package enum Subject: Hashable, Sendable {
    case promotion(EnvironmentName, [RequestedChange])
    /// Digests of the policy it was made onto and of the one it proposes.
    case policy(base: Digest, target: Digest)
  }

  /// How many prompts one request may move.
  package static let targetLimit = 1000
  /// How many requests of one author may be open.
  package static let openPerAuthorLimit = 50
  /// How many requests may be open in all.
  package static let openLimit = 1000

  package init(author: MemberName, reason: String, subject: Subject) {
    self.author = author
    self.reason = reason
    self.subject = subject
  }
}

/// One pin that a request would move.
package struct RequestedChange: Hashable, Sendable {
  package let name: PromptName
  /// The live pin when the request was made, named by its entry; nil where there was none.
  package let base: PinMark?
  /// What shall be live; nil to withdraw.
  package let target: VersionMark?

  package init(name: PromptName, base: PinMark?, target: VersionMark?) {
    self.name = name
    self.base = base
    self.target = target
  }
}

/// A pin as it stood, so that moving there and back is noticed.
package struct PinMark: Hashable, Sendable {
  package let entry: Int
  package let live: VersionMark?

  /// What a request says of the pin as it stands.
  package init(_ pin: PinRecord) {
    entry = pin.entry
    live = pin.live
  }
}

extension RequestRecord {
  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    author = try fields.parsed("author", "a member", Field.member)
    reason = try fields.parsed("reason", "a text") { $0.string }
    switch try fields.parsed("kind", "promotion or policy", { $0.string }) {
    case "promotion":
      let environment = try fields.parsed("environment", "an environment", Field.environment)
      let changes = try fields.list("changes") { value, place throws(RecordError) in
        try RequestedChange(value, at: place)
      }
      subject = .promotion(environment, changes)
    case "policy":
      subject = .policy(
        base: try fields.parsed("base", "a digest", Field.digest),
        target: try fields.parsed("target", "a digest", Field.digest))
    case _:
      throw RecordError(place: [.key("kind")], problem: .wrongType(expected: "promotion or policy"))
    }
    try fields.finish()
  }

  package var value: Value {
    switch subject {
    case .promotion(let environment, let changes):
      [
        "author": Field.text(author), "changes": .list(changes.map(\.value)),
        "environment": Field.text(environment), "kind": "promotion", "reason": .string(reason),
      ]
    case .policy(let base, let target):
      [
        "author": Field.text(author), "base": Field.text(base), "kind": "policy",
        "reason": .string(reason), "target": Field.text(target),
      ]
    }
  }

  /// What an approval names: the digest of the file.
  package var digest: Digest { Digest(of: bytes) }
}

extension RequestedChange {
  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place)
    let base = try fields.value("base")
    self.base = base == .null ? nil : try PinMark(base, at: place + [.key("base")])
    name = try fields.parsed("name", "a name", Field.name)
    let target = try fields.value("target")
    self.target = target == .null ? nil : try VersionMark(target, at: place + [.key("target")])
    try fields.finish()
  }

  fileprivate var value: Value {
    [
      "base": base?.value ?? .null, "name": Field.text(name), "target": target?.value ?? .null,
    ]
  }
}

extension PinMark {
  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place)
    live = try fields.versionMark()
    entry = try fields.parsed("entry", "a number", Field.count)
    try fields.finish()
  }

  package var value: Value {
    [
      "digest": Field.text(live?.digest), "entry": Field.number(entry),
      "version": Field.text(live?.version),
    ]
  }
}

package import Contracts
package import Keys
package import Notation

/// What is recorded beside the frozen source of a version.
package struct VersionRecord: Record {
  package var at: Timestamp
  package var bump: Bump
  package var by: MemberName
  /// The schema of the input, as JSON Schema; nil where the prompt gives none.
  package var input: Value?
  /// The schema of the output, as JSON Schema; nil where the prompt gives none.
  package var output: Value?
  package var digest: Digest
  /// The version that the bump was judged against; nil for the first.
  package var from: VersionMark?
  package var impact: String?
  /// The whole closure, flat, sorted by name.
  package var includes: [Include]
  package var model: String?
  package var name: PromptName
  package var reasons: [Value]
  /// The edition of the compatibility rules that made the verdict.
  package var rules: Int
  /// The bytes of the source.
  package var size: Int
  package var version: SemanticVersion
  package var what: String
  package var why: String?

  /// A first release; what else is known of it is set afterwards.
  package init(
    name: PromptName, version: SemanticVersion, digest: Digest, size: Int, by: MemberName,
    at: Timestamp, what: String
  ) {
    self.name = name
    self.version = version
    self.digest = digest
    self.size = size
    self.by = by
    self.at = at
    self.what = what
    bump = .first
    includes = []
    reasons = []
    rules = 1
  }
}

/// A version together with what it is bound to.
package struct VersionMark: Hashable, Sendable {
  package let version: SemanticVersion
  package let digest: Digest

  package init(version: SemanticVersion, digest: Digest) {
    self.version = version
    self.digest = digest
  }
}

/// A partial of a version's closure, at the release that was frozen into it.
package struct Include: Hashable, Sendable {
  package let name: PromptName
  /// The digest of the partial's own source.
  package let source: Digest
  package let version: SemanticVersion

  package init(name: PromptName, source: Digest, version: SemanticVersion) {
    self.name = name
    self.source = source
    self.version = version
  }
}

extension VersionRecord {
  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    at = try fields.parsed("at", "a time", Field.time)
    bump = try fields.parsed("bump", "a bump") { $0.string.flatMap(Bump.init(rawValue:)) }
    by = try fields.parsed("by", "a member", Field.member)
    var contract = try RecordFields(try fields.value("contract"), at: [.key("contract")])
    input = try contract.optional("input", "a schema", Self.schema)
    output = try contract.optional("output", "a schema", Self.schema)
    try contract.finish()
    digest = try fields.parsed("digest", "a digest", Field.digest)
    let from = try fields.value("from")
    self.from = from == .null ? nil : try VersionMark(from, at: [.key("from")])
    impact = try fields.optional("impact", "a text") { $0.string }
    includes = try fields.list("includes") { value, place throws(RecordError) in
      try Include(value, at: place)
    }
    model = try fields.optional("model", "a text") { $0.string }
    name = try fields.parsed("name", "a name", Field.name)
    reasons = try fields.list("reasons") { value, place throws(RecordError) in
      try Self.checkReason(value, at: place)
      return value
    }
    rules = try fields.parsed("rules", "a number above 0") { value in
      Field.count(value).flatMap { $0 > 0 ? $0 : nil }
    }
    size = try fields.parsed("size", "a number", Field.count)
    version = try fields.parsed("version", "a version", Field.version)
    what = try fields.parsed("what", "a text") { $0.string }
    why = try fields.optional("why", "a text") { $0.string }
    try fields.finish()
  }

  /// A schema is a map, or one of the two that take everything and nothing.
  private static func schema(_ value: Value) -> Value? {
    value.map != nil || value.bool != nil ? value : Optional.none
  }

  /// A reason stays as it was recorded: rules and what they say of a change come and go.
  private static func checkReason(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place)
    _ = (try fields.value("after"), try fields.value("before"))
    _ = try fields.parsed("hits", "caller or consumer") {
      $0.string.flatMap(Rule.Hits.init(rawValue:))
    }
    _ = try fields.parsed("path", "a text") { $0.string }
    _ = try fields.parsed("rule", "a text") { $0.string }
    try fields.finish()
  }

  package var value: Value {
    [
      "at": Field.text(at), "bump": .string(bump.rawValue), "by": Field.text(by),
      "contract": ["input": input ?? .null, "output": output ?? .null],
      "digest": Field.text(digest), "from": from?.value ?? .null, "impact": Field.text(impact),
      "includes": .list(includes.map(\.value)), "model": Field.text(model),
      "name": Field.text(name), "reasons": .list(reasons), "rules": Field.number(rules),
      "size": Field.number(size), "version": Field.text(version), "what": .string(what),
      "why": Field.text(why),
    ]
  }

  /// What approvals and pins are bound to: the source together with the source of its closure.
  package static func digest(source: Digest, includes: [Include]) -> Digest {
    let closure = ValueMap(includes.map { ($0.name.text, Field.text($0.source)) })
    return Digest(of: RecordForm.bytes(["includes": .map(closure), "source": Field.text(source)]))
  }
}

extension VersionMark {
  init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place)
    digest = try fields.parsed("digest", "a digest", Field.digest)
    version = try fields.parsed("version", "a version", Field.version)
    try fields.finish()
  }

  var value: Value { ["digest": Field.text(digest), "version": Field.text(version)] }
}

extension Include {
  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place)
    name = try fields.parsed("name", "a name", Field.name)
    source = try fields.parsed("source", "a digest", Field.digest)
    version = try fields.parsed("version", "a version", Field.version)
    try fields.finish()
  }

  package var value: Value {
    ["name": Field.text(name), "source": Field.text(source), "version": Field.text(version)]
  }
}

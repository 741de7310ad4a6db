package import Contracts
package import Keys
import Notation

/// One prompt at the version that a program reads, with everything frozen into it.
package struct Pin: Hashable, Sendable {
  /// What was asked for, such as `support/triage@^1.2`.
  package let ask: String
  package let name: String
  package let version: SemanticVersion
  /// The digest of the version: of its source together with that of its partials.
  package let digest: Digest
  /// The partials, sorted by name.
  package let includes: [Include]
  /// The variables as Picoschema writes them: `tone?` may be left out.
  package let inputs: [String]

  /// A partial at the version that was frozen in.
  package struct Include: Hashable, Sendable {
    package let name: String
    package let version: SemanticVersion
    /// The digest of the partial's own source.
    package let digest: Digest

    package init(name: String, version: SemanticVersion, digest: Digest) {
      self.name = name
      self.version = version
      self.digest = digest
    }
  }

  /// A version as it was found for an ask.
  package init(ask: String, _ version: PinnedVersion, inputs: [String]) {
    self.ask = ask
    name = version.name
    self.version = version.version
    digest = version.digest
    includes = version.includes
    self.inputs = inputs
  }

  init(_ value: Value, at place: String) throws(LockFault) {
    var fields = try LockFields(value, at: place)
    ask = try fields.text("ask")
    name = try fields.name("name")
    version = try fields.version("version")
    digest = try fields.digest("digest")
    includes = try fields.list("includes") { value, place throws(LockFault) in
      try Include(value, at: place)
    }
    inputs = try fields.list("inputs") { value, place throws(LockFault) in
      guard let text = value.string else { throw .wrongType(field: place, expected: "a text") }
      return text
    }
    try fields.finish()
  }

  var value: Value {
    [
      "ask": .string(ask), "digest": .string("\(digest)"),
      "includes": .list(includes.map(\.value)), "inputs": .list(inputs.map { .string($0) }),
      "name": .string(name), "version": .string("\(version)"),
    ]
  }
}

extension Pin.Include {
  fileprivate init(_ value: Value, at place: String) throws(LockFault) {
    var fields = try LockFields(value, at: place)
    name = try fields.name("name")
    version = try fields.version("version")
    digest = try fields.digest("digest")
    try fields.finish()
  }

  fileprivate var value: Value {
    ["digest": .string("\(digest)"), "name": .string(name), "version": .string("\(version)")]
  }
}

/// What a version is, without who asked for it.
package struct PinnedVersion: Hashable, Sendable {
  package let name: String
  package let version: SemanticVersion
  package let digest: Digest
  package let includes: [Pin.Include]

  /// A version whose digest follows from its text.
  package init(name: String, version: SemanticVersion, _ text: PinnedText, includes: [Pin.Include])
  {
    self.name = name
    self.version = version
    self.includes = includes.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    digest = Self.digest(source: Digest(of: text.source), includes: includes)
  }

  /// The same as in a version's record of the ledger, which a registry's approvals are bound to.
  static func digest(source: Digest, includes: [Pin.Include]) -> Digest {
    let closure = ValueMap(includes.map { ($0.name, .string("\($0.digest)")) })
    return Digest(
      of: RecordForm.bytes(["includes": .map(closure), "source": .string("\(source)")]))
  }
}

/// All the bytes of a version.
package struct PinnedText: Hashable, Sendable {
  package let source: [UInt8]
  /// The source of each partial, by its name.
  package let includes: [String: [UInt8]]

  package init(source: [UInt8], includes: [String: [UInt8]]) {
    self.source = source
    self.includes = includes
  }
}

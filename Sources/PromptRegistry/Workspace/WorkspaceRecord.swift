package import Contracts
package import Keys
package import Notation

/// `.stet/workspace.json`: which ledger a folder of drafts belongs to, and where each draft began.
///
/// It is made to be committed and merged in the product's own repository: one line a draft.
package struct WorkspaceRecord: Record {
  /// The version that each draft began from.
  package var drafts: [PromptName: SemanticVersion]
  package var id: Digest
  /// Where the ledger is shared; nil where it is here alone.
  package var remote: String?

  /// A workspace without drafts.
  package init(id: Digest, remote: String?) {
    self.id = id
    self.remote = remote
    drafts = [:]
  }

  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    let starts = try fields.map("drafts") { key, value, place throws(RecordError) in
      // The name that breaks a rule is reported with its place.
      guard let name = try? PromptName(key), let version = Field.version(value) else {
        throw RecordError(place: place, problem: .wrongType(expected: "the version of a prompt"))
      }
      return (name, version)
    }
    drafts = Dictionary(starts) { $1 }
    id = try fields.parsed("id", "a digest", Field.digest)
    remote = try fields.optional("remote", "a text") { $0.string }
    try fields.finish()
  }

  package var value: Value {
    [
      "drafts": .map(
        ValueMap(drafts.sorted { $0.key < $1.key }.map { ($0.key.text, Field.text($0.value)) })),
      "id": Field.text(id), "remote": Field.text(remote),
    ]
  }
}

/// What an author has written for one prompt.
package struct Draft: Hashable, Sendable {
  package let name: PromptName
  package var source: [UInt8]
  package var cases: [UInt8]?
  package var brief: [UInt8]?
  /// The version it began from; nil for a new one.
  package var start: SemanticVersion?

  package init(name: PromptName, source: [UInt8], start: SemanticVersion?) {
    self.name = name
    self.source = source
    self.start = start
  }

  /// What becomes a file of a version each; nil for what the author has not written.
  package var texts: [(file: VersionFile, bytes: [UInt8]?)] {
    [(.source, source), (.cases, cases), (.brief, brief)]
  }
}

extension [Draft] {
  /// The text of each draft by its name.
  package var sources: [PromptName: [UInt8]] {
    Dictionary(map { ($0.name, $0.source) }) { $1 }
  }
}

package import Contracts
package import Notation

/// How a draft stands to what is published.
package struct DraftStatus: Hashable, Sendable {
  package let name: PromptName
  package let kind: Kind
  /// The version that it began from.
  package let base: SemanticVersion?
  /// The bump that it would get; nil where that cannot be said.
  package let bump: Bump?
  /// Why it would get that one; none where only the text changed.
  package let reasons: [Reason]
  /// What a check of it finds, cases and all.
  package let findings: [CheckFinding]

  /// What can be said of a draft.
  package enum Kind: String, Sendable {
    /// Nothing to publish.
    case same
    case new
    case changed
    /// Somebody has published since it began.
    case outdated
    /// It holds conflict marks.
    case conflict
    /// It was published, and its file is gone.
    case deleted
  }
}

extension State {
  /// How each draft stands, and which published names have lost their draft; sorted by name.
  package func statuses(
    of drafts: [Draft], starts: [PromptName: SemanticVersion]
  ) throws(RegistryError) -> [DraftStatus] {
    let sources = drafts.sources
    var statuses: [DraftStatus] = []
    for draft in drafts { statuses.append(try status(of: draft, among: sources)) }
    for name in starts.keys where sources[name] == nil {
      statuses.append(
        DraftStatus(
          name: name, kind: .deleted, base: starts[name], bump: nil, reasons: [], findings: []))
    }
    return statuses.sorted { $0.name < $1.name }
  }

  /// How a draft stands that cannot be read, which is not what is published.
  package func status(
    ofUnreadable name: PromptName, start: SemanticVersion?, _ findings: [CheckFinding]
  ) throws(RegistryError) -> DraftStatus {
    let isNew = try versions(of: name).highestRelease == nil
    return DraftStatus(
      name: name, kind: isNew ? .new : .changed, base: start, bump: nil, reasons: [],
      findings: findings)
  }

  /// Whether a draft says anything that neither the version it began from nor the newest says.
  package func differs(_ draft: Draft) throws(RegistryError) -> Bool {
    if let start = draft.start, try isPublished(draft, as: start) { return false }
    guard let highest = try versions(of: draft.name).highestRelease else { return true }
    return try !isPublished(draft, as: highest)
  }

  /// Where drafts began that are the newest release byte for byte, as far as it is not known: who
  /// published them may have been kept from noting it.
  package func starts(ofPublished drafts: [Draft]) throws(RegistryError) -> [PromptName:
    SemanticVersion]
  {
    var starts: [PromptName: SemanticVersion] = [:]
    for draft in drafts {
      guard let highest = try versions(of: draft.name).highestRelease, draft.start != highest,
        try isPublished(draft, as: highest)
      else { continue }
      starts[draft.name] = highest
    }
    return starts
  }

  /// Whether a version is, byte for byte, what the draft is.
  package func isPublished(
    _ draft: Draft, as version: SemanticVersion
  ) throws(RegistryError) -> Bool {
    for (file, bytes) in draft.texts {
      guard try holds(bytes, in: .version(draft.name, version, file)) else { return false }
    }
    return true
  }

  /// Whether each text of a draft stands in some version of its name, so that none is lost with it.
  package func keeps(_ draft: Draft) throws(RegistryError) -> Bool {
    let versions = try versions(of: draft.name).map(\.version)
    for case (let file, let bytes?) in draft.texts {
      var isKept = false
      for version in versions.reversed() where !isKept {
        isKept = try holds(bytes, in: .version(draft.name, version, file))
      }
      guard isKept else { return false }
    }
    return true
  }

  /// The text of a partial as the workspace has it, or else as it is published.
  package func partial(
    _ name: PromptName, among drafts: [PromptName: [UInt8]]
  ) throws(RegistryError) -> [UInt8]? {
    if let draft = drafts[name] { return draft }
    guard let version = try versions(of: name).newestUnyanked else { return nil }
    return try file(.source, of: name, version)
  }

  /// The same where the workspace is read as it is asked.
  func partial(
    _ name: PromptName, from drafts: Facts.PartialSource
  ) throws(RegistryError) -> [UInt8]? {
    if let draft = try drafts(name) { return draft }
    return try partial(name, among: [:])
  }

  private func status(
    of draft: Draft, among sources: [PromptName: [UInt8]]
  ) throws(RegistryError) -> DraftStatus {
    let highest = try versions(of: draft.name).highestRelease
    let isNewest = try highest.map { version throws(RegistryError) in
      try isPublished(draft, as: version)
    }
    let isChanged = try differs(draft)
    let findings =
      isChanged
      ? try DraftCheck.findings(on: draft, .usual) { name throws(RegistryError) in
        try partial(name, among: sources)
      } : []
    let kind: DraftStatus.Kind =
      if draft.conflictMark != nil {
        .conflict
      } else if highest == nil {
        .new
      } else if isNewest == true {
        .same
      } else if draft.start != highest {
        .outdated
      } else {
        isChanged ? .changed : .same
      }
    // A draft that cannot be judged has findings that say why.
    let verdict = kind == .changed || kind == .new ? try? verdict(on: draft, among: sources) : nil
    return DraftStatus(
      name: draft.name, kind: kind, base: draft.start, bump: verdict?.bump,
      reasons: verdict?.reasons ?? [], findings: findings)
  }

  private func verdict(
    on draft: Draft, among sources: [PromptName: [UInt8]]
  ) throws(RegistryError) -> Contracts.Verdict {
    let facts = try Facts(of: draft.name, source: draft.source) { name throws(RegistryError) in
      try partial(name, among: sources)
    }
    let old = try draft.start.map { start throws(RegistryError) in
      try self.facts(of: existingRecord(of: draft.name, start)).contract
    }
    return try Verdicts.verdict(from: old, to: facts.contract)
  }
}

extension DraftStatus {
  /// The element of `drafts` that `status --json` answers.
  package var value: Value {
    [
      "name": .string(name.text), "state": .string(kind.rawValue), "base": Field.text(base),
      "bump": bump.map { .string($0.rawValue) } ?? .null,
      "reasons": .list(reasons.map(\.value)),
      "findings": .list(findings.map(\.value)),
    ]
  }
}

extension Draft {
  /// The first line of the draft or of what lies beside it that begins with a conflict mark; nil
  /// where there is none.
  package var conflictMark: (file: VersionFile, position: Position)? {
    for (file, bytes) in texts {
      if let bytes, let position = Self.mark(in: bytes) { return (file, position) }
    }
    return nil
  }

  private static func mark(in bytes: [UInt8]) -> Position? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let marked = lines.first { line in
      ["<<<<<<< ", ">>>>>>> "].contains { line.starts(with: $0.utf8) }
    }
    return marked.map { Position(at: $0.startIndex, in: bytes) }
  }
}

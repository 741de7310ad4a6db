import Templates
import Contracts
import Keys
import Notation

/// One publication while it is put together: what each draft becomes, one after the other.
struct PublishBench {
  let state: State
  let order: PublishOrder
  let pen: Pen
  private(set) var edits: [Slot: [UInt8]?] = [:]
  private(set) var published: [Published] = []
  /// What would break the callers of a prompt, and was not said to be meant.
  private(set) var breaks: [Break] = []
  /// The partials of this entry that are the newest of their name once it is written.
  private var fresh: [PromptName: FrozenPartial] = [:]

  init(state: State, order: PublishOrder, pen: Pen) {
    self.state = state
    self.order = order
    self.pen = pen
  }

  func requireRights() throws(RegistryError) {
    for draft in order.drafts { try state.require(pen, .publish(draft.name)) }
    guard order.onto == nil || order.drafts.count == 1 else {
      throw .badReference("--onto", .noSelectorAllowed)
    }
  }

  /// The drafts so that each comes after every partial it includes.
  func partialsFirst() throws(RegistryError) -> [Draft] {
    let drafts = order.drafts.sorted { $0.name < $1.name }
    var sorted: [Draft] = []
    var waiting = drafts
    let sources = drafts.sources
    var includes: [PromptName: Set<PromptName>] = [:]
    for draft in drafts {
      includes[draft.name] = try self.includes(of: draft, among: sources)
    }
    while !waiting.isEmpty {
      let done = Set(sorted.map(\.name))
      let ready = waiting.filter { includes[$0.name, default: []].isSubset(of: done) }
      // Partials that include each other are published in the order of their names.
      sorted += ready.isEmpty ? [waiting[0]] : ready
      let taken = Set(sorted.map(\.name))
      waiting.removeAll { taken.contains($0.name) }
    }
    return sorted
  }

  /// Judges one draft and adds its version; a draft that changes nothing adds nothing.
  mutating func add(_ draft: Draft) throws(RegistryError) {
    try requireNoConflictMarks(draft)
    let used = try state.versions(of: draft.name)
    let base = try base(of: draft, used)
    let facts = try facts(of: draft)
    let verdict = try base.map { base throws(RegistryError) in
      try Verdicts.verdict(from: state.facts(of: base).contract, to: facts.contract)
    }
    if let verdict, verdict.bump == .major, order.atLeast != .major {
      let reasons = verdict.reasons.filter { $0.rule.bump == .major }
      return breaks.append(Break(name: draft.name, reasons: reasons))
    }
    let judged = Judged(draft: draft, used: used, base: base, facts: facts, verdict: verdict)
    let record = try record(of: judged)
    if order.repetition == .refused, try isPublished(draft, record, judged) { return }
    let version = record.version
    let numbers = used.map(\.version) + [version]
    let isHighest = version.isRelease && numbers.filter(\.isRelease).max() == version
    edits[.version(draft.name, version, .record)] = record.bytes
    for (file, bytes) in draft.texts {
      if let bytes { edits[.version(draft.name, version, file)] = bytes }
    }
    if isHighest, try !state.holds(draft.source, in: .prompt(draft.name)) {
      edits[.prompt(draft.name)] = draft.source
    }
    if isHighest && draft.name.isPartial {
      fresh[draft.name] = FrozenPartial(version: version, source: draft.source)
    }
    published.append(
      Published(
        name: draft.name, version: version, digest: record.digest, bump: record.bump,
        reasons: record.reasons))
  }
}

/// A draft, and everything that it is judged by.
private struct Judged {
  let draft: Draft
  let used: [PublishedVersion]
  /// The version that it is judged against; nil for the first of its name.
  let base: VersionRecord?
  let facts: Facts
  let verdict: Contracts.Verdict?
}

/// A partial at the release that this entry freezes.
struct FrozenPartial {
  let version: SemanticVersion
  let source: [UInt8]
}

// MARK: - What a draft is judged against

extension PublishBench {
  private func base(
    of draft: Draft, _ used: [PublishedVersion]
  ) throws(RegistryError) -> VersionRecord? {
    guard let highest = used.highestRelease else { return nil }
    if try !state.isOffered(draft.name), order.repetition == .refused {
      throw .conflict(.retired(draft.name))
    }
    if let onto = order.onto { return try state.existingRecord(of: draft.name, onto) }
    // What is the newest text already is not outdated, wherever it began.
    if draft.start != highest, try !state.isPublished(draft, as: highest) {
      throw .outdatedDraft(draft.name, start: draft.start, highest: highest)
    }
    return try state.existingRecord(of: draft.name, highest)
  }

  private func record(of judged: Judged) throws(RegistryError) -> VersionRecord {
    let (draft, facts) = (judged.draft, judged.facts)
    let includes = try includes(of: draft, facts)
    let source = Digest(of: draft.source)
    // An author may raise what the verdict says, never lower it.
    let bump = judged.verdict.map { max($0.bump, order.atLeast ?? .patch) } ?? .first
    let number = try number(for: judged, bump)
    var record = VersionRecord(
      name: draft.name, version: number,
      digest: VersionRecord.digest(source: source, includes: includes), size: draft.source.count,
      by: pen.member, at: pen.at, what: order.words.what)
    record.bump = bump
    record.input = facts.contract.input
    record.output = facts.contract.output
    record.from = judged.base.map { VersionMark(version: $0.version, digest: $0.digest) }
    record.why = order.words.why
    record.impact = order.words.impact
    record.includes = includes
    record.model = facts.contract.model
    record.reasons = judged.verdict?.reasons.map(\.value) ?? []
    record.rules = Rule.tableVersion
    return record
  }

  private func number(
    for judged: Judged, _ bump: Bump
  ) throws(RegistryError) -> SemanticVersion {
    let numbering = Numbering(used: judged.used.map(\.version))
    let (name, base) = (judged.draft.name, judged.base?.version)
    guard let release = numbering.release(from: base, by: bump) else {
      throw .numberTaken(name, base ?? SemanticVersion(1, 0, 0))
    }
    guard let tag = order.preReleaseTag else { return release }
    if let number = numbering.preRelease(tag, from: base, by: bump) { return number }
    let highest = judged.used.map(\.version).last { $0.core == release }
    throw .preReleaseBehind(name, tag: tag, highest: highest ?? release)
  }

  /// Whether the version that a draft builds on, or the one that its number would follow, is the
  /// same already.
  private func isPublished(
    _ draft: Draft, _ record: VersionRecord, _ judged: Judged
  ) throws(RegistryError) -> Bool {
    let before = judged.used.map(\.version).last { record.version.repeats($0) }
    for version in Set([judged.base?.version, before].compactMap { $0 }) {
      // The same text may come with other partials.
      guard try state.existingRecord(of: draft.name, version).digest == record.digest else {
        continue
      }
      if try state.isPublished(draft, as: version) { return true }
    }
    return false
  }

  private func requireNoConflictMarks(_ draft: Draft) throws(RegistryError) {
    guard let mark = draft.conflictMark else { return }
    throw .conflict(.conflictMarks(draft.name, mark.file, line: mark.position.line))
  }
}

// MARK: - The closure

extension PublishBench {
  /// The partials of this entry that a draft includes.
  private func includes(
    of draft: Draft, among sources: [PromptName: [UInt8]]
  ) throws(RegistryError) -> Set<PromptName> {
    let facts = try Facts(of: draft.name, source: draft.source) { name throws(RegistryError) in
      if let source = sources[name] { return source }
      return try partialSource(name, of: draft)
    }
    return Set(facts.closure.filter { $0 != draft.name && sources[$0] != nil })
  }

  private func facts(of draft: Draft) throws(RegistryError) -> Facts {
    let findings = try DraftCheck.findings(on: draft, .usual) { name throws(RegistryError) in
      try partialSource(name, of: draft)
    }
    let errors = findings.filter {
      $0.severity == .error && !order.allowed.contains($0.id)
    }
    guard errors.isEmpty else { throw .checkFailed(errors) }
    if !order.allowed.isEmpty, !draft.name.isPartial {
      // Whatever was allowed: a version that nobody can render is none.
      _ = try DraftCheck.compiled(draft) { name throws(RegistryError) in
        try partialSource(name, of: draft)
      }
    }
    return try Facts(of: draft.name, source: draft.source) { name throws(RegistryError) in
      try partialSource(name, of: draft)
    }
  }

  /// Every partial of the closure at the release that this entry freezes into the version.
  private func includes(
    of draft: Draft, _ facts: Facts
  ) throws(RegistryError) -> [Include] {
    var includes: [Include] = []
    for name in facts.closure.sorted() {
      guard let partial = try newestPartial(name) else {
        throw .conflict(.missingInclude(name, of: draft.name))
      }
      try requireCurrent(name, partial, of: draft)
      includes.append(
        Include(name: name, source: Digest(of: partial.source), version: partial.version))
    }
    return includes
  }

  /// The text of a partial that this entry would freeze; one that lies beside the draft and was
  /// never published is the author's to publish with it.
  private func partialSource(
    _ include: PromptName, of draft: Draft
  ) throws(RegistryError) -> [UInt8]? {
    if let partial = try newestPartial(include) { return partial.source }
    guard let surroundings = order.surroundings, surroundings.changed.contains(include) else {
      return nil
    }
    throw .conflict(.unpublishedInclude(include, of: draft.name))
  }

  private func newestPartial(_ name: PromptName) throws(RegistryError) -> FrozenPartial? {
    if let partial = fresh[name] { return partial }
    guard let version = try state.versions(of: name).newestUnyanked,
      let source = try state.file(.source, of: name, version)
    else { return nil }
    return FrozenPartial(version: version, source: source)
  }

  /// What the author saw must be what is frozen: no draft beside it, no release not yet pulled.
  private func requireCurrent(
    _ include: PromptName, _ partial: FrozenPartial, of draft: Draft
  ) throws(RegistryError) {
    guard let surroundings = order.surroundings, fresh[include] == nil else { return }
    if surroundings.changed.contains(include) {
      throw .conflict(.unpublishedInclude(include, of: draft.name))
    }
    if let start = surroundings.starts[include], start < partial.version {
      throw .conflict(.newerInclude(include, of: draft.name))
    }
  }
}

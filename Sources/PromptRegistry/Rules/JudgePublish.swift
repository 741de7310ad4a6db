import Contracts
import Keys
import Ledger

extension Judge {
  mutating func judgePublish() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    let published = publications
    check(!published.isEmpty, .action, "nothing is published")
    checkHeadline(.publish(published))
    var names: Set<PromptName> = []
    var expected: Set<SlotChange> = []
    for publication in published {
      let (name, version) = (publication.name, publication.version)
      check(
        names.insert(name).inserted, .records, "'\(name)' is published twice in one entry")
      checkRight(.publish(name))
      part { judge throws(RegistryError) in try judge.judgeVersion(name, version) }
      expected.insert(SlotChange(slot: .version(name, version, .source), kind: .added))
      if let change = try judgeOffered(name, version) { expected.insert(change) }
    }
    let recorded = Set(published)
    for change in changes where change.kind == .added {
      guard case .version(let name, let version, _) = change.slot else { continue }
      let isRecorded = recorded.contains(.init(name: name, version: version))
      check(isRecorded, .records, "'\(change.slot.path)' has no record beside it")
      if isRecorded { expected.insert(change) }
    }
    checkDiff(isExactly: expected)
  }

  /// The versions that get a record.
  private var publications: [Headline.Publication] {
    changes.compactMap { change in
      guard case .version(let name, let version, .record) = change.slot, change.kind == .added
      else { return nil }
      return .init(name: name, version: version)
    }
  }

  /// The text that is offered must be that of the highest release; answers how it changes with
  /// this version, if it does.
  private mutating func judgeOffered(
    _ name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) -> SlotChange? {
    guard try after.versions(of: name).highestRelease == version else { return nil }
    let source = try after.file(.source, of: name, version)
    check(
      try after.file(.prompt(name)) == source, .records,
      "the offered text of '\(name)' is not that of \(version)")
    guard let old = try parent.file(.prompt(name)) else {
      return SlotChange(slot: .prompt(name), kind: .added)
    }
    return old == source ? nil : SlotChange(slot: .prompt(name), kind: .changed)
  }

  private mutating func judgeVersion(
    _ name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) {
    let place = "'\(name)' \(version)"
    guard let record = try after.record(of: name, version),
      let source = try after.file(.source, of: name, version)
    else {
      report(.records, "\(place) has no source or no record")
      return
    }
    check(record.name == name && record.version == version, .records, "\(place) names another")
    check(record.size == source.count, .records, "the size of \(place) is not that of its source")
    check(record.by == author, .records, "\(place) names another author")
    check(record.at == heading.at, .records, "\(place) names another time")
    let words = [record.what] + [record.why, record.impact].compactMap { $0 }
    check(
      !words.contains("") && ChangeWords.says(heading.text, record), .records,
      "\(place) has other words than the entry")
    let digest = VersionRecord.digest(source: Digest(of: source), includes: record.includes)
    check(record.digest == digest, .records, "the digest of \(place) is not that of its content")
    try judgeIncludes(of: record, place)
    try judgeNumber(of: record, place)
  }

  private mutating func judgeIncludes(
    of record: VersionRecord, _ place: String
  ) throws(RegistryError) {
    let names = record.includes.map(\.name)
    check(
      zip(names, names.dropFirst()).allSatisfy { $0 < $1 }, .records,
      "the includes of \(place) are not sorted, each once")
    for include in record.includes {
      check(include.name.isPartial, .records, "\(place) includes '\(include.name)', no partial")
      let newest = try after.versions(of: include.name).newestUnyanked
      check(
        newest == include.version, .records,
        "\(place) includes '\(include.name)' at another version than its newest release")
      let source = try after.file(.source, of: include.name, include.version)
      check(
        source.map { Digest(of: $0) } == include.source, .records,
        "\(place) includes '\(include.name)' with another digest than its source has")
    }
  }

  private mutating func judgeNumber(
    of record: VersionRecord, _ place: String
  ) throws(RegistryError) {
    let used = try parent.versions(of: record.name)
    if let from = record.from {
      let base = try parent.record(of: record.name, from.version)
      check(
        base?.digest == from.digest, .records, "\(place) comes from a version that is not there")
    }
    check(
      (record.from == nil) == (used.highestRelease == nil), .records,
      "\(place) does not come from a release of its name")
    let numbering = Numbering(used: used.map(\.version))
    check(
      (record.bump == .first) == (record.from == nil)
        && numbering.accepts(record.version, from: record.from?.version, by: record.bump),
      .records, "\(place) is not the number that its bump leads to")
  }
}

// MARK: - Withdrawing

extension Judge {
  mutating func judgeYank() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    checkReason()
    let yanks = changes.compactMap { change -> Headline.Publication? in
      guard case .yanked(let name, let version) = change.slot else { return nil }
      return .init(name: name, version: version)
    }
    guard let yanked = yanks.first else {
      report(.action, "nothing is yanked")
      return
    }
    let (name, version) = (yanked.name, yanked.version)
    checkDiff(isExactly: [SlotChange(slot: .yanked(name, version), kind: .added)])
    checkHeadline(.yank(name, version))
    checkRight(.yank(name))
    check(try parent.record(of: name, version) != nil, .records, "'\(name)' has no \(version)")
    check(
      try parent.environments(holding: name, version).isEmpty, .action,
      "'\(name)' \(version) is live")
    if let record = try after.yank(of: name, version) {
      check(
        record.by == author && record.at == heading.at && record.entry == heading.entry
          && isText(record.why), .records,
        "the mark on '\(name)' \(version) does not name this entry")
    }
  }

  mutating func judgeRetire() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    checkReason()
    let retired = changes.compactMap { change -> PromptName? in
      guard case .prompt(let name) = change.slot else { return nil }
      return name
    }
    guard let name = retired.first else {
      report(.action, "nothing is retired")
      return
    }
    checkDiff(isExactly: [SlotChange(slot: .prompt(name), kind: .removed)])
    checkHeadline(.retire(name))
    checkRight(.retire(name))
    for environment in parent.policy.environments.map(\.name) {
      check(
        try parent.pin(name, in: environment)?.live == nil, .action,
        "'\(name)' is live in '\(environment)'")
    }
  }
}

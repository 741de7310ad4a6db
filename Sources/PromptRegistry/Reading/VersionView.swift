import Contracts
package import Notation

/// All there is to say of one version.
package struct VersionView: Sendable {
  private let version: Resolved
  private let history: VersionHistory
  private let changelog: [VersionRecord]
  private let brief: String?
  private let isOffered: Bool

  /// Reads the records of the version and of its forebears, and its history.
  package init(
    _ version: Resolved, in registry: Registry, _ tip: RegistryTip
  ) throws(RegistryError) {
    self.version = version
    history = try VersionHistory(
      of: version.name, version.version, in: registry, from: tip.entry)
    changelog = try tip.state.changelog(of: version.name)
    brief = try tip.state.file(.brief, of: version.name, version.version).map {
      String(decoding: $0, as: UTF8.self)
    }
    isOffered = try tip.state.isOffered(version.name)
  }

  /// The object that `show --json` answers: the record and more.
  package var value: Value {
    guard case .map(var map) = version.record.value else { return version.record.value }
    map["entry"] = Field.number(history.entry)
    map["changelog"] = .list(changelog.map(\.changelogValue))
    map["yanked"] = version.yank?.value ?? .null
    map["retired"] = .bool(!isOffered)
    map["live"] = .list(history.live.map(\.value))
    map["approved_by"] = .list(history.approvedBy.map(\.value))
    map["brief"] = Field.text(brief)
    return .map(map)
  }

  /// What a person reads, line by line.
  package var lines: [String] {
    let record = version.record
    var lines = [
      "\(record.name) \(record.version)  \(record.bump.rawValue)  by \(record.by)  \(record.at)",
      "  \(record.digest)\(history.entry.map { "  entry \($0)" } ?? "")",
    ]
    if let yank = version.yank { lines.append("  yanked by \(yank.by): \(yank.why)") }
    if !isOffered { lines.append("  retired: nothing new will come of it") }
    lines += record.what.split(separator: "\n").map { "  \($0)" }
    if let why = record.why { lines.append("  why: \(why)") }
    if let impact = record.impact { lines.append("  expected impact: \(impact)") }
    lines += record.reasons.map { "  \(Reason.line(of: $0))" }
    if let model = record.model { lines.append("  model \(model)") }
    lines += record.includes.map { "  includes \($0.name) \($0.version)" }
    lines += history.live.map { span in
      "  live in \(span.environment) from \(span.from)\(span.to.map { " to \($0)" } ?? "")"
    }
    lines += history.approvedBy.map { "  approved by \($0.member) (entry \($0.entry))" }
    for (field, schema) in [("input", record.input), ("output", record.output)] {
      guard let schema else { continue }
      lines.append("  \(field): \(JSON.text(schema))")
    }
    if let brief {
      lines.append("")
      lines += brief.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return lines
  }
}

extension State {
  /// The records of a name, newest first.
  package func changelog(of name: PromptName) throws(RegistryError) -> [VersionRecord] {
    var records: [VersionRecord] = []
    for version in try versions(of: name).reversed() {
      records.append(try existingRecord(of: name, version.version))
    }
    return records
  }
}

extension VersionRecord {
  /// One element of `changelog`.
  fileprivate var changelogValue: Value {
    [
      "version": Field.text(version), "bump": .string(bump.rawValue), "at": Field.text(at),
      "by": .string(by.text), "what": .string(what), "why": Field.text(why),
      "impact": Field.text(impact), "reasons": .list(reasons),
    ]
  }
}

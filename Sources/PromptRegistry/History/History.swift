package import Contracts
package import Ledger
package import Notation

/// What a question about the past looks for.
package struct HistoryQuery: Hashable, Sendable {
  package var name: PromptName?
  package var environment: EnvironmentName?
  package var since: Timestamp?
  package var by: MemberName?
  /// The most entries to answer.
  package var limit = HistoryQuery.usualLimit

  /// How many entries are answered where nothing else is asked for.
  package static let usualLimit = 1000

  /// Everything.
  package init() {}

  /// Whether an entry is one that was asked for.
  package func matches(_ entry: HistoryEntry) -> Bool {
    (name.map { entry.names.contains($0) } ?? true)
      && (environment.map { entry.environment == $0 } ?? true)
      && (by.map { entry.by == $0.text } ?? true)
  }
}

extension Registry {
  /// Goes from the newest entry down, until `body` says that it has seen enough.
  package func walk(
    from tip: SignedEntry,
    _ body: (HistoryEntry, SignedEntry) throws(RegistryError) -> WalkStep
  ) throws(RegistryError) {
    var next: SignedEntry? = tip
    while let entry = next {
      let parent = try parent(of: entry)
      let changes: [PathChange]
      do throws(LedgerError) {
        changes = try journal.changes(by: entry, after: parent)
      } catch {
        throw .ledger(error)
      }
      if try body(HistoryEntry(entry, changes: changes), entry) == .enough { return }
      next = parent
    }
  }

  /// The entries that a query asks for, newest first.
  package func history(
    _ query: HistoryQuery, from tip: SignedEntry
  ) throws(RegistryError) -> [HistoryEntry] {
    var found: [HistoryEntry] = []
    try walk(from: tip) { entry, _ throws(RegistryError) in
      if let since = query.since, entry.at < since { return .enough }
      if query.matches(entry) { found.append(entry) }
      return found.count < query.limit ? .further : .enough
    }
    return found
  }

  /// The newest entry that is not after a time; nil where the ledger is younger.
  package func entry(
    at time: Timestamp, from tip: SignedEntry
  ) throws(RegistryError) -> SignedEntry? {
    var entry: SignedEntry? = tip
    while let candidate = entry, candidate.entry.time > time {
      entry = try parent(of: candidate)
    }
    return entry
  }
}

/// Whether a walk goes on.
package enum WalkStep: Sendable {
  case further
  case enough
}

/// A time during which a version was live somewhere, with how it came to be.
package struct LiveSpan: Hashable, Sendable {
  package let environment: EnvironmentName
  package let from: Timestamp
  package let to: Timestamp?

  /// The element of `live` that `show --json` answers.
  package var value: Value {
    [
      "environment": .string(environment.text), "from": Field.text(from), "to": Field.text(to),
    ]
  }
}

/// An approval that stands in the ledger for ever.
package struct ApprovedBy: Hashable, Sendable {
  package let member: String
  package let entry: Int

  /// The element of `approved_by` that `show --json` answers.
  package var value: Value { ["member": .string(member), "entry": Field.number(entry)] }
}

/// Everything that the past says of one version.
package struct VersionHistory: Hashable, Sendable {
  /// The entry that published it.
  package private(set) var entry: Int?
  package private(set) var live: [LiveSpan] = []
  package private(set) var approvedBy: [ApprovedBy] = []

  /// Walks down to the entry that published the version.
  package init(
    of name: PromptName, _ version: SemanticVersion, in registry: Registry, from tip: SignedEntry
  ) throws(RegistryError) {
    var ends: [EnvironmentName: Timestamp] = [:]
    var approvals: [Int: [ApprovedBy]] = [:]
    var carriedOut: Set<Int> = []
    try registry.walk(from: tip) { entry, signed throws(RegistryError) in
      if entry.action == .review, entry.decision == "approve", let request = entry.request {
        approvals[request, default: []].append(ApprovedBy(member: entry.by, entry: entry.number))
      }
      if let environment = entry.environment, entry.names.contains(name) {
        let pin = try registry.state(after: signed).pin(name, in: environment)
        if pin?.live?.version == version {
          live.append(LiveSpan(environment: environment, from: entry.at, to: ends[environment]))
          if let request = pin?.request { carriedOut.insert(request) }
        }
        ends[environment] = entry.at
      }
      guard entry.published.contains(.init(name: name, version: version)) else { return .further }
      self.entry = entry.number
      return .enough
    }
    for request in carriedOut.sorted() { approvedBy += approvals[request] ?? [] }
    approvedBy.sort { $0.entry < $1.entry }
  }
}

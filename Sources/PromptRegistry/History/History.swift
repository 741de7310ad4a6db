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

  /// What every entry that was asked for can be found by.
  fileprivate var keys: [Keyword] {
    [
      name.map { HistoryKeys.name($0) }, environment.map { HistoryKeys.environment($0) },
      by.map { HistoryKeys.member($0.text) },
    ].compactMap { $0 }
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
      let told = try HistoryEntry(try step(to: entry, from: parent))
      if try body(told, entry) == .enough { return }
      next = parent
    }
  }

  /// The entries that a query asks for, newest first.
  package func history(
    _ query: HistoryQuery, from tip: SignedEntry
  ) throws(RegistryError) -> [HistoryEntry] {
    try looking(upTo: tip) { lookup throws(RegistryError) in
      var found: [HistoryEntry] = []
      for number in lookup.index.numbers(about: query.keys) {
        if found.count >= query.limit { break }
        if let since = query.since, lookup.index.time(of: number) < since { break }
        let entry = try lookup.told(try lookup.entry(number))
        if query.matches(entry) { found.append(entry) }
      }
      return found
    }
  }

  /// The entry with a number; nil where there is none up to `tip`.
  package func entry(
    _ number: Int, from tip: SignedEntry
  ) throws(RegistryError) -> SignedEntry? {
    guard (1...tip.entry.number).contains(number) else { return nil }
    return try looking(upTo: tip) { lookup throws(RegistryError) in try lookup.entry(number) }
  }

  /// The newest entry that is not after a time; nil where the ledger is younger.
  package func entry(
    at time: Timestamp, from tip: SignedEntry
  ) throws(RegistryError) -> SignedEntry? {
    try looking(upTo: tip) { lookup throws(RegistryError) in
      try lookup.index.newest(notAfter: time).map { number throws(RegistryError) in
        try lookup.entry(number)
      }
    }
  }
}

extension Registry {
  /// The number of the entry that published a version; nil where none up to `tip` did.
  package func publication(
    of name: PromptName, _ version: SemanticVersion, from tip: SignedEntry
  ) throws(RegistryError) -> Int? {
    try looking(upTo: tip) { lookup throws(RegistryError) in
      try lookup.publication(of: .init(name: name, version: version))
    }
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
  package let entry: Int?
  package let live: [LiveSpan]
  package let approvedBy: [ApprovedBy]

  /// Looks for the entry that published the version, and for what moved its pins since.
  package init(
    of name: PromptName, _ version: SemanticVersion, in registry: Registry, from tip: SignedEntry
  ) throws(RegistryError) {
    self = try registry.looking(upTo: tip) { lookup throws(RegistryError) in
      try VersionHistory(of: .init(name: name, version: version), in: registry, lookup)
    }
  }

  private init(
    of version: Headline.Publication, in registry: Registry, _ lookup: Lookup
  ) throws(RegistryError) {
    entry = try lookup.publication(of: version)
    let stays = try Stays(of: version, since: entry ?? 1, in: registry, lookup)
    live = stays.spans
    var approvedBy: [ApprovedBy] = []
    for request in stays.requests.sorted() {
      approvedBy += try Self.approvals(of: request, lookup)
    }
    self.approvedBy = approvedBy
  }

  /// The approvals of a request, oldest first.
  private static func approvals(
    of request: Int, _ lookup: Lookup
  ) throws(RegistryError) -> [ApprovedBy] {
    var approvals: [ApprovedBy] = []
    try lookup.forEach(about: [HistoryKeys.request(request)]) { entry, _ in
      if entry.request == request, entry.decision == ReviewRecord.Decision.approve.rawValue {
        approvals.append(ApprovedBy(member: entry.by, entry: entry.number))
      }
      return entry.number > request ? .further : .enough
    }
    return approvals.reversed()
  }
}

/// When and where a version was live, and by which requests it came there.
private struct Stays {
  private(set) var spans: [LiveSpan] = []
  private(set) var requests: Set<Int> = []

  init(
    of version: Headline.Publication, since first: Int, in registry: Registry, _ lookup: Lookup
  ) throws(RegistryError) {
    var ends: [EnvironmentName: Timestamp] = [:]
    var (spans, requests): ([LiveSpan], Set<Int>) = ([], [])
    try lookup.forEach(about: [HistoryKeys.name(version.name)]) {
      entry, signed
        throws(RegistryError) in
      if entry.action.movesPins, let environment = entry.environment,
        entry.names.contains(version.name)
      {
        let pin = try registry.state(after: signed).pin(version.name, in: environment)
        if pin?.live?.version == version.version {
          spans.append(LiveSpan(environment: environment, from: entry.at, to: ends[environment]))
          if let request = pin?.request { requests.insert(request) }
        }
        ends[environment] = entry.at
      }
      return entry.number > first ? .further : .enough
    }
    self.spans = spans
    self.requests = requests
  }
}

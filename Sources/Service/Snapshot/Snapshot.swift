import HTTP
package import PromptRegistry

/// One verified state with everything that answers need of its past; never changes.
package struct Snapshot: Sendable {
  /// The newest entry and the state after it.
  package let tip: RegistryTip
  /// Every entry, oldest first; the entry with number n is at n - 1.
  package let history: [HistoryEntry]
  /// The entry that published each version.
  let publications: [Headline.Publication: Int]
  /// Who may read.
  let readers: TokenTable<Reader>

  /// Answers to exact reads; the next snapshot has the same unless something in them moved.
  let exact: PreparedCache
  /// Answers to reads that the next entry may change.
  let movable: PreparedCache

  /// Whether nobody is enrolled.
  var isOpen: Bool { readers.isEmpty }

  /// The state that is served.
  package var state: State { tip.state }

  /// The entry that published a version.
  package func entry(of version: Resolved) -> Int? {
    publications[.init(name: version.name, version: version.version)]
  }

  /// The first snapshot of a registry; walks the whole chain once.
  ///
  /// `cacheBytes` is what prepared answers may take in memory.
  package init(of registry: Registry, cacheBytes: Int) throws(RegistryError) {
    let tip = try registry.tip()
    let history = try registry.entries(after: 0, upTo: tip)
    try self.init(
      tip, (history, history[...]), [:],
      (PreparedCache(byteLimit: cacheBytes / 2), PreparedCache(byteLimit: cacheBytes / 2)))
  }

  /// The snapshot of a newer state, for which only what is new is walked.
  func advanced(
    to tip: RegistryTip, in registry: Registry, cacheBytes: Int
  ) throws(RegistryError) -> Snapshot {
    let new = try registry.entries(after: self.tip.number, upTo: tip)
    // A yank shows in the header of an exact read, and a first token in who may keep it.
    let isExactMoved = new.contains { $0.action == .yank || Self.enrolls($0.action) }
    return try Snapshot(
      tip, (history + new, new[...]), publications,
      (
        isExactMoved ? PreparedCache(byteLimit: cacheBytes / 2) : exact,
        PreparedCache(byteLimit: cacheBytes / 2)
      ))
  }

  private static func enrolls(_ action: Action) -> Bool { action == .service }

  private init(
    _ tip: RegistryTip, _ history: (all: [HistoryEntry], new: ArraySlice<HistoryEntry>),
    _ publications: [Headline.Publication: Int], _ caches: (PreparedCache, PreparedCache)
  ) throws(RegistryError) {
    self.tip = tip
    self.history = history.all
    (exact, movable) = caches
    var publications = publications
    for entry in history.new {
      for publication in entry.published { publications[publication] = entry.number }
    }
    self.publications = publications
    var tokens: [(hash: [UInt8], holder: Reader)] = []
    for service in try tip.state.services().services {
      for token in service.tokens {
        tokens.append((Array(token.hashText.utf8), Reader(token: token)))
      }
    }
    readers = TokenTable(tokens) { Array(Fingerprint.hex($0).utf8) }
  }
}

import HTTP
import Platform
package import PromptRegistry

/// One verified state with everything that answers need of its past; never changes.
package struct Snapshot: Sendable {
  /// The newest entry and the state after it.
  package let tip: RegistryTip
  /// The newest entries, oldest first: those that came while the service ran.
  let recent: ArraySlice<HistoryEntry>
  /// When it was made, by the monotonic clock.
  let takenAt = Clock.monotonicNanoseconds()
  /// Who may read.
  let readers: TokenTable<Reader>

  /// Answers to exact reads; the next snapshot has the same unless something in them moved.
  let exact: PreparedCache
  /// Answers to reads that the next entry may change.
  let movable: PreparedCache
  /// What answers the targets that were rendered since the last entry.
  let responders = ResponderCache()

  private let resolutions = ResolutionCache()

  /// Whether nobody is enrolled.
  var isOpen: Bool { readers.isEmpty }

  /// The state that is served.
  package var state: State { tip.state }

  /// The version that a reference means in the state, or an error for a reader who may be told of
  /// some names.
  package func resolve(
    _ reference: Reference, whereToldOf mayBeTold: (PromptName) -> Bool
  ) throws(RegistryError) -> Resolved {
    try resolutions.resolve(reference, in: state, whereToldOf: mayBeTold)
  }

  /// Entries that are kept at hand for streams; what is older is read from the ledger.
  static let recentLimit = EventHub.replayLimit

  /// The first snapshot, of a state whose past is at hand.
  ///
  /// `cacheBytes` is what prepared answers may take in memory.
  init(of tip: RegistryTip, cacheBytes: Int) throws(RegistryError) {
    try self.init(
      tip, [],
      (PreparedCache(byteLimit: cacheBytes / 2), PreparedCache(byteLimit: cacheBytes / 2)))
  }

  /// The snapshot of a newer state.
  func advanced(
    to tip: RegistryTip, in registry: Registry, cacheBytes: Int
  ) throws(RegistryError) -> Snapshot {
    let missed = max(self.tip.number, tip.number - Self.recentLimit)
    let new = try registry.entries(after: missed, limit: Self.recentLimit, upTo: tip)
    // A yank shows in the header of an exact read, and a first token in who may keep it.
    let isExactMoved =
      missed > self.tip.number || new.contains { $0.action == .yank || $0.action == .service }
    return try Snapshot(
      tip, (recent + new).suffix(Self.recentLimit),
      (
        isExactMoved ? PreparedCache(byteLimit: cacheBytes / 2) : exact,
        PreparedCache(byteLimit: cacheBytes / 2)
      ))
  }

  private init(
    _ tip: RegistryTip, _ recent: ArraySlice<HistoryEntry>,
    _ caches: (PreparedCache, PreparedCache)
  ) throws(RegistryError) {
    self.tip = tip
    self.recent = recent
    (exact, movable) = caches
    var tokens: [(hash: [UInt8], holder: Reader)] = []
    for service in try tip.state.services().services {
      for token in service.tokens {
        tokens.append((Array(token.hashText.utf8), Reader(token: token)))
      }
    }
    readers = TokenTable(tokens) { Array(Fingerprint.hex($0).utf8) }
  }

  /// The entries after the one with this number, if all of them are at hand.
  func recent(after number: Int) -> ArraySlice<HistoryEntry>? {
    let missing = tip.number - recent.count
    return number < missing ? nil : recent.dropFirst(number - missing)
  }
}

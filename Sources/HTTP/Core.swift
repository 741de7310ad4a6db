import Platform
import Synchronization

/// What all connections of one server share.
final class Core: Sendable {
  let application: Application
  let limits: ServerLimits
  /// Requests that have ended.
  let requests = Tally()
  /// Connections that have begun.
  let connections = Tally()
  /// Rung when the last connection of a daemon closes.
  let departures: Bell
  private let streams = Atomic<Int>(0)
  private let stopping = Atomic(false)

  init(_ application: Application, _ limits: ServerLimits) throws(PlatformError) {
    self.application = application
    self.limits = limits
    departures = try Bell()
  }

  var openStreams: Int { streams.load(ordering: .relaxed) }
  var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }
  func stop() { stopping.store(true, ordering: .sequentiallyConsistent) }

  /// Counts a stream in, unless there are too many or the server stops.
  func admitStream() -> Refusal? {
    if isStopping { return .stopping }
    let count = streams.add(1, ordering: .relaxed).newValue
    guard count > limits.eventStreams else { return nil }
    dismissStream()
    return .tooManyStreams(limit: limits.eventStreams)
  }

  func dismissStream() { streams.subtract(1, ordering: .relaxed) }
}

/// What the callbacks of one daemon get as their context: its connections and streams.
final class DaemonContext: Sendable {
  let core: Core
  /// What each connection's watch begins with.
  let drip: Drip
  private let watches = Mutex<[ObjectIdentifier: Watch]>([:])
  private let streams = Mutex<[ObjectIdentifier: EventStream]>([:])
  private let closing = Atomic(false)

  init(_ core: Core, _ drip: Drip) {
    self.core = core
    self.drip = drip
  }

  var openConnections: Int { watches.withLock { $0.count } }
  /// Whether each answer is the last on its connection.
  var isClosing: Bool { closing.load(ordering: .relaxed) }
  func close() { closing.store(true, ordering: .relaxed) }

  func arrived(_ watch: Watch) {
    core.connections.add()
    watches.withLock { $0[ObjectIdentifier(watch)] = watch }
  }

  func departed(_ watch: Watch) {
    watch.close()
    let wasLast = watches.withLock { watches in
      watches[ObjectIdentifier(watch)] = nil
      return watches.isEmpty
    }
    if wasLast { core.departures.ring() }
  }

  func began(_ stream: EventStream) {
    streams.withLock { $0[ObjectIdentifier(stream)] = stream }
    // Whoever stops the server ended the streams there were; this one came too late for that.
    if core.isStopping { stream.finish() }
  }

  func ended(_ stream: EventStream) {
    streams.withLock { $0[ObjectIdentifier(stream)] = nil }
    core.dismissStream()
  }
}

extension DaemonContext {
  /// Ends what has lasted too long.
  func checkDeadlines() {
    let now = Clock.monotonicNanoseconds()
    for watch in allWatches() { watch.check(now, core.limits) }
    for stream in allStreams() { stream.check() }
  }

  /// Lets each silent stream find out whether its reader is still there.
  func beat() {
    for stream in allStreams() { stream.beat() }
  }

  /// Ends each stream after what is queued.
  func finishStreams() {
    for stream in allStreams() { stream.finish() }
  }

  /// Ends the connections that only wait for another request.
  func stopResting() {
    for watch in allWatches() { watch.stopResting() }
  }

  /// Ends all connections, whatever they do.
  func hangUp() {
    for watch in allWatches() { watch.hangUp() }
  }

  // Copied, so that no lock is held while sockets and streams take theirs.
  private func allWatches() -> [Watch] { watches.withLock { Array($0.values) } }
  private func allStreams() -> [EventStream] { streams.withLock { Array($0.values) } }
}

import Platform
import Synchronization

/// The daemon that accepts connections, and those of former certificates that still have some.
final class DaemonSet: Sendable {
  private struct State {
    var current: Daemon?
    var retired: [Daemon] = []
    /// Since the last heartbeat.
    var ticks = 0
  }

  private let core: Core
  private let threads: Int
  private let ticksPerBeat: Int
  private let state = Mutex(State())

  /// Former daemons beyond this many have their streams ended, the oldest first.
  static let retiredLimit = 4

  init(_ core: Core, _ options: ServerOptions) {
    self.core = core
    threads = options.threads
    ticksPerBeat = max(1, options.limits.heartbeatSeconds * 1000 / options.tickMilliseconds)
  }

  /// Lets a new daemon accept what arrives at `socket`; the one before keeps its connections.
  func start(
    _ socket: borrowing ListeningSocket, _ tls: TLSMaterial?
  ) throws(ServerError) {
    let next = try Daemon(core, socket, threads: threads, tls: tls)
    let excess = state.withLock { state in
      if let former = state.current {
        former.retire()
        state.retired.append(former)
      }
      state.current = next
      return state.retired.dropLast(Self.retiredLimit)
    }
    for daemon in excess { daemon.context.finishStreams() }
  }

  var openConnections: Int { contexts().reduce(0) { $0 + $1.openConnections } }

  /// Ends what has lasted too long, and daemons that nobody uses.
  func tick() {
    let (isBeat, idle) = state.withLock { state in
      state.ticks = (state.ticks + 1) % ticksPerBeat
      let idle = state.retired.filter { $0.context.openConnections == 0 }
      state.retired.removeAll { $0.context.openConnections == 0 }
      return (state.ticks == 0, idle)
    }
    for context in contexts() {
      context.checkDeadlines()
      if isBeat { context.beat() }
    }
    // Stopping a daemon waits for its threads, so it is done when nobody waits for the lock.
    for daemon in idle { daemon.stop() }
  }

  /// Ends everything: what is under way has until `deadline`, by the monotonic clock.
  func stop(deadline: Int64) {
    core.stop()
    let daemons = state.withLock { state in
      defer { state = State() }
      return [state.current].compactMap(\.self) + state.retired
    }
    for daemon in daemons { daemon.retire() }
    for daemon in daemons { daemon.context.finishStreams() }
    let contexts = daemons.map(\.context)
    let polite = Clock.monotonicNanoseconds() + Self.politeNanoseconds
    while contexts.contains(where: { $0.openConnections > 0 }) {
      let now = Clock.monotonicNanoseconds()
      if now >= deadline { break }
      // A client whose request is on its way gets its answer, which says that it is the last.
      if now >= polite { for context in contexts { context.stopResting() } }
      core.departures.wait(milliseconds: Self.stopPollMilliseconds)
    }
    for context in contexts { context.hangUp() }
    for daemon in daemons { daemon.stop() }
  }

  private static let politeNanoseconds: Int64 = 200_000_000
  private static let stopPollMilliseconds = 20

  private func contexts() -> [DaemonContext] {
    state.withLock { state in
      ([state.current].compactMap(\.self) + state.retired).map(\.context)
    }
  }
}

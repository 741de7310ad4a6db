import Platform
import Synchronization

/// The daemon that accepts connections, and those of former certificates that still have some.
final class DaemonSet: Sendable {
  private struct State {
    var current: Daemon?
    var retired: [Daemon] = []
    var beats = 0
  }

  private let core: Core
  private let threads: Int
  private let state = Mutex(State())

  /// Former daemons beyond this many have their connections ended, the oldest first.
  static let retiredLimit = 4
  /// How often `tick` is to be called.
  static let tickMilliseconds = 1000

  init(_ core: Core, threads: Int) {
    self.core = core
    self.threads = threads
  }

  /// Lets a new daemon accept what arrives at `socket`; the one before keeps its connections.
  func start(_ socket: Int32, _ tls: TLSMaterial?) throws(ServerError) {
    let next = try Daemon(core, socket: socket, threads: threads, tls: tls)
    let excess = state.withLock { state -> Daemon? in
      if let former = state.current {
        former.retire()
        state.retired.append(former)
      }
      state.current = next
      return state.retired.count > Self.retiredLimit ? state.retired.removeFirst() : nil
    }
    excess?.context.finishStreams()
  }

  var openConnections: Int { contexts().reduce(0) { $0 + $1.openConnections } }

  /// Once a second: ends what has lasted too long, and daemons that nobody uses.
  func tick() {
    let (beats, idle) = state.withLock { state in
      state.beats = (state.beats + 1) % max(1, core.limits.heartbeatSeconds)
      let idle = state.retired.filter { $0.context.openConnections == 0 }
      state.retired.removeAll { $0.context.openConnections == 0 }
      return (state.beats, idle)
    }
    for context in contexts() {
      context.checkDeadlines()
      if beats == 0 { context.beat() }
    }
    // Stopping a daemon waits for its threads, so it is done when nobody waits for the lock.
    withExtendedLifetime(idle) {}
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
  }

  private static let politeNanoseconds: Int64 = 200_000_000
  private static let stopPollMilliseconds = 20

  private func contexts() -> [DaemonContext] {
    state.withLock { state in
      ([state.current].compactMap(\.self) + state.retired).map(\.context)
    }
  }
}

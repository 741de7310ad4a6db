import Platform
import Synchronization

/// What the keeper's thread may know of a connection while another serves it.
final class Watch: Sendable {
  let socket: Int32
  private let stage = Atomic<Stage>(.resting)
  /// When the stage began, by the monotonic clock.
  private let since = Atomic<Int64>(Clock.monotonicNanoseconds())
  /// Guards the socket's number, which the system gives to somebody else once it is closed.
  private let isOpen = Mutex(true)

  private enum Stage: UInt8, AtomicRepresentable { case resting, serving, streaming }

  init(socket: Int32) { self.socket = socket }

  var startedAt: Int64 { since.load(ordering: .relaxed) }
  var isResting: Bool { stage.load(ordering: .acquiring) == .resting }

  func begin() { enter(.serving) }
  func beginStream() { stage.store(.streaming, ordering: .releasing) }
  func rest() { enter(.resting) }

  /// Ends the connection if its stage has lasted longer than `limits` allow.
  func check(_ now: Int64, _ limits: ServerLimits) {
    let allowed: Int
    switch stage.load(ordering: .acquiring) {
    case .streaming: return
    case .serving: allowed = limits.requestSeconds
    // The library ends those who are silent; this ends those who drip a request line.
    case .resting: allowed = limits.idleSeconds + limits.requestSeconds
    }
    if now - since.load(ordering: .relaxed) > Int64(allowed) * 1_000_000_000 { hangUp() }
  }

  /// Wakes the thread that serves the connection, which then finds it ended.
  func hangUp() { isOpen.withLock { if $0 { Sockets.hangUp(socket) } } }

  /// Ends a connection that waits for a next request, after what has already arrived.
  func stopResting() { isOpen.withLock { if $0, isResting { Sockets.stopReading(socket) } } }

  /// The library is about to close the socket.
  func close() { isOpen.withLock { $0 = false } }

  private func enter(_ next: Stage) {
    // The time first: whoever sees the new stage must not judge it by the old one's age.
    since.store(Clock.monotonicNanoseconds(), ordering: .relaxed)
    stage.store(next, ordering: .releasing)
  }
}

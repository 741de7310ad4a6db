import Platform
import Synchronization

/// What the keeper's thread may know of a connection while another serves it.
final class Watch: Sendable {
  let socket: Int32
  private let stage = Atomic<Stage>(.resting)
  /// From when the deadline of the request runs, or of the rest, by the monotonic clock.
  private let since = Atomic<Int64>(Clock.monotonicNanoseconds())
  /// When the line of the last request was whole.
  private let began = Atomic<Int64>(.min)
  /// The `since` at which the other side was seen to have left.
  private let leftSince = Atomic<Int64>(.min)
  private let drip: Mutex<Drip>
  /// Guards the socket's number, which the system gives to somebody else once it is closed.
  private let isOpen = Mutex(true)

  private enum Stage: UInt8, AtomicRepresentable { case resting, receiving, answering, streaming }

  init(socket: Int32, _ drip: Drip) {
    self.socket = socket
    self.drip = Mutex(drip)
  }

  /// When the line of the last request was whole, by the monotonic clock.
  var startedAt: Int64 { began.load(ordering: .relaxed) }

  func begin() {
    let now = Clock.monotonicNanoseconds()
    began.store(now, ordering: .relaxed)
    let rest = since.load(ordering: .relaxed)
    enter(.receiving, at: drip.withLock { $0.start(in: rest) } ?? now)
  }
  func beginAnswer() { stage.store(.answering, ordering: .releasing) }
  func beginStream() { stage.store(.streaming, ordering: .releasing) }
  func rest() { enter(.resting, at: Clock.monotonicNanoseconds()) }

  /// Ends the connection if its stage has lasted longer than `limits` allow, or if nothing more
  /// can come of it.
  func check(_ now: Int64, _ limits: ServerLimits) {
    let stage = stage.load(ordering: .acquiring)
    let since = since.load(ordering: .relaxed)
    let allowed: Int
    switch stage {
    case .streaming: return
    case .receiving, .answering: allowed = limits.requestSeconds
    // The library ends those who are silent.
    case .resting: allowed = limits.idleSeconds + limits.requestSeconds
    }
    if now - since > Int64(allowed) * 1_000_000_000 { return hangUp() }
    if stage == .answering { return }
    if stage == .resting, isDripping(now, since, limits) { return hangUp() }
    // Of a client who sends half a request and leaves, the library may read the half and miss the
    // leaving. Seen at two checks in a row, it is not just about to read it.
    guard isLeft else { return }
    if leftSince.exchange(since, ordering: .relaxed) == since { hangUp() }
  }

  /// Wakes the thread that serves the connection, which then finds it ended.
  func hangUp() { isOpen.withLock { if $0 { Sockets.hangUp(socket) } } }

  /// Ends a connection that waits for a next request, after what has already arrived.
  func stopResting() {
    isOpen.withLock { isOpen in
      if isOpen, stage.load(ordering: .acquiring) == .resting { Sockets.stopReading(socket) }
    }
  }

  /// The library is about to close the socket.
  func close() { isOpen.withLock { $0 = false } }

  /// Whether the reader of a stream has ended his side.
  var isDeserted: Bool { isOpen.withLock { $0 && Sockets.isHalfClosed(socket) } }

  private var isLeft: Bool { isOpen.withLock { $0 && Sockets.isReadToEnd(socket) } }

  /// Takes note of something that arrived, by the monotonic clock.
  func note(_ arrival: Int64) {
    let rest = since.load(ordering: .relaxed)
    drip.withLock { $0.note(arrival, in: rest) }
  }

  /// Whether a request line has been arriving in pieces for too long.
  private func isDripping(_ now: Int64, _ since: Int64, _ limits: ServerLimits) -> Bool {
    guard let age = isOpen.withLock({ $0 ? Sockets.millisecondsSinceArrival(socket) : nil })
    else { return false }
    note(now - Int64(age) * 1_000_000)
    guard let start = drip.withLock({ $0.start(in: since) }) else { return false }
    return now - start > Int64(limits.requestSeconds) * 1_000_000_000
  }

  private func enter(_ next: Stage, at time: Int64) {
    // The time first: whoever sees the new stage must not judge it by the old one's age.
    since.store(time, ordering: .relaxed)
    stage.store(next, ordering: .releasing)
  }
}

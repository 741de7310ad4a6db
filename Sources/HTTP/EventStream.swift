import CMicroHTTP
import Synchronization

/// One open stream of server-sent events; whoever has events sends them from any thread.
///
/// Nobody waits for its reader: once more than `backlogLimit` bytes wait for him he is dropped.
package final class EventStream: Sendable {
  /// Bytes that may wait for a reader, when nobody says otherwise.
  package static let standardBacklogLimit = 256 * 1024

  /// What the system may hold of a stream whose reader is slow.
  static let sendBuffer: Int32 = 64 * 1024

  private enum Stage { case open, finishing, dropped, over }

  private struct State {
    var stage = Stage.open
    var pending: [UInt8] = []
    var start = 0
    var sent = 0
    /// The connection, while it sleeps because nothing is pending.
    var sleeper: SuspendedConnection?
    /// The connection that serves it.
    var watch: Watch?
    /// Let go with the last connection, as it may hold whoever holds this stream.
    var onEnd: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  private let backlogLimit: Int

  /// A stream that no connection serves yet; `onEnd` is called once, when none will any more.
  package init(
    backlogLimit: Int = standardBacklogLimit, onEnd: @escaping @Sendable () -> Void = {}
  ) {
    self.backlogLimit = backlogLimit
    state.withLock { $0.onEnd = onEnd }
  }

  /// Queues bytes for the reader; false once there is none, or he was too slow.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    let (wasTaken, deserter) = state.withLock { state -> (Bool, Watch?) in
      guard state.stage == .open else { return (false, nil) }
      guard state.pending.count - state.start + bytes.count <= backlogLimit else {
        Self.change(&state, to: .dropped)
        return (false, state.watch)
      }
      state.pending += bytes
      Self.wake(&state)
      return (true, nil)
    }
    deserter?.hangUp()
    return wasTaken
  }

  /// Ends the stream after what is queued.
  package func finish() {
    state.withLock { state in
      if state.stage == .open { Self.change(&state, to: .finishing) }
    }
  }

  /// Whether what is sent may still arrive.
  package var isOpen: Bool { state.withLock { $0.stage == .open } }

  /// Bytes that were handed to the connection so far.
  var sentBytes: Int { state.withLock { $0.sent } }

  /// Sends a comment if nothing else is under way, so that a reader who left is noticed.
  func beat() {
    state.withLock { state in
      guard state.stage == .open, state.pending.isEmpty else { return }
      state.pending += Self.comment
      Self.wake(&state)
    }
  }

  /// Ends the stream if its reader has left: a connection that sleeps does not notice.
  func check() {
    let watch = state.withLock { $0.stage == .open ? $0.watch : nil }
    guard let watch, watch.isDeserted else { return }
    state.withLock { state in
      if state.stage == .open { Self.change(&state, to: .dropped) }
    }
    watch.hangUp()
  }

  /// From now on a connection serves this stream.
  func attach(to watch: Watch) { state.withLock { $0.watch = watch } }

  /// No connection serves this stream any more.
  func detach() {
    let onEnd = state.withLock { state in
      defer { state = State(stage: .over, sent: state.sent) }
      return state.onEnd
    }
    onEnd?()
  }

  /// What the connection is to do next; called on the thread that serves it.
  func read(
    into room: UnsafeMutableRawBufferPointer, for connection: SuspendedConnection
  ) -> Int {
    state.withLock { state in
      let waiting = state.pending.count - state.start
      if state.stage == .dropped { return EventReader.endWithError }
      guard waiting > 0 else {
        if state.stage != .open { return EventReader.endOfStream }
        connection.suspend()
        state.sleeper = connection
        return 0
      }
      let count = min(waiting, room.count)
      unsafe room.copyBytes(from: state.pending[state.start..<state.start + count])
      state.start += count
      state.sent += count
      if state.start == state.pending.count {
        state.pending = []
        state.start = 0
      }
      return count
    }
  }

  private static let comment = Array(":\n\n".utf8)

  private static func change(_ state: inout State, to stage: Stage) {
    state.stage = stage
    if stage == .dropped {
      state.pending = []
      state.start = 0
    }
    wake(&state)
  }

  private static func wake(_ state: inout State) {
    state.sleeper?.resume()
    state.sleeper = nil
  }
}

/// A connection that may be put to sleep and woken; only its stream does so, under a lock.
@safe struct SuspendedConnection: @unchecked Sendable {
  let raw: OpaquePointer

  func suspend() { unsafe MHD_suspend_connection(raw) }
  func resume() { unsafe MHD_resume_connection(raw) }
}

/// What libmicrohttpd holds while it serves a stream.
final class EventReader: Sendable {
  static let endOfStream = -1
  static let endWithError = -2
  static let blockSize = 4096

  let stream: EventStream
  let connection: SuspendedConnection

  init(_ stream: EventStream, _ connection: SuspendedConnection) {
    self.stream = stream
    self.connection = connection
  }

  deinit { stream.detach() }
}

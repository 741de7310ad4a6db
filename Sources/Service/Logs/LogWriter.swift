package import Platform
import Synchronization

/// Writes lines in a thread of its own, so that a request never waits for a disk or a pipe.
package final class LogWriter: Sendable {
  /// Where lines go; it may wait.
  package typealias Sink = @Sendable ([UInt8]) -> Void

  private struct State {
    var pending: [UInt8] = []
    var droppedLines = 0
  }

  private let queue: Queue
  private let ticker: Ticker

  /// Bytes that may wait to be written; more lines than that are dropped and counted.
  package static let pendingByteLimit = 1024 * 1024
  private static let tickMilliseconds = 100
  /// How long the sink may take for the last lines.
  private static let stopMilliseconds = 1000

  /// A writer that hands on what it has ten times a second, until `stop`.
  package init(_ sink: @escaping Sink) throws(PlatformError) {
    let queue = Queue(sink)
    self.queue = queue
    ticker = try Ticker(
      everyMilliseconds: Self.tickMilliseconds, before: { queue.flush() }, { queue.flush() })
  }

  /// Queues a line, which must not hold a line break.
  package func add(_ line: String) { queue.add(line) }

  /// Lines that were lost because the sink was too slow.
  package var droppedLines: Int { queue.droppedLines }

  /// Writes what is queued and ends the thread; what nobody takes is lost after a second.
  package func stop() { ticker.stop(withinMilliseconds: Self.stopMilliseconds) }

  private final class Queue: Sendable {
    private let state = Mutex(State())
    private let sink: Sink

    init(_ sink: @escaping Sink) { self.sink = sink }

    var droppedLines: Int { state.withLock { $0.droppedLines } }

    func add(_ line: String) {
      state.withLock { state in
        guard state.pending.count + line.utf8.count < LogWriter.pendingByteLimit else {
          state.droppedLines += 1
          return
        }
        state.pending += line.utf8
        state.pending.append(UInt8(ascii: "\n"))
      }
    }

    func flush() {
      let pending = state.withLock { state in
        defer { state.pending = [] }
        return state.pending
      }
      if !pending.isEmpty { sink(pending) }
    }
  }
}

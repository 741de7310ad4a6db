import Glibc
import Synchronization

/// A thread that does one thing again and again until it is told to stop.
package final class Ticker: Sendable {
  private let stopping: Bell
  private let ended: Bell
  private let thread: Mutex<pthread_t?>

  /// Calls `first` at once, `tick` every so often from then on, and `last` when told to stop.
  package init(
    everyMilliseconds interval: Int, after first: @escaping @Sendable () -> Void = {},
    before last: @escaping @Sendable () -> Void = {},
    _ tick: @escaping @Sendable () -> Void
  ) throws(PlatformError) {
    let (stopping, ended) = (try Bell(), try Bell())
    self.stopping = stopping
    self.ended = ended
    let work = Work {
      first()
      while !stopping.wait(milliseconds: interval) { tick() }
      last()
      ended.ring()
    }
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(work)
    let code = unsafe pthread_create(&thread, nil, runWork, box.toOpaque())
    guard code == 0 else {
      unsafe box.release()
      throw .of("pthread_create", "ticker", code)
    }
    self.thread = Mutex(thread)
  }

  /// Ends the thread and waits for a tick that is under way; never call it from the tick.
  package func stop() {
    stopping.ring()
    thread.withLock { thread in
      if let running = thread { _ = pthread_join(running, nil) }
      thread = nil
    }
  }

  /// The same with an end to its patience: a thread that waits for something else is left behind.
  package func stop(withinMilliseconds patience: Int) {
    stopping.ring()
    thread.withLock { thread in
      guard let running = thread else { return }
      if ended.wait(milliseconds: patience) {
        _ = pthread_join(running, nil)
      } else {
        _ = pthread_detach(running)
      }
      thread = nil
    }
  }
}

private final class Work: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runWork(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let box = unsafe box else { preconditionFailure("a thread starts with its work") }
  let work = unsafe Unmanaged<Work>.fromOpaque(box).takeRetainedValue()
  work.body()
  return nil
}

import Glibc
import Synchronization

/// A thread that does one thing again and again until it is told to stop.
package final class Ticker: Sendable {
  private let stopping: Bell
  private let thread: Mutex<pthread_t?>

  /// Calls `first` at once, and `tick` every so often from then on.
  package init(
    everyMilliseconds interval: Int, after first: @escaping @Sendable () -> Void = {},
    _ tick: @escaping @Sendable () -> Void
  ) throws(PlatformError) {
    let stopping = try Bell()
    self.stopping = stopping
    let work = Work {
      first()
      while !stopping.wait(milliseconds: interval) { tick() }
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

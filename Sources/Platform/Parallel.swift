import Glibc
import Synchronization

/// The same work on several threads at once, for callers that wait until all of it is done.
package enum Parallel {
  /// How many threads can run at the same time on this machine, at least one.
  package static var width: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Calls `work` once for each number below `count`, each on a thread of its own, and returns when
  /// the last call has returned. One of them runs on the caller's thread.
  ///
  /// Where the system gives no more threads, the calls that are left run one after the other.
  package static func run(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    var left: [Int] = []
    for number in 1..<max(1, count) {
      if let thread = start({ work(number) }) {
        threads.append(thread)
      } else {
        left.append(number)
      }
    }
    if count > 0 { work(0) }
    left.forEach(work)
    for thread in threads { pthread_join(thread, nil) }
  }

  private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(Work(work))
    let code = unsafe pthread_create(&thread, nil, runWork, box.toOpaque())
    if code == 0 { return thread }
    unsafe box.release()
    return nil
  }
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Where a new thread begins.
private func runWork(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let box = unsafe box {
    unsafe Unmanaged<Work>.fromOpaque(box).takeRetainedValue().body()
  }
  return nil
}

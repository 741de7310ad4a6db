import Synchronization
import Testing

@testable import Platform

@Suite struct ParallelTests {
  @Test(arguments: [0, 1, 2, 17])
  func everyNumberIsCalledOnceAndAllAreDoneOnReturn(count: Int) {
    let calls = Mutex<[Int]>([])
    Parallel.run(count) { number in calls.withLock { $0.append(number) } }
    #expect(calls.withLock { $0.sorted() } == Array(0..<count))
  }

  @Test func callsRunAtTheSameTime() {
    // Each call waits for the other: one after the other they would never end.
    let first = Signal()
    let second = Signal()
    Parallel.run(2) { number in
      (number == 0 ? first : second).ring()
      (number == 0 ? second : first).wait()
    }
  }

  @Test func thereIsAtLeastOneProcessor() { #expect(Parallel.width >= 1) }
}

/// Lets one thread wait for another.
private final class Signal: Sendable {
  private let rung = Mutex(false)

  func ring() { rung.withLock { $0 = true } }

  func wait() {
    while !rung.withLock({ $0 }) { Clock.pause(nanoseconds: 100_000) }
  }
}

import HTTP
import Synchronization

/// Durations counted by how long they were; several threads add at once.
package final class Histogram: Sendable {
  /// Upper bounds in nanoseconds, rising; what is longer goes to a last bucket without bound.
  package static let bounds: [Int64] = [
    50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000,
    50_000_000, 100_000_000, 250_000_000, 1_000_000_000, 2_500_000_000, 10_000_000_000,
  ]

  private let buckets = (0...bounds.count).map { _ in Tally() }
  private let total = Atomic<Int64>(0)

  /// A histogram of nothing.
  package init() {}

  /// Counts one duration.
  package func add(nanoseconds: Int64) {
    let bucket = Self.bounds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count
    buckets[bucket].add()
    total.add(nanoseconds, ordering: .relaxed)
  }

  /// Appends the samples of one series; `name` is that of the family.
  package func write(_ name: String, _ labels: [MetricsText.Label], to text: inout MetricsText) {
    // Read once, so that the sum of the buckets is the count even while others add.
    let counts = buckets.map(\.count)
    var running = 0
    for (bound, count) in zip(Self.bounds, counts) {
      running += count
      let edge = MetricsText.number(Double(bound) / 1e9)
      text.sample("\(name)_bucket", labels + [("le", edge)], running)
    }
    running += counts[Self.bounds.count]
    text.sample("\(name)_bucket", labels + [("le", "+Inf")], running)
    text.sample(
      "\(name)_sum", labels, seconds: Double(total.load(ordering: .relaxed)) / 1e9)
    text.sample("\(name)_count", labels, running)
  }
}

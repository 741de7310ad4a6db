import Synchronization

/// Prepared answers by the exact bytes of a request's target, within a budget of memory; those not
/// asked for lately make room.
package final class PreparedCache: Sendable {
  /// Two generations, each of at most half the budget: what is asked for moves to the younger, and
  /// when that is full it becomes the older, whose rest is forgotten.
  private struct Generations {
    var younger = Generation()
    var older = Generation()
  }

  private struct Generation {
    var table = TargetTable<Prepared>()
    var cost = 0

    mutating func insert(_ target: Span<UInt8>, _ prepared: Prepared) {
      cost += prepared.cost + target.count
      if let former = table.insert(target, prepared) { cost -= former.cost + target.count }
    }
  }

  private let generations = Mutex(Generations())
  private let byteLimit: Int

  /// An empty cache; with a limit of 0 it stays empty.
  package init(byteLimit: Int) { self.byteLimit = byteLimit }

  /// About how many bytes of memory the answers take.
  package var cost: Int { generations.withLock { $0.younger.cost + $0.older.cost } }

  /// The answer for a target, if it is still there.
  package func find(_ target: Span<UInt8>) -> Prepared? {
    let (younger, older) = generations.withLock { generations in
      let younger = generations.younger.table.find(target)
      return (younger, younger == nil ? generations.older.table.find(target) : nil)
    }
    if let younger { return younger }
    if let older { insert(target, older) }
    return older
  }

  /// Keeps an answer, unless it takes more than half of the budget by itself.
  package func insert(_ target: Span<UInt8>, _ prepared: Prepared) {
    let cost = prepared.cost + target.count
    guard cost <= byteLimit / 2 else { return }
    generations.withLock { generations in
      if generations.younger.cost + cost > byteLimit / 2 {
        generations.older = generations.younger
        generations.younger = Generation()
      }
      generations.younger.insert(target, prepared)
    }
  }

  /// Forgets everything.
  package func removeAll() { generations.withLock { $0 = Generations() } }
}

import Synchronization

/// Prepared answers by the exact bytes of a request's target; never changes.
package struct PreparedTable: Sendable {
  private let table: TargetTable

  /// A table in which the last of several equal targets counts.
  package init(_ entries: [(target: String, prepared: Prepared)]) {
    var table = TargetTable(capacity: entries.count)
    for entry in entries { table.insert(Array(entry.target.utf8), entry.prepared) }
    self.table = table
  }

  /// How many answers there are.
  package var count: Int { table.count }

  /// About how many bytes of memory they take.
  package var cost: Int { table.cost }

  /// The answer for a target, compared byte for byte.
  package func find(_ target: Span<UInt8>) -> Prepared? { table.find(target) }
}

/// Prepared answers within a budget of memory; those not asked for lately make room.
package final class PreparedCache: Sendable {
  /// Two generations, each of at most half the budget: what is asked for moves to the younger, and
  /// when that is full it becomes the older, whose rest is forgotten.
  private struct Generations {
    var younger = TargetTable()
    var older = TargetTable()
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
      let younger = generations.younger.find(target)
      return (younger, younger == nil ? generations.older.find(target) : nil)
    }
    if let younger { return younger }
    if let older { insert(target, older) }
    return older
  }

  /// Keeps an answer, unless it takes more than half of the budget by itself.
  package func insert(_ target: Span<UInt8>, _ prepared: Prepared) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(target.count)
    for index in target.indices { bytes.append(target[index]) }
    guard prepared.cost + bytes.count <= byteLimit / 2 else { return }
    generations.withLock { generations in
      if generations.younger.cost + prepared.cost + bytes.count > byteLimit / 2 {
        generations.older = generations.younger
        generations.younger = TargetTable()
      }
      generations.younger.insert(bytes, prepared)
    }
  }

  /// Forgets everything.
  package func removeAll() { generations.withLock { $0 = Generations() } }
}

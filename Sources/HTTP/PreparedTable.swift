/// Prepared answers by the exact bytes of a request's target; never changes.
package struct PreparedTable: Sendable {
  /// How many answers there are.
  package let count: Int
  private let mask: Int
  /// The hash of each slot's target; meaningless where `slots` holds nothing.
  private let hashes: [UInt64]
  private let slots: [Entry?]

  private struct Entry: Sendable {
    let target: [UInt8]
    let prepared: Prepared
  }

  /// A table in which the last of several equal targets counts.
  package init(_ entries: [(target: String, prepared: Prepared)]) {
    // At most half full, so that a search ends soon.
    var capacity = 8
    while capacity < entries.count * 2 { capacity *= 2 }
    mask = capacity - 1
    var hashes = [UInt64](repeating: 0, count: capacity)
    var slots = [Entry?](repeating: nil, count: capacity)
    var count = 0
    for entry in entries {
      let target = Array(entry.target.utf8)
      let hash = TargetHash.of(target.span)
      var slot = Int(truncatingIfNeeded: hash) & mask
      while let other = slots[slot], other.target != target { slot = (slot + 1) & mask }
      if slots[slot] == nil { count += 1 }
      hashes[slot] = hash
      slots[slot] = Entry(target: target, prepared: entry.prepared)
    }
    self.hashes = hashes
    self.slots = slots
    self.count = count
  }

  /// The answer for a target, compared byte for byte.
  package func find(_ target: Span<UInt8>) -> Prepared? {
    let hash = TargetHash.of(target)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while let entry = slots[slot] {
      if hashes[slot] == hash, TargetHash.areEqual(entry.target.span, target) {
        return entry.prepared
      }
      slot = (slot + 1) & mask
    }
    return nil
  }
}

/// Hashing and comparing of targets; the keys are ours, so no secret is needed.
enum TargetHash {
  static func of(_ bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }

  static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }
}

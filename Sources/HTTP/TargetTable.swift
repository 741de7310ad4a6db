/// An open-addressing hash table from the bytes of targets to what is prepared for them.
///
/// A target is looked up where it lies, without making a key of it; nothing is ever removed.
struct TargetTable<Entry: Sendable>: Sendable {
  private(set) var count = 0
  private var mask: Int
  /// The hash of each slot's target; 0 where a slot is free.
  private var hashes: [UInt64]
  private var targets: [[UInt8]]
  private var entries: [Entry?]

  init(capacity: Int = 0) {
    // At most half full, so that a search ends soon.
    var slots = 8
    while slots < capacity * 2 { slots *= 2 }
    mask = slots - 1
    hashes = Array(repeating: 0, count: slots)
    targets = Array(repeating: [], count: slots)
    entries = Array(repeating: nil, count: slots)
  }

  func find(_ target: Span<UInt8>) -> Entry? { entries[slot(of: target, Self.hash(target))] }

  /// Adds an entry, or gives back the one in whose place it is put.
  @discardableResult
  mutating func insert(_ target: Span<UInt8>, _ entry: Entry) -> Entry? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(target.count)
    for index in target.indices { bytes.append(target[index]) }
    return insert(bytes, entry)
  }

  @discardableResult
  private mutating func insert(_ target: [UInt8], _ entry: Entry) -> Entry? {
    if count * 2 >= hashes.count { grow() }
    let hash = Self.hash(target.span)
    let slot = slot(of: target.span, hash)
    let former = entries[slot]
    if former == nil { count += 1 }
    hashes[slot] = hash
    targets[slot] = target
    entries[slot] = entry
    return former
  }

  private mutating func grow() {
    var larger = TargetTable(capacity: hashes.count)
    for slot in hashes.indices {
      if let entry = entries[slot] { larger.insert(targets[slot], entry) }
    }
    self = larger
  }

  /// Where the target is, or where it would go.
  private func slot(of target: Span<UInt8>, _ hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while hashes[slot] != 0 {
      if hashes[slot] == hash, Self.areEqual(targets[slot], target) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// FNV-1a. The keys are ours, not those of whoever asks, so that no secret is needed.
  private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    return (hash ^ (hash >> 32)) | 1 << 63
  }

  private static func areEqual(_ left: [UInt8], _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in right.indices where left[index] != right[index] { return false }
    return true
  }
}

/// A map that keeps the order in which its keys first came; keys are told apart by their bytes.
package struct ValueMap: Sendable {
  /// A key and its value.
  package typealias Entry = (key: String, value: Value)

  /// The pairs in order, each key once.
  package private(set) var entries: [Entry] = []

  /// An open-addressed hash table of places in `entries` plus one; empty while a scan is faster.
  private var table: [Int32] = []

  /// Up to this many keys a scan is faster than a hash, and nothing is allocated for one.
  private static let scanLimit = 8

  /// A map without keys.
  package init() {}

  /// Later pairs replace the value of an earlier pair of the same key and keep its place.
  package init(_ pairs: some Sequence<(String, Value)>) {
    for (key, value) in pairs { self[key] = value }
  }

  /// The number of keys.
  package var count: Int { entries.count }

  /// Whether there is no key.
  package var isEmpty: Bool { entries.isEmpty }

  /// The keys in order, in an array made anew by each call.
  package var keys: [String] { entries.map(\.key) }

  /// The values in the order of the keys, in an array made anew by each call.
  package var values: [Value] { entries.map(\.value) }

  /// Reading a missing key gives nil; writing nil removes the key.
  package subscript(key: String) -> Value? {
    get { place(of: key).map { entries[$0].value } }
    set {
      switch (place(of: key), newValue) {
      case (let place?, let value?): entries[place].value = value
      case (nil, let value?): append(key, value)
      case (let place?, nil): remove(at: place)
      case (nil, nil): break
      }
    }
  }

  /// Adds a key at the end, or changes nothing and returns false if it is already there.
  package mutating func add(_ key: String, _ value: Value) -> Bool {
    guard place(of: key) == nil else { return false }
    append(key, value)
    return true
  }

  /// Makes room before a known number of additions.
  package mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(count)
  }
}

extension ValueMap: Hashable {
  package static func == (left: ValueMap, right: ValueMap) -> Bool {
    guard left.count == right.count else { return false }
    return left.entries.indices.allSatisfy { place in
      let (key, value) = left.entries[place]
      return key.hasSameBytes(as: right.entries[place].key)
        ? value == right.entries[place].value : value == right[key]
    }
  }

  package func hash(into hasher: inout Hasher) {
    var total = 0
    for (key, value) in entries {
      var each = Hasher()
      key.hashBytes(into: &each)
      each.combine(value)
      total ^= each.finalize()
    }
    hasher.combine(total)
  }
}

extension ValueMap {
  private func place(of key: String) -> Int? {
    guard !table.isEmpty else {
      return entries.firstIndex { $0.key.hasSameBytes(as: key) }
    }
    let found = table[slot(of: key)]
    return found == 0 ? nil : Int(found) - 1
  }

  private mutating func append(_ key: String, _ value: Value) {
    entries.append((key, value))
    if !table.isEmpty, entries.count * 2 <= table.count {
      table[slot(of: key)] = Int32(entries.count)
    } else if entries.count > Self.scanLimit {
      index()
    }
  }

  private mutating func remove(at place: Int) {
    entries.remove(at: place)
    index()
  }

  /// Builds the table anew, at most half full for twice as many keys as there are.
  private mutating func index() {
    table = []
    guard entries.count > Self.scanLimit else { return }
    var size = 4 * Self.scanLimit
    while size < entries.count * 4 { size *= 2 }
    table = Array(repeating: 0, count: size)
    for place in entries.indices {
      table[slot(of: entries[place].key)] = Int32(place + 1)
    }
  }

  /// The slot that holds the key, or the free one where it belongs.
  private func slot(of key: String) -> Int {
    var hasher = Hasher()
    key.hashBytes(into: &hasher)
    var slot = hasher.finalize() & (table.count - 1)
    while table[slot] != 0, !entries[Int(table[slot]) - 1].key.hasSameBytes(as: key) {
      slot = (slot + 1) & (table.count - 1)
    }
    return slot
  }
}

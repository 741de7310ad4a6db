/// A map that keeps the order in which its keys first came.
package struct ValueMap: Sendable {
  /// The keys, in order, each once.
  package private(set) var keys: [String] = []
  /// The values, one a key, in the same order.
  package private(set) var values: [Value] = []
  private var places: [String: Int] = [:]

  /// Up to this many keys a scan is faster than a hash, and nothing is allocated for one.
  private static let scanLimit = 8

  package init() {}

  /// Later pairs replace the value of an earlier pair of the same key and keep its place.
  package init(_ pairs: some Sequence<(String, Value)>) {
    for (key, value) in pairs { self[key] = value }
  }

  package var count: Int { keys.count }
  package var isEmpty: Bool { keys.isEmpty }

  /// The pairs in order.
  package var entries: Zip2Sequence<[String], [Value]> { zip(keys, values) }

  /// Reading a missing key gives nil; writing nil removes the key.
  package subscript(key: String) -> Value? {
    get { place(of: key).map { values[$0] } }
    set {
      switch (place(of: key), newValue) {
      case (let place?, let value?): values[place] = value
      case (nil, let value?): append(key, value)
      case (let place?, nil): remove(at: place)
      case (nil, nil): break
      }
    }
  }
}

extension ValueMap: Hashable {
  package static func == (left: ValueMap, right: ValueMap) -> Bool {
    left.count == right.count && left.entries.allSatisfy { right[$0] == $1 }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for key in keys.sorted() { hasher.combine(key) }
  }
}

extension ValueMap {
  private func place(of key: String) -> Int? {
    keys.count > Self.scanLimit ? places[key] : keys.firstIndex(of: key)
  }

  private mutating func append(_ key: String, _ value: Value) {
    keys.append(key)
    values.append(value)
    if keys.count == Self.scanLimit + 1 {
      index()
    } else if keys.count > Self.scanLimit {
      places[key] = keys.count - 1
    }
  }

  private mutating func remove(at place: Int) {
    keys.remove(at: place)
    values.remove(at: place)
    index()
  }

  private mutating func index() {
    places = [:]
    guard keys.count > Self.scanLimit else { return }
    for (place, key) in keys.enumerated() { places[key] = place }
  }
}

/// What was used a moment ago, by some key: two halves, of which the one that was not used for
/// longer goes as a whole.
struct Recent<Key: Hashable, Value> {
  private let sizeLimit: Int
  private var new: [Key: Entry] = [:]
  private var old: [Key: Entry] = [:]
  private var newSize = 0

  private struct Entry {
    let value: Value
    let size: Int
  }

  /// Keeps no more than so many bytes.
  init(sizeLimit: Int) { self.sizeLimit = sizeLimit }

  subscript(key: Key) -> Value? {
    mutating get {
      if let entry = new[key] { return entry.value }
      guard let entry = old.removeValue(forKey: key) else { return nil }
      keep(entry.value, size: entry.size, for: key)
      return entry.value
    }
  }

  /// Keeps a value of so many bytes; one that takes a quarter of all room is not worth it.
  mutating func keep(_ value: Value, size: Int, for key: Key) {
    guard size < sizeLimit / 4 else { return }
    if newSize + size > sizeLimit / 2 {
      old = new
      new = [:]
      newSize = 0
    }
    if new.updateValue(Entry(value: value, size: size), forKey: key) == nil { newSize += size }
  }
}

import CGit2

/// The raw bytes of a tree that is canonical, and where each entry stands in them: made once, then
/// looked into and compared often. Names become text only where somebody asks for it.
struct CheckedTree {
  private let bytes: [UInt8]
  private let entries: [TreeReader.Entry]

  /// Refuses whatever is not canonical, and no entries.
  init(_ bytes: [UInt8]) throws(TreeProblem) {
    var reader = TreeReader()
    var entries: [TreeReader.Entry] = []
    entries.reserveCapacity(bytes.count / 32 + 1)
    while let entry = try reader.next(in: bytes.span) { entries.append(entry) }
    if entries.isEmpty { throw .empty }
    self.bytes = bytes
    self.entries = entries
  }

  var count: Int { entries.count }
  /// About how much memory it takes, in bytes.
  var size: Int { bytes.count + entries.count * MemoryLayout<TreeReader.Entry>.stride }

  func kind(at place: Int) -> TreeEntry.Kind { entries[place].kind }

  func id(at place: Int) -> ObjectID { ObjectID(bytes, at: entries[place].idStart) }

  func name(at place: Int) -> String {
    String(decoding: bytes[entries[place].name], as: UTF8.self)
  }

  /// The place of an entry; costs a binary search.
  func place(of name: [UInt8], _ kind: TreeEntry.Kind) -> Int? {
    let wanted = TreeReader.Entry(kind: kind, name: name.indices)
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let order = TreeOrder.compare(bytes.span, entries[middle], name.span, wanted)
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Negative where git sorts an entry before that of another tree; zero where they are one name.
  func order(_ place: Int, _ other: CheckedTree, _ otherPlace: Int) -> Int {
    TreeOrder.compare(bytes.span, entries[place], other.bytes.span, other.entries[otherPlace])
  }

  /// Whether an entry is the same in both trees, its object too.
  func isSame(_ place: Int, _ other: CheckedTree, _ otherPlace: Int) -> Bool {
    let (one, two) = (entries[place], other.entries[otherPlace])
    guard one.name.count == two.name.count, one.kind == two.kind else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe other.bytes.withUnsafeBytes { others in
        guard let mine = bytes.baseAddress, let theirs = others.baseAddress else { return false }
        return unsafe memcmp(
          mine + one.name.lowerBound, theirs + two.name.lowerBound, one.end - one.name.lowerBound)
          == 0
      }
    }
  }
}

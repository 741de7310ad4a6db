/// Reads the raw bytes of a tree entry by entry, and checks each against those before it.
///
/// Names are ranges of the bytes: looking for one name in a large tree makes no strings.
struct TreeReader {
  struct Entry {
    let kind: TreeEntry.Kind
    let name: Range<Int>
    let idStart: Int
  }

  private let bytes: [UInt8]
  private var offset = 0
  private var previous: Entry?
  /// Earlier files whose names begin the names after them: a folder of such a name is a duplicate,
  /// though others (`a`, `a.b`, `a/`) stand between the two.
  private var openFiles: [Range<Int>] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next entry, or nil after the last.
  mutating func next() throws(TreeProblem) -> Entry? {
    if offset == bytes.count { return nil }
    let entry = try parse()
    try checkName(entry.name)
    if let previous { try checkOrder(previous, entry) }
    try checkOpenFiles(entry)
    previous = entry
    offset = entry.idStart + ObjectID.size
    return entry
  }

  func text(_ name: Range<Int>) -> String { String(decoding: bytes[name], as: UTF8.self) }

  func id(_ entry: Entry) -> ObjectID { ObjectID(bytes, at: entry.idStart) }

  func isNamed(_ entry: Entry, _ name: [UInt8]) -> Bool {
    guard entry.name.count == name.count else { return false }
    // Names of one folder tend to differ at their ends.
    for place in name.indices.reversed()
    where bytes[entry.name.lowerBound + place] != name[place] {
      return false
    }
    return true
  }
}

extension TreeReader {
  private static let fileMode = Array("100644 ".utf8)
  private static let folderMode = Array("40000 ".utf8)

  private func parse() throws(TreeProblem) -> Entry {
    if begins(with: Self.fileMode) {
      return try entry(.file, nameStart: offset + Self.fileMode.count)
    }
    if begins(with: Self.folderMode) {
      return try entry(.folder, nameStart: offset + Self.folderMode.count)
    }
    guard let space = bytes[offset...].prefix(8).firstIndex(of: UInt8(ascii: " ")) else {
      throw .malformed(offset: offset)
    }
    let name = try entry(.file, nameStart: space + 1).name
    throw .mode(name: text(name), mode: text(offset..<space))
  }

  private func begins(with mode: [UInt8]) -> Bool {
    guard offset + mode.count <= bytes.count else { return false }
    for place in mode.indices where bytes[offset + place] != mode[place] { return false }
    return true
  }

  private func entry(
    _ kind: TreeEntry.Kind, nameStart: Int
  ) throws(TreeProblem) -> Entry {
    var end = nameStart
    while end < bytes.count && bytes[end] != 0 { end += 1 }
    guard end + ObjectID.size < bytes.count else { throw .malformed(offset: offset) }
    return Entry(kind: kind, name: nameStart..<end, idStart: end + 1)
  }

  private func checkName(_ name: Range<Int>) throws(TreeProblem) {
    guard Self.isAllowed(bytes[name]) else { throw .name(text(name)) }
  }

  /// Whether git lets a tree have the name: one part of a path, in UTF-8, and no form of `.git`.
  static func isAllowed(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    guard let first = name.first else { return false }
    var isPlain = first != UInt8(ascii: ".")
    for byte in name {
      if byte == UInt8(ascii: "/") || byte == 0 { return false }
      if byte >= 0x80 || byte == UInt8(ascii: "~") { isPlain = false }
    }
    // Nearly all names are plain, and for those no text is made.
    if isPlain { return true }
    guard let text = String(validating: name, as: UTF8.self) else { return false }
    return ![".", "..", ".git", "git~1"].contains(text.lowercased())
  }

  private func checkOrder(_ first: Entry, _ second: Entry) throws(TreeProblem) {
    switch compare(first, second) {
    case ..<0: return
    case 0: throw .duplicate(name: text(second.name))
    default: throw .unsorted(name: text(second.name))
    }
  }

  /// Negative where git sorts the first entry before the second; zero where they are one name.
  private func compare(_ first: Entry, _ second: Entry) -> Int {
    let common = min(first.name.count, second.name.count)
    for place in 0..<common {
      let left = bytes[first.name.lowerBound + place]
      let right = bytes[second.name.lowerBound + place]
      if left != right { return Int(left) - Int(right) }
    }
    return Int(byte(first, common)) - Int(byte(second, common))
  }

  /// The byte that git compares at a place of a name.
  private func byte(_ entry: Entry, _ place: Int) -> UInt8 {
    place < entry.name.count
      ? bytes[entry.name.lowerBound + place] : TreeOrder.end(entry.kind)
  }

  private func begins(_ name: Range<Int>, with start: Range<Int>) -> Bool {
    guard start.count <= name.count else { return false }
    for place in 0..<start.count
    where bytes[name.lowerBound + place] != bytes[start.lowerBound + place] {
      return false
    }
    return true
  }

  private mutating func checkOpenFiles(_ entry: Entry) throws(TreeProblem) {
    while let file = openFiles.last, !begins(entry.name, with: file) { openFiles.removeLast() }
    switch entry.kind {
    case .file:
      openFiles.append(entry.name)
    case .folder:
      if openFiles.last?.count == entry.name.count {
        throw .duplicate(name: text(entry.name))
      }
    }
  }
}

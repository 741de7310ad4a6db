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

  func isNamed(_ entry: Entry, _ name: Substring.UTF8View) -> Bool {
    entry.name.count == name.count && bytes[entry.name].elementsEqual(name)
  }
}

extension TreeReader {
  private static let fileMode = Array("100644 ".utf8)
  private static let folderMode = Array("40000 ".utf8)

  private func parse() throws(TreeProblem) -> Entry {
    guard let space = bytes[offset...].prefix(8).firstIndex(of: UInt8(ascii: " ")),
      let end = bytes[space...].firstIndex(of: 0), end + ObjectID.size < bytes.count
    else { throw .malformed(offset: offset) }
    let name = space + 1..<end
    let mode = bytes[offset...space]
    if mode.elementsEqual(Self.fileMode) {
      return Entry(kind: .file, name: name, idStart: end + 1)
    }
    if mode.elementsEqual(Self.folderMode) {
      return Entry(kind: .folder, name: name, idStart: end + 1)
    }
    throw .mode(name: text(name), mode: text(offset..<space))
  }

  private func checkName(_ name: Range<Int>) throws(TreeProblem) {
    guard Self.isAllowed(bytes[name]) else { throw .name(text(name)) }
  }

  /// Whether git lets a tree have the name: one part of a path, in UTF-8, and no form of `.git`.
  static func isAllowed(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    guard let first = name.first, !name.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }),
      let text = String(validating: name, as: UTF8.self)
    else { return false }
    guard first == UInt8(ascii: ".") || name.contains(UInt8(ascii: "~")) else { return true }
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

  private mutating func checkOpenFiles(_ entry: Entry) throws(TreeProblem) {
    while let file = openFiles.last, !bytes[entry.name].starts(with: bytes[file]) {
      openFiles.removeLast()
    }
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

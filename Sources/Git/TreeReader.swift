/// Reads the raw bytes of a tree entry by entry, and checks each against those before it.
///
/// Names are ranges of the bytes, which every call is given: no strings are made.
struct TreeReader {
  struct Entry {
    let kind: TreeEntry.Kind
    let name: Range<Int>

    var idStart: Int { name.upperBound + 1 }
    var end: Int { idStart + ObjectID.size }
  }

  private var offset = 0
  private var previous: Entry?
  /// Earlier files whose names begin the names after them: a folder of such a name is a duplicate,
  /// though others (`a`, `a.b`, `a/`) stand between the two.
  private var openFiles: [Range<Int>] = []

  /// The next entry, or nil after the last.
  mutating func next(in bytes: Span<UInt8>) throws(TreeProblem) -> Entry? {
    if offset == bytes.count { return nil }
    let entry = try parse(bytes)
    if let previous { try checkOrder(previous, entry, in: bytes) }
    try checkOpenFiles(entry, in: bytes)
    previous = entry
    offset = entry.end
    return entry
  }

  /// Whether git lets a tree have the name: one part of a path, in UTF-8, and no form of `.git`.
  static func isAllowed(_ name: some Collection<UInt8>) -> Bool {
    guard !name.isEmpty, !name.contains(where: { $0 == slash || $0 == 0 }),
      let text = String(validating: name, as: UTF8.self)
    else { return false }
    return ![".", "..", ".git", "git~1"].contains(text.lowercased())
  }
}

extension TreeReader {
  private static let fileMode = Array("100644 ".utf8)
  private static let folderMode = Array("40000 ".utf8)
  private static let slash = UInt8(ascii: "/")

  private func parse(_ bytes: Span<UInt8>) throws(TreeProblem) -> Entry {
    if begins(with: Self.fileMode, bytes) {
      return try entry(.file, nameStart: offset + Self.fileMode.count, bytes)
    }
    if begins(with: Self.folderMode, bytes) {
      return try entry(.folder, nameStart: offset + Self.folderMode.count, bytes)
    }
    guard let space = (offset..<bytes.count).prefix(8).first(where: { bytes[$0] == 0x20 }) else {
      throw .malformed(offset: offset)
    }
    let name = try entry(.file, nameStart: space + 1, bytes).name
    throw .mode(name: Self.text(name, bytes), mode: Self.text(offset..<space, bytes))
  }

  private func begins(with mode: [UInt8], _ bytes: Span<UInt8>) -> Bool {
    guard offset + mode.count <= bytes.count else { return false }
    for place in mode.indices where bytes[offset + place] != mode[place] { return false }
    return true
  }

  private func entry(
    _ kind: TreeEntry.Kind, nameStart: Int, _ bytes: Span<UInt8>
  ) throws(TreeProblem) -> Entry {
    var end = nameStart
    // Nearly all names are plain, and of those no text is made to see that they are allowed.
    var isPlain = nameStart < bytes.count && bytes[nameStart] != UInt8(ascii: ".")
    while end < bytes.count, case let byte = bytes[end], byte != 0 {
      if byte >= UInt8(ascii: "~") || byte == Self.slash { isPlain = false }
      end += 1
    }
    guard end + ObjectID.size < bytes.count else { throw .malformed(offset: offset) }
    let name = nameStart..<end
    guard isPlain && !name.isEmpty || Self.isAllowed(name.map { bytes[$0] }) else {
      throw .name(Self.text(name, bytes))
    }
    return Entry(kind: kind, name: name)
  }

  private static func text(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    String(decoding: range.map { bytes[$0] }, as: UTF8.self)
  }
}

// MARK: - Beside those before it

extension TreeReader {
  private func checkOrder(
    _ first: Entry, _ second: Entry, in bytes: Span<UInt8>
  ) throws(TreeProblem) {
    switch TreeOrder.compare(bytes, first, bytes, second) {
    case ..<0: return
    case 0: throw .duplicate(name: Self.text(second.name, bytes))
    default: throw .unsorted(name: Self.text(second.name, bytes))
    }
  }

  private mutating func checkOpenFiles(
    _ entry: Entry, in bytes: Span<UInt8>
  ) throws(TreeProblem) {
    while let file = openFiles.last, !begins(entry.name, with: file, in: bytes) {
      openFiles.removeLast()
    }
    switch entry.kind {
    case .file:
      openFiles.append(entry.name)
    case .folder:
      if openFiles.last?.count == entry.name.count {
        throw .duplicate(name: Self.text(entry.name, bytes))
      }
    }
  }

  private func begins(
    _ name: Range<Int>, with start: Range<Int>, in bytes: Span<UInt8>
  ) -> Bool {
    guard start.count <= name.count else { return false }
    for place in 0..<start.count
    where bytes[name.lowerBound + place] != bytes[start.lowerBound + place] {
      return false
    }
    return true
  }
}

/// Git's order of the names in a tree: by their bytes, a folder's as if it ended with a slash.
enum TreeOrder {
  typealias Name = (name: String, kind: TreeEntry.Kind)

  /// Negative where git sorts the first name before the second; zero where they are one name.
  static func compare(
    _ first: Span<UInt8>, _ one: TreeReader.Entry, _ second: Span<UInt8>, _ two: TreeReader.Entry
  ) -> Int {
    let common = min(one.name.count, two.name.count)
    for place in 0..<common {
      let left = first[one.name.lowerBound + place]
      let right = second[two.name.lowerBound + place]
      if left != right { return Int(left) - Int(right) }
    }
    return Int(byte(first, one, common)) - Int(byte(second, two, common))
  }

  static func precedes(_ left: Name, _ right: Name) -> Bool {
    var (rest, other) = (left.name.utf8.makeIterator(), right.name.utf8.makeIterator())
    while true {
      switch (rest.next(), other.next()) {
      case (let one?, let two?):
        if one != two { return one < two }
      case (let one, let two):
        return (one ?? end(left.kind)) < (two ?? end(right.kind))
      }
    }
  }

  /// The byte that git compares at a place of a name.
  private static func byte(
    _ bytes: Span<UInt8>, _ entry: TreeReader.Entry, _ place: Int
  ) -> UInt8 {
    place < entry.name.count ? bytes[entry.name.lowerBound + place] : end(entry.kind)
  }

  /// What git compares behind the last byte of a name.
  private static func end(_ kind: TreeEntry.Kind) -> UInt8 {
    switch kind {
    case .file: 0
    case .folder: UInt8(ascii: "/")
    }
  }
}

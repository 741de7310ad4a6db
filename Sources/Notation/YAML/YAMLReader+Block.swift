// Nodes whose extent is given by their indentation.

extension YAMLReader {
  /// What a value stands behind.
  enum Lead {
    /// A key, or `---`: on its line only scalars and brackets may follow.
    case key
    /// `-`.
    case dash
    /// `?`, or the `:` of such a key.
    case mark
  }

  /// Whether a list or map may begin by its indentation where a node stands.
  enum Blocks {
    case allowed
    case notInThisLine
    case behindTab
  }

  /// The node behind a lead, on its line or on lines indented deeper than `parent`; or nothing.
  mutating func blockValue(under parent: Int, behind lead: Lead) throws(Fault) -> Part {
    let (start, position) = (offset, here())
    let hasTab = takeBlanks()
    if let byte = next, !byte.isBreak, byte != UInt8(ascii: "#") {
      let blocks: Blocks = lead == .key ? .notInThisLine : hasTab ? .behindTab : .allowed
      return try blockNode(under: parent, column: column, blocks)
    }
    offset = start
    try endLine()
    if indent > parent {
      return try blockNode(under: parent, column: indent, isBehindTab ? .behindTab : .allowed)
    }
    if indent == parent, indent >= 0, lead != .dash, isAt(indicator: UInt8(ascii: "-")) {
      guard !isBehindTab else { throw malformed(.tabAsIndent) }
      return try blockList(column: indent)
    }
    return null(at: position)
  }

  mutating func blockNode(
    under parent: Int, column: Int, _ blocks: Blocks
  ) throws(Fault) -> Part {
    switch next {
    case UInt8(ascii: "-") where isAt(indicator: UInt8(ascii: "-")):
      try require(blocks, at: offset)
      return try blockList(column: column)
    case UInt8(ascii: "?") where isAt(indicator: UInt8(ascii: "?")),
      UInt8(ascii: ":") where isAt(indicator: UInt8(ascii: ":")):
      try require(blocks, at: offset)
      return try blockMap(column: column, firstKey: nil)
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      return try blockScalar(under: parent)
    default:
      let (start, line) = (offset, lineStart)
      let node = try inlineNode(.block(minimumIndent: parent + 1))
      guard takesColon() else {
        try endLine()
        return node
      }
      guard lineStart == line else { throw malformed(.keyWithinText, at: contentStart) }
      try require(blocks, at: start)
      try checkKeyLength(from: start)
      return try blockMap(column: column, firstKey: try key(node))
    }
  }

  private func require(_ blocks: Blocks, at offset: Int) throws(Fault) {
    switch blocks {
    case .allowed: break
    case .notInThisLine: throw malformed(.blockInLine, at: offset)
    case .behindTab: throw malformed(.tabAsIndent, at: offset)
    }
  }

  /// Whether the next content is another entry of the list or map at this column.
  private func continues(at column: Int) throws(Fault) -> Bool {
    guard indent <= column else { throw malformed(.wrongIndent) }
    guard indent == column else { return false }
    guard !isBehindTab else { throw malformed(.tabAsIndent) }
    return true
  }
}

// MARK: - Lists

extension YAMLReader {
  private mutating func blockList(column: Int) throws(Fault) -> Part {
    let position = here()
    try enter(at: offset)
    var values: [Value] = []
    var places: [Place] = []
    repeat {
      offset += 1
      let part = try blockValue(under: column, behind: .dash)
      values.append(part.value)
      places.append(part.place)
    } while try continues(at: column) && isAt(indicator: UInt8(ascii: "-"))
    leave()
    return part(.list(values), .list(.block, places), at: position)
  }
}

// MARK: - Maps

extension YAMLReader {
  /// A key and where it begins.
  struct Key {
    let written: Place.Key
    let offset: Int
  }

  /// Begins at the first key, or behind the colon of the first key if that was read already.
  private mutating func blockMap(column: Int, firstKey: Key?) throws(Fault) -> Part {
    let position = firstKey?.written.position ?? here()
    try enter(at: firstKey?.offset ?? offset)
    var map = ValueMap()
    var places: [Place] = []
    var known = firstKey
    repeat {
      let (key, part) = try member(column: column, key: known)
      try add(part, as: key, to: &map, &places)
      known = nil
    } while try continues(at: column)
    leave()
    return part(.map(map), .map(.block, places), at: position)
  }

  private mutating func member(column: Int, key: Key?) throws(Fault) -> (Key, Part) {
    if let key { return (key, try blockValue(under: column, behind: .key)) }
    guard isAt(indicator: UInt8(ascii: "?")) else {
      return (try implicitKey(column: column), try blockValue(under: column, behind: .key))
    }
    offset += 1
    let key = try self.key(try blockValue(under: column, behind: .mark))
    guard try continues(at: column), isAt(indicator: UInt8(ascii: ":")) else {
      return (key, null(at: key.written.position))
    }
    offset += 1
    return (key, try blockValue(under: column, behind: .mark))
  }

  /// A key on one line and the colon behind it.
  private mutating func implicitKey(column: Int) throws(Fault) -> Key {
    let (start, line) = (offset, lineStart)
    guard !isAt(indicator: UInt8(ascii: ":")) else { throw Fault(.keyIsNotText(""), at: start) }
    guard !isAt(indicator: UInt8(ascii: "-")) else { throw malformed(.itemAmongKeys) }
    let node = try inlineNode(.key(minimumIndent: column + 1))
    guard takesColon(), lineStart == line else { throw malformed(.missingColon, at: start) }
    try checkKeyLength(from: start)
    return try key(node)
  }

  private func checkKeyLength(from start: Int) throws(Fault) {
    guard offset - start > Self.keyLimit else { return }
    let count = bytes[start..<offset].count { $0 & 0xC0 != 0x80 }
    guard count <= Self.keyLimit else {
      throw malformed(.keyTooLong(limit: Self.keyLimit), at: start)
    }
  }

  /// Blanks and a colon, or nothing.
  private mutating func takesColon() -> Bool {
    let start = offset
    takeBlanks()
    if isAt(indicator: UInt8(ascii: ":")) {
      offset += 1
      return true
    }
    offset = start
    return false
  }

  func key(_ node: Part) throws(Fault) -> Key {
    let offset = node.place.position.offset - base
    guard case .scalar(let style, let text) = node.place.content else {
      throw Fault(.keyIsCollection, at: offset)
    }
    guard style != .plain || PlainScalar.reading(of: text) == .text else {
      throw Fault(.keyIsNotText(text), at: offset)
    }
    let written = Place.Key(text: text, style: style, position: node.place.position)
    return Key(written: written, offset: offset)
  }

  func add(
    _ part: Part, as key: Key, to map: inout ValueMap, _ places: inout [Place]
  ) throws(Fault) {
    guard map.add(key.written.text, part.value) else {
      throw Fault(.duplicateKey(key.written.text), at: key.offset)
    }
    var place = part.place
    place.key = key.written
    places.append(place)
  }

  /// Characters of a key on one line, with what is between it and its colon.
  private static let keyLimit = 1024
}

/// Reads the one document of a text: YAML 1.2 by recursive descent, in one pass.
///
/// What the portable subset leaves out is refused where it is met, so nothing behind an anchor, an
/// alias or a tag needs to be understood. Between two block nodes the next byte is always the first
/// of the next content, and `indent` says how far that is indented.
struct YAMLReader {
  let bytes: [UInt8]
  /// What positions count before the first byte.
  let base: Int
  private let depthLimit: Int
  private var cursor: PositionCursor
  private var depth = 0

  /// The place of the next byte.
  var offset = 0
  /// Where the line of the next byte begins.
  var lineStart = 0
  /// The spaces before the next content, -1 behind the last content of the document.
  var indent = 0
  /// Whether a tab stands between those spaces and the content.
  var isBehindTab = false

  init(_ bytes: [UInt8], from start: Position, depthLimit: Int) {
    self.bytes = bytes
    base = start.offset
    self.depthLimit = depthLimit
    cursor = PositionCursor(bytes: bytes, from: start)
  }

  /// A value and its written side.
  struct Part {
    let value: Value
    var place: Place
  }

  /// The place of the next byte; asked for in the order of the text, or each costs a new walk.
  mutating func here() -> Position { cursor.position(at: offset) }

  func part(_ value: Value, _ content: Place.Content, at position: Position) -> Part {
    Part(value: value, place: Place(position: position, content: content))
  }

  /// What stands where nothing stands.
  func null(at position: Position) -> Part {
    part(.null, .scalar(.plain, ""), at: position)
  }

  /// Called on both sides of every list and map.
  mutating func enter(at offset: Int) throws(Fault) {
    depth += 1
    guard depth <= depthLimit else { throw Fault(.tooDeep(limit: depthLimit), at: offset) }
  }

  mutating func leave() { depth -= 1 }

  func malformed(_ malformation: NotationError.Malformation, at offset: Int? = nil) -> Fault {
    Fault(.malformed(malformation), at: offset ?? self.offset)
  }
}

// MARK: - The document

extension YAMLReader {
  /// An empty stream is null, as an empty document is.
  mutating func document() throws(Fault) -> Document {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
      lineStart = 3
    }
    let part = try content()
    guard indent < 0 else { throw malformed(.wrongIndent) }
    while try take(marker: "...") {}
    guard next == nil else { throw Fault(.severalDocuments, at: offset) }
    return Document(value: part.value, root: part.place)
  }

  private mutating func content() throws(Fault) -> Part {
    skipToContent()
    while try take(marker: "...") {}
    let hasDirectives = try directives()
    if isAt(marker: "---") {
      offset += 3
      return try blockValue(under: -1, behind: .key)
    }
    guard !hasDirectives else { throw malformed(.directiveWithoutDocument) }
    guard indent >= 0 else { return null(at: here()) }
    return try blockNode(under: -1, column: indent, isBehindTab ? .behindTab : .allowed)
  }

  /// A marker that ends a document, with the rest of its line.
  private mutating func take(marker: String) throws(Fault) -> Bool {
    guard isAt(marker: marker) else { return false }
    offset += marker.utf8.count
    try endLine()
    return true
  }

  /// `%YAML` names a version of which every 1.x is read as 1.2; what is unknown is ignored.
  private mutating func directives() throws(Fault) -> Bool {
    var hasVersion = false
    let start = offset
    while next == UInt8(ascii: "%"), offset == lineStart {
      let start = offset
      while let byte = next, !byte.isBreak { offset += 1 }
      let text = String(decoding: bytes[start..<offset], as: UTF8.self)
      let words = text.split { $0 == " " || $0 == "\t" }.prefix { !$0.hasPrefix("#") }
      if words.first == "%YAML" {
        guard !hasVersion, words.count == 2, words[1].hasPrefix("1."),
          Int(words[1].dropFirst(2)) != nil
        else { throw malformed(.badDirective(text), at: start) }
        hasVersion = true
      }
      takeBreak()
      skipToContent()
    }
    return offset > start
  }
}

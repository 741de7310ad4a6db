// Bytes, blanks, lines and comments.

extension UInt8 {
  var isBreak: Bool { self == 0x0A || self == 0x0D }
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// A bracket or comma, which ends a plain scalar inside of brackets.
  var isFlowIndicator: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}

extension YAMLReader {
  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// Bytes before the next one on its line.
  var column: Int { offset - lineStart }

  /// The first byte of this line that is no blank.
  var contentStart: Int {
    bytes[lineStart...].firstIndex { !$0.isBlank } ?? bytes.count
  }

  /// Whether this mark stands here with white space, or the end, behind it.
  func isAt(indicator: UInt8) -> Bool {
    next == indicator && isSpace(at: offset + 1)
  }

  func isSpace(at offset: Int) -> Bool {
    offset >= bytes.count || bytes[offset].isBlank || bytes[offset].isBreak
  }

  /// Whether a line begins here with `---` or `...`.
  func isAt(marker: String) -> Bool {
    offset == lineStart && next == marker.utf8.first && isSpace(at: offset + 3)
      && bytes[offset...].starts(with: marker.utf8)
  }

  var isAtMarker: Bool { isAt(marker: "---") || isAt(marker: "...") }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  /// Takes spaces and gives their number.
  mutating func takeSpaces() -> Int {
    let start = offset
    while next == 0x20 { offset += 1 }
    return offset - start
  }

  /// Takes spaces and tabs and says whether there was a tab.
  @discardableResult
  mutating func takeBlanks() -> Bool {
    var hasTab = false
    while let byte = next, byte.isBlank {
      hasTab = hasTab || byte == 0x09
      offset += 1
    }
    return hasTab
  }

  /// Takes one line break, if there is one.
  @discardableResult
  mutating func takeBreak() -> Bool {
    guard let byte = next, byte.isBreak else { return false }
    offset += 1
    if byte == 0x0D, next == 0x0A { offset += 1 }
    lineStart = offset
    return true
  }

  /// Takes the rest of a comment; the break behind it stays.
  mutating func takeComment() {
    while let byte = next, !byte.isBreak { offset += 1 }
  }

  /// From the beginning of a line to the first that holds more than a comment.
  mutating func skipToContent() {
    repeat {
      indent = takeSpaces()
      isBehindTab = takeBlanks()
      if next == UInt8(ascii: "#") { takeComment() }
    } while takeBreak()
    if next == nil || isAtMarker { indent = -1 }
  }

  /// From the end of a node to the next content; a comment must keep its distance.
  mutating func endLine() throws(Fault) {
    let end = offset
    takeBlanks()
    if next == UInt8(ascii: "#") {
      guard offset > end || offset == lineStart else { throw malformed(.commentWithoutSpace) }
      takeComment()
    }
    guard takeBreak() || next == nil else { throw malformed(.textBehindValue) }
    skipToContent()
  }

  /// Takes breaks and blank lines, up to the content of a line; gives their number and the spaces
  /// before that content.
  mutating func takeBreaks() -> (breakCount: Int, spaceCount: Int) {
    var breakCount = 0
    var spaceCount = 0
    while takeBreak() {
      breakCount += 1
      spaceCount = takeSpaces()
      takeBlanks()
    }
    return (breakCount, spaceCount)
  }
}

extension [UInt8] {
  /// One break between lines of text is a space; more are one less.
  mutating func append(fold breakCount: Int) {
    if breakCount == 1 { append(0x20) }
    append(contentsOf: repeatElement(0x0A, count: Swift.max(0, breakCount - 1)))
  }
}

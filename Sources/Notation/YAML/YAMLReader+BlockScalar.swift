// Texts below `|` and `>`.

extension YAMLReader {
  /// What becomes of the line breaks at the end of a text.
  private enum Chomping {
    case strip, clip, keep
  }

  private struct Header {
    var isFolded = false
    var chomping: Chomping?
    var indent: Int?
  }

  mutating func blockScalar(under parent: Int) throws(Fault) -> Part {
    let position = here()
    let header = try blockHeader()
    let contentIndent: Int
    if let indent = header.indent {
      contentIndent = max(parent, 0) + indent
    } else {
      contentIndent = try self.contentIndent(minimum: parent + 1)
    }
    let lines = takeLines(indent: contentIndent)
    try refuseTabIndent()
    skipToContent()
    let content = lines.prefix(1 + (lines.lastIndex { !$0.isEmpty } ?? -1))
    var text = header.isFolded ? Self.folded(content) : Array(content.joined(separator: [0x0A]))
    let blankCount = lines.count - content.count
    switch header.chomping ?? .clip {
    case .strip: break
    case .clip: if !content.isEmpty { text.append(0x0A) }
    case .keep:
      let breakCount = blankCount + (content.isEmpty ? 0 : 1)
      text.append(contentsOf: repeatElement(0x0A, count: breakCount))
    }
    let string = String(decoding: text, as: UTF8.self)
    return part(.string(string), .scalar(.block, string), at: position)
  }

  /// The mark, a digit and a sign in any order, and the rest of the line.
  private mutating func blockHeader() throws(Fault) -> Header {
    var header = Header(isFolded: next == UInt8(ascii: ">"))
    offset += 1
    while let byte = next, !isSpace(at: offset) {
      switch byte {
      case UInt8(ascii: "-") where header.chomping == nil: header.chomping = .strip
      case UInt8(ascii: "+") where header.chomping == nil: header.chomping = .keep
      case UInt8(ascii: "1")...UInt8(ascii: "9") where header.indent == nil:
        header.indent = Int(byte - UInt8(ascii: "0"))
      default: throw malformed(.badBlockHeader)
      }
      offset += 1
    }
    takeBlanks()
    if next == UInt8(ascii: "#") { takeComment() }
    guard takeBreak() || next == nil else { throw malformed(.badBlockHeader) }
    return header
  }

  /// The indent of the first line that is not blank, which no blank line before may exceed.
  private mutating func contentIndent(minimum: Int) throws(Fault) -> Int {
    let start = (offset, lineStart)
    defer { (offset, lineStart) = start }
    var deepest = 0
    var spaceCount = takeSpaces()
    while let byte = next, byte.isBreak {
      deepest = max(deepest, spaceCount)
      takeBreak()
      spaceCount = takeSpaces()
    }
    guard next != nil else { return max(minimum, deepest, spaceCount) }
    guard spaceCount >= minimum, !isAtMarker else { return max(minimum, deepest) }
    guard deepest <= spaceCount else { throw malformed(.blankLineDeeper) }
    return spaceCount
  }

  /// The lines without their indent; the end of the text is as good as a line break.
  private mutating func takeLines(indent: Int) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    while next != nil, !(indent == 0 && isAtMarker) {
      let start = offset
      while next == 0x20, offset - start < indent { offset += 1 }
      guard next?.isBreak ?? true || offset - start == indent else {
        offset = start
        break
      }
      let text = offset
      while let byte = next, !byte.isBreak { offset += 1 }
      lines.append(bytes[text..<offset])
      takeBreak()
    }
    return lines
  }

  /// The line that ends the text may not begin with a tab, even if it holds nothing else.
  private mutating func refuseTabIndent() throws(Fault) {
    let start = offset
    _ = takeSpaces()
    guard next != 0x09 else { throw malformed(.tabAsIndent) }
    offset = start
  }

  /// Lines become one, but for blank lines and lines that begin with white space.
  private static func folded(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
    var text: [UInt8] = []
    var breakCount = 0
    var wasSpaced = true
    for line in lines {
      guard let first = line.first else {
        breakCount += 1
        continue
      }
      if !text.isEmpty {
        let isFoldable = !wasSpaced && !first.isBlank
        if isFoldable { text.append(fold: breakCount + 1) } else { breakCount += 1 }
        if isFoldable { breakCount = 0 }
      }
      text.append(contentsOf: repeatElement(0x0A, count: breakCount))
      text.append(contentsOf: line)
      breakCount = 0
      wasSpaced = first.isBlank
    }
    return text
  }
}

/// One `{{…}}` of a template as a reader sees it, also where the template does not parse.
struct Tag: Hashable, Sendable {
  /// From the first brace to the last.
  let range: Range<Int>
  /// What stands between the braces, strip marks left out.
  let content: Range<Int>
  /// Two, or three for `{{{`.
  let openingBraces: Int
  /// The run of closing braces, as many as there are.
  let closingBraces: Int
}

/// Finds the tags of a template without understanding them: comments, raw blocks and escaped
/// tags are stepped over, an unclosed tag ends the search.
struct TagScanner {
  private let bytes: ArraySlice<UInt8>
  private var cursor: Int

  /// All tags between these offsets of a source, in order.
  static func tags(in source: SourceText, _ range: Range<Int>) -> [Tag] {
    var scanner = TagScanner(bytes: source.bytes[range], cursor: range.lowerBound)
    var tags: [Tag] = []
    while let tag = scanner.next() { tags.append(tag) }
    return tags
  }

  private mutating func next() -> Tag? {
    while let start = bytes.find("{{", from: cursor) {
      if isEscaped(start) {
        cursor = start + 2
      } else if bytes.has("{{{{", at: start) {
        guard let close = bytes.find("{{{{/", from: start + 4) else { return nil }
        guard let end = bytes.find("}}}}", from: close) else { return nil }
        cursor = end + 4
      } else if let mark = commentMark(start) {
        guard let end = commentEnd(from: mark) else { return nil }
        cursor = end
      } else {
        return tag(from: start)
      }
    }
    return nil
  }

  private mutating func tag(from start: Int) -> Tag? {
    let opening = bytes.has("{{{", at: start) ? 3 : 2
    guard let close = closing(from: start + opening) else { return nil }
    var end = close
    while end < bytes.endIndex, bytes[end] == UInt8(ascii: "}") { end += 1 }
    cursor = end
    var content = start + opening..<close
    if content.first.map({ bytes[$0] }) == UInt8(ascii: "~") { content.removeFirst() }
    if content.last.map({ bytes[$0] }) == UInt8(ascii: "~") { content.removeLast() }
    return Tag(
      range: start..<end, content: content, openingBraces: opening, closingBraces: end - close)
  }

  /// The first `}}` outside quotes.
  private func closing(from start: Int) -> Int? {
    var index = start
    var quote: UInt8?
    while index < bytes.endIndex {
      let byte = bytes[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
      } else if bytes.has("}}", at: index) {
        return index
      } else if isQuote(byte), index > start, startsWord(bytes[index - 1]) {
        quote = byte
      }
      index += 1
    }
    return quote == nil ? nil : bytes.find("}}", from: start)
  }

  /// Where the `!` of a comment stands; nil where this is none.
  private func commentMark(_ start: Int) -> Int? {
    let mark = bytes.has("~", at: start + 2) ? start + 3 : start + 2
    return bytes.has("!", at: mark) ? mark : nil
  }

  private func commentEnd(from mark: Int) -> Int? {
    var end: Int? = mark
    if bytes.has("!--", at: mark) {
      end = bytes.find("--", from: mark + 3)
      while let dashes = end, !bytes.has("--}}", at: dashes), !bytes.has("--~}}", at: dashes) {
        end = bytes.find("--", from: dashes + 1)
      }
    }
    return end.flatMap { bytes.find("}}", from: $0) }.map { $0 + 2 }
  }
}

extension TagScanner {
  /// `\{{` is text; `\\{{` is a backslash and a tag.
  private func isEscaped(_ start: Int) -> Bool {
    guard start > bytes.startIndex, bytes[start - 1] == UInt8(ascii: "\\") else { return false }
    return start - 1 == bytes.startIndex || bytes[start - 2] != UInt8(ascii: "\\")
  }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private func startsWord(_ before: UInt8) -> Bool {
    before <= UInt8(ascii: " ") || before == UInt8(ascii: "=") || before == UInt8(ascii: "(")
  }
}

extension ArraySlice<UInt8> {
  /// Whether this text stands at an offset.
  func has(_ text: String, at offset: Int) -> Bool {
    offset < endIndex && self[offset...].starts(with: text.utf8)
  }

  /// The first offset, not before `start`, where this text stands.
  func find(_ text: String, from start: Int) -> Int? {
    guard let first = text.utf8.first, start < endIndex else { return nil }
    return self[start...].indices.first { self[$0] == first && has(text, at: $0) }
  }
}

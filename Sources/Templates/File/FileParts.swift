/// Where the parts of a prompt file lie, as ranges of its bytes; nothing is read yet.
struct FileParts: Hashable, Sendable {
  /// The licence comments and blank lines above the front matter.
  let header: Range<Int>
  /// The YAML between the fences; nil where the whole file is the template.
  let frontMatter: Range<Int>?
  /// The template: what follows the front matter, trimmed, or the whole file as it stands.
  let body: Range<Int>

  /// The offset of a fence that is opened and never closed.
  struct UnclosedFence: Error { let offset: Int }

  init(of source: SourceText) throws(UnclosedFence) {
    let start = source.textStart
    guard let opening = Self.openingFence(in: source, from: start) else {
      (header, frontMatter, body) = (start..<start, nil, start..<source.bytes.count)
      return
    }
    let first = source.lineEnd(from: opening).next
    guard let closing = Self.closingFence(in: source, from: first) else {
      throw UnclosedFence(offset: opening)
    }
    header = start..<opening
    frontMatter = first..<closing
    body = Self.trimmed(source.lineEnd(from: closing).next..<source.bytes.count, of: source)
  }

  /// A partial is a template and nothing else.
  init(ofPartial source: SourceText) {
    let start = source.textStart
    (header, frontMatter, body) = (start..<start, nil, start..<source.bytes.count)
  }

  private static func openingFence(in source: SourceText, from start: Int) -> Int? {
    var cursor = start
    while cursor < source.bytes.count {
      let end = source.lineEnd(from: cursor)
      let line = source.bytes[cursor..<end.content]
      if isFence(line) { return cursor }
      guard line.first == UInt8(ascii: "#") || line.allSatisfy(isBlank) else { return nil }
      cursor = end.next
    }
    return nil
  }

  private static func closingFence(in source: SourceText, from start: Int) -> Int? {
    var cursor = start
    while cursor < source.bytes.count {
      let end = source.lineEnd(from: cursor)
      if isFence(source.bytes[cursor..<end.content]) { return cursor }
      cursor = end.next
    }
    return nil
  }

  private static let fence = Array("---".utf8)

  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: fence)
      && String(decoding: line.dropFirst(fence.count), as: UTF8.self)
        .unicodeScalars.allSatisfy(\.isTrimmed)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func trimmed(_ range: Range<Int>, of source: SourceText) -> Range<Int> {
    let text = String(decoding: source.bytes[range], as: UTF8.self).unicodeScalars
    let inner = text.drop(while: \.isTrimmed)
    let end = inner.lastIndex { !$0.isTrimmed }.map { inner.index(after: $0) } ?? inner.startIndex
    let leading = text.utf8Count(upTo: inner.startIndex)
    return range.lowerBound + leading..<range.lowerBound + text.utf8Count(upTo: end)
  }
}

extension Unicode.Scalar {
  /// What JavaScript's `trim` takes away, and `\s` means there: white space and line ends.
  var isTrimmed: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0xFEFF, 0x2028, 0x2029: true
    default: value >= 0xA0 && properties.generalCategory == .spaceSeparator
    }
  }
}

extension String.UnicodeScalarView {
  /// The number of UTF-8 bytes in front of an index.
  fileprivate func utf8Count(upTo end: Index) -> Int {
    self[..<end].reduce(0) { $0 + UTF8.width($1) }
  }
}

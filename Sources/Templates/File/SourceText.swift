package import Notation

/// The bytes of one file or partial under the name by which messages call it.
package struct SourceText: Hashable, Sendable {
  /// A path as the reader gave it, such as `support/triage.prompt`.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The place of a byte; a byte order mark in front of the text is no column.
  package func position(at offset: Int) -> Position {
    guard textStart > 0 else { return Position(at: offset, in: bytes) }
    let start = Position(offset: textStart, line: 1, column: 1)
    return Position(at: max(0, offset - textStart), in: Array(bytes[textStart...]), from: start)
  }

  /// The text of a line, counted from 1, without what ends it; empty past the last one.
  package func line(_ number: Int) -> String {
    var cursor = textStart
    for _ in 1..<max(1, number) { cursor = lineEnd(from: cursor).next }
    return String(decoding: bytes[cursor..<lineEnd(from: cursor).content], as: UTF8.self)
  }

  /// Where the line that contains `offset` stops, and where the next one starts.
  func lineEnd(from offset: Int) -> (content: Int, next: Int) {
    var cursor = offset
    while cursor < bytes.count {
      let byte = bytes[cursor]
      if byte == UInt8(ascii: "\n") { return (cursor, cursor + 1) }
      if byte == UInt8(ascii: "\r") {
        let isPair = cursor + 1 < bytes.count && bytes[cursor + 1] == UInt8(ascii: "\n")
        return (cursor, cursor + (isPair ? 2 : 1))
      }
      cursor += 1
    }
    return (cursor, cursor)
  }

  /// The offset of the first byte behind a byte order mark.
  var textStart: Int { bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0 }

  /// The offset of the first byte that is no UTF-8, or nil where all is.
  var firstInvalidByte: Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

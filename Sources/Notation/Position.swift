/// A place in a text, for people (line, column) and for programs (offset).
package struct Position: Hashable, Sendable {
  /// UTF-8 bytes before the place.
  package let offset: Int
  /// Counted from 1; `\n`, `\r\n` and a lone `\r` end a line.
  package let line: Int
  /// Counted from 1, in Unicode scalars.
  package let column: Int

  /// A place as other tools or the caller counted it.
  package init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// Where every text begins.
  package static let start = Position(offset: 0, line: 1, column: 1)

  /// The place of a byte in a text that itself begins at `start`; walks the bytes up to there.
  package init(at offset: Int, in bytes: [UInt8], from start: Position = .start) {
    var cursor = PositionCursor(bytes: bytes, from: start)
    self = cursor.position(at: offset)
  }
}

/// One step from a value to a part of it.
package enum PathStep: Hashable, Sendable {
  case key(String)
  case index(Int)
}

/// Gives positions for rising offsets in one walk over the bytes.
struct PositionCursor {
  private let bytes: [UInt8]
  private let start: Position
  private var offset = 0
  private var line: Int
  private var column: Int

  init(bytes: [UInt8], from start: Position) {
    self.bytes = bytes
    self.start = start
    line = start.line
    column = start.column
  }

  /// Costs the distance from the last offset; a smaller one costs a walk from the beginning.
  mutating func position(at target: Int) -> Position {
    if target < offset { self = PositionCursor(bytes: bytes, from: start) }
    while offset < min(target, bytes.count) { step() }
    return Position(offset: start.offset + offset, line: line, column: column)
  }

  private mutating func step() {
    let byte = bytes[offset]
    offset += 1
    let endsLine =
      byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
        && !(offset < bytes.count && bytes[offset] == UInt8(ascii: "\n"))
    if endsLine {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }
}

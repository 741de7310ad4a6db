import Notation

extension Buffer<UInt8> {
  /// Appends a value of an input in the very bytes that `RecordForm` gives for it.
  mutating func append(record cell: Cell, _ tape: borrowing Tape) {
    append(record: cell, tape, depth: 0)
    append(UInt8(ascii: "\n"))
  }

  private mutating func append(record cell: Cell, _ tape: borrowing Tape, depth: Int) {
    switch cell.kind {
    case .missing, .null, .no, .yes, .number, .string: append(json: cell, tape)
    case .list:
      append(UInt8(ascii: "["))
      for index in 0..<cell.count {
        startPart(index, depth: depth)
        append(record: tape.entries[cell.offset + index].cell, tape, depth: depth + 1)
      }
      endParts(cell.count, depth: depth)
      append(UInt8(ascii: "]"))
    case .map:
      append(UInt8(ascii: "{"))
      let order = tape.sortedPlaces(of: cell)
      for index in 0..<cell.count {
        startPart(index, depth: depth)
        let entry = tape.entries[order?[index] ?? cell.offset + index]
        append(json: entry.key.offset, count: entry.key.count, of: tape)
        append(UInt8(ascii: ":"))
        append(UInt8(ascii: " "))
        append(record: entry.cell, tape, depth: depth + 1)
      }
      endParts(cell.count, depth: depth)
      append(UInt8(ascii: "}"))
    }
  }

  private mutating func startPart(_ index: Int, depth: Int) {
    if index > 0 { append(UInt8(ascii: ",")) }
    breakLine(depth + 1)
  }

  private mutating func endParts(_ count: Int, depth: Int) {
    if count > 0 { breakLine(depth) }
  }

  private mutating func breakLine(_ depth: Int) {
    append(UInt8(ascii: "\n"))
    append(repeating: UInt8(ascii: " "), count: 2 * depth)
  }
}

extension Tape {
  /// The places of a map's members in the order of RFC 8785; nil where they stand in it already.
  fileprivate func sortedPlaces(of map: Cell) -> [Int]? {
    var place = map.offset + 1
    while place < map.end, precedes(entries[place - 1].key, entries[place].key) { place += 1 }
    guard place < map.end else { return nil }
    return (map.offset..<map.end).sorted { precedes(entries[$0].key, entries[$1].key) }
  }

  /// Whether one key sorts before another by UTF-16 code units.
  private func precedes(_ one: Key, _ other: Key) -> Bool {
    // The first byte is the lowest of a prefix, and ASCII has one order in UTF-8 and UTF-16.
    if one.prefix != other.prefix, (one.prefix | other.prefix) & 0x8080_8080_8080_8080 == 0 {
      return one.prefix.byteSwapped < other.prefix.byteSwapped
    }
    return text(of: one).precedesAsUTF16(text(of: other))
  }
}

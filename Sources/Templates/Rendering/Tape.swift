package import Notation

/// An input laid out flat for rendering: strings as places in one run of bytes, the members of
/// each list and map side by side.
package struct Tape: Sendable {
  var bytes: [UInt8]
  /// Entry 0 belongs to nothing, so that no value has the place 0.
  var entries: [Entry]
  var root: Cell
  /// Whether each string stands in `bytes` just as JSON writes it, between its quotes.
  var isVerbatim = false

  /// One without values, with room for so many.
  init(_ bytes: [UInt8] = [], room: Int = 0) {
    self.bytes = bytes
    entries = []
    entries.reserveCapacity(1 + room)
    entries.append(Entry(key: .none, cell: .missing))
    root = .missing
  }

  /// The tape of a value.
  package init(_ value: Value) {
    var builder = TapeBuilder()
    builder.tape.root = builder.add(value)
    self = builder.tape
  }

  /// The tape of a JSON text; refuses what `JSON.parse` refuses, with its error.
  package init(json: [UInt8]) throws(NotationError) {
    if let tape = TapeReader.read(json) {
      self = tape
    } else {
      self.init(try JSON.parse(json))
    }
  }

  /// The member of a map.
  func member(_ name: String, of cell: Cell) -> Cell {
    guard cell.kind == .map else { return .missing }
    let wanted = Array(name.utf8)
    for index in cell.offset..<cell.end where text(of: entries[index].key) == wanted[...] {
      return entries[index].cell
    }
    return .missing
  }

  func text(of key: Key) -> ArraySlice<UInt8> { bytes[key.offset..<key.offset + key.count] }

  /// The value that a cell stands for.
  func value(of cell: Cell) -> Value {
    switch cell.kind {
    case .missing, .null: .null
    case .no: .bool(false)
    case .yes: .bool(true)
    case .number: .number(cell.number)
    case .string: .string(string(of: cell))
    case .list: .list((cell.offset..<cell.end).map { value(of: entries[$0].cell) })
    case .map:
      .map(
        ValueMap(
          (cell.offset..<cell.end).map { index in
            let key = String(decoding: text(of: entries[index].key), as: UTF8.self)
            return (key, value(of: entries[index].cell))
          }))
    }
  }

  func string(of cell: Cell) -> String {
    String(decoding: bytes[cell.offset..<cell.end], as: UTF8.self)
  }
}

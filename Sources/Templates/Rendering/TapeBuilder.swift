import Notation

/// Writes values into a tape.
struct TapeBuilder {
  var tape: Tape
  /// The members of the lists and maps that are being written.
  private var open: [Entry] = []

  init(_ tape: Tape = Tape()) { self.tape = tape }

  mutating func add(_ value: Value) -> Cell {
    switch value {
    case .null: return .null
    case .bool(let bool): return Cell(bool)
    case .number(let number): return Cell(number)
    case .string(let text): return add(text)
    case .list(let list):
      let start = open.count
      for member in list {
        let cell = add(member)
        open.append(Entry(key: .none, cell: cell))
      }
      return close(.list, from: start)
    case .map(let map):
      let start = open.count
      for (name, member) in map.entries {
        let cell = add(member)
        open.append(Entry(key: key(name), cell: cell))
      }
      return close(.map, from: start)
    }
  }

  mutating func add(_ text: String) -> Cell {
    tape.isVerbatim = false
    let offset = tape.bytes.count
    tape.bytes.append(contentsOf: text.utf8)
    return Cell(.string, .input, offset: offset, count: tape.bytes.count - offset)
  }

  /// A map of `over` with those members of `under` that it lacks.
  mutating func merge(_ over: Cell, under: ValueMap) -> Cell {
    let start = open.count
    if over.kind == .map { open.append(contentsOf: tape.entries[over.offset..<over.end]) }
    for (name, value) in under.entries where tape.member(name, of: over).kind == .missing {
      let cell = add(value)
      open.append(Entry(key: key(name), cell: cell))
    }
    return close(.map, from: start)
  }

  private mutating func key(_ name: String) -> Key {
    let cell = add(name)
    return Key(tape.bytes.span, offset: cell.offset, count: cell.count, .input)
  }

  private mutating func close(_ kind: Cell.Kind, from start: Int) -> Cell {
    tape.close(kind, &open, from: start)
  }
}

extension Tape {
  /// Lays the last members of `open` side by side and takes them off; even an empty list or map
  /// gets a place of its own.
  mutating func close(_ kind: Cell.Kind, _ open: inout [Entry], from start: Int) -> Cell {
    let offset = entries.count
    let count = open.count - start
    for index in start..<open.count {
      var entry = open[index]
      entry.cell.place = UInt32(truncatingIfNeeded: entries.count)
      entries.append(entry)
    }
    if count == 0 { entries.append(Entry(key: .none, cell: .missing)) }
    for _ in 0..<count { open.removeLast() }
    return Cell(kind, .input, offset: offset, count: count)
  }
}

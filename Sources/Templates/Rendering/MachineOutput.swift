import Notation

// What is printed, and where it comes from.

extension Machine {
  mutating func appendText(_ op: Op, _ index: Int, _ program: borrowing Program) {
    let start = offset
    output.append(program.texts.span, from: Int(op.first), count: Int(op.count))
    note(index, from: start, place: 0)
  }

  /// Notes the bytes since `start`, if there are any.
  mutating func note(_ index: Int, from start: Int32, place: UInt32) {
    guard offset > start else { return }
    segments.append(Segment(index, end: output.count, place: place))
  }

  mutating func print(
    _ cell: Cell, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) {
    let start = offset
    if cell.kind == .string, cell.space == .input {
      output.append(tape.bytes.span, from: cell.offset, count: cell.count)
    } else {
      append(cell, program, tape)
    }
    note(index, from: start, place: cell.place)
  }

  /// Appends a value as JavaScript's `String` makes it text.
  @inline(never)
  private mutating func append(
    _ cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) {
    switch cell.kind {
    case .missing, .null: break
    case .no: output.append("false")
    case .yes: output.append("true")
    case .number: output.append(number: cell.number)
    case .string: output.append(bytes(of: cell, program, tape))
    case .map: output.append("[object Object]")
    case .list:
      for index in 0..<cell.count where output.count <= limits.outputSize {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        append(entry(cell, index, tape).cell, program, tape)
      }
    }
  }

  mutating func escape(
    _ cell: Cell, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) {
    let start = offset
    append(cell, program, tape)
    let text = output.cut(to: Int(start))
    for byte in text {
      if let entity = Self.entity(byte) { output.append(entity) } else { output.append(byte) }
    }
    note(index, from: start, place: cell.place)
  }

  /// What Handlebars.js puts in the place of a character.
  private static func entity(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#x27;"
    case UInt8(ascii: "`"): "&#x60;"
    case UInt8(ascii: "="): "&#x3D;"
    default: nil
    }
  }
}

extension Machine {
  /// `lookup map key`: the value on the stack is left what it is when nothing can be in it.
  mutating func lookup(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let key = try operand(op, program, tape)
    let cell = stack.popLast() ?? .missing
    stack.append(cell.isTrue ? member(cell, named: key, program, tape) : cell)
  }

  private mutating func member(
    _ cell: Cell, named name: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Cell {
    let wanted = text(of: name, program, tape)
    guard cell.kind == .map else {
      let index = Program.index(named: String(decoding: wanted, as: UTF8.self))
      return member(cell, at: index, program, tape)
    }
    stepsLeft -= cell.count / Self.comparisonsInStep
    for index in (0..<cell.count).reversed() {
      let entry = entry(cell, index, tape)
      if bytes(of: entry.key.cell, program, tape) == wanted[...] { return entry.cell }
    }
    return .missing
  }

  /// A key is compared so fast that this many comparisons count as one step.
  private static let comparisonsInStep = 8

  /// The text of a value.
  mutating func text(
    of cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> [UInt8] {
    let start = output.count
    append(cell, program, tape)
    return output.cut(to: start)
  }

  /// JavaScript's `===`, but lists and maps of equal members are equal too.
  mutating func isEqual(
    _ left: Cell, _ right: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Bool {
    guard left.kind == right.kind else { return false }
    stepsLeft -= 1
    switch left.kind {
    case .missing, .null, .no, .yes: return true
    case .number: return left.number == right.number
    case .string: return bytes(of: left, program, tape) == bytes(of: right, program, tape)
    case .list:
      guard left.count == right.count else { return false }
      for index in 0..<left.count {
        let pair = (entry(left, index, tape).cell, entry(right, index, tape).cell)
        guard stepsLeft >= 0, isEqual(pair.0, pair.1, program, tape) else { return false }
      }
      return true
    case .map: return isEqualMap(left, right, program, tape)
    }
  }

  private mutating func isEqualMap(
    _ left: Cell, _ right: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count {
      let one = entry(left, index, tape)
      let other = member(right, named: one.key.cell, program, tape)
      guard stepsLeft >= 0, isEqual(one.cell, other, program, tape) else { return false }
    }
    return true
  }
}

extension Machine {
  /// White space that a partial puts in front of each of its lines.
  struct Indentation: BitwiseCopyable {
    let first: Int32
    let count: Int32
    /// The call that asks for it.
    let op: Int32
    /// Whether the next byte begins a line.
    var isDue = true
  }

  mutating func startIndenting(_ piece: (first: Int32, count: Int32), _ index: Int) {
    indentations.append(
      Indentation(
        first: piece.first, count: piece.count, op: Int32(truncatingIfNeeded: index)))
  }

  /// Writes what an instruction wrote once more, with white space in front of each line.
  @inline(never)
  mutating func indent(from start: Int, _ index: Int, _ program: borrowing Program) {
    let written = segments.removeLast()
    let text = output.cut(to: start)
    var line = text[...]
    while !line.isEmpty {
      writeIndentation(program)
      let end = line.firstIndex(of: UInt8(ascii: "\n"))
      let part = end.map { line[...$0] } ?? line
      let from = offset
      output.append(part)
      note(index, from: from, place: written.place)
      if end != nil { for index in indentations.indices { indentations[index].isDue = true } }
      line = line[part.endIndex...]
    }
  }

  mutating func writeIndentation(_ program: borrowing Program) {
    for index in indentations.indices where indentations[index].isDue {
      let indentation = indentations[index]
      let start = offset
      output.append(
        program.texts.span, from: Int(indentation.first), count: Int(indentation.count))
      note(Int(indentation.op), from: start, place: 0)
      indentations[index].isDue = false
    }
  }
}

// Finding values: contexts, paths, members.

extension Machine {
  /// The value that an instruction works on.
  @inline(__always)
  mutating func operand(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) -> Cell {
    if op.source == .context, op.strictness == .lenient {
      return members(of: context(up: op.depth), op, program, tape)
    }
    return try otherOperand(op, program, tape)
  }

  @inline(never)
  private mutating func otherOperand(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) -> Cell {
    switch op.source {
    case .none: return .missing
    case .stack: return stack.popLast() ?? .missing
    case .constant: return program.constants[Int(op.first)]
    case .index, .first, .last, .key:
      let found = counter(op, tape)
      guard op.strictness == .strict, found.kind == .missing, let name = op.source.counterName
      else { return found }
      throw error(.variableMissing(name), next - 1, program)
    case .itemKey:
      let frame = named(up: op.depth)
      return frame.isLoop ? key(of: frame, tape) : .missing
    case .context: return try members(strictlyOf: context(up: op.depth), op, program, tape)
    case .item: return try members(strictlyOf: named(up: op.depth).cell, op, program, tape)
    case .root:
      let root = isOutside(op.depth) ? Cell.missing : root(program, tape)
      return try members(strictlyOf: root, op, program, tape)
    case .data:
      return try members(strictlyOf: op.depth == 0 ? context : .missing, op, program, tape)
    case .enclosing: return try enclosing(op, program, tape)
    }
  }

  /// The context, or the one so many contexts around it.
  @inline(__always)
  private func context(up depth: UInt16) -> Cell {
    var frame = Int(registers.context)
    if depth > 0 {
      for _ in 0..<depth where frame >= 0 { frame = Int(frames[frame].parent) }
    }
    return frame >= 0 ? frames[frame].cell : .missing
  }

  private func named(up depth: UInt16) -> Frame {
    var frame = frames[Int(registers.names)]
    for _ in 0..<depth { frame = frames[Int(frame.outerNames)] }
    return frame
  }

  /// What `@index` and the like are, `depth` frames of data up.
  private func counter(_ op: Op, _ tape: borrowing Tape) -> Cell {
    var place = Int(registers.data)
    for _ in 0..<op.depth where place > 0 { place = Int(frames[place].saved.data) }
    while place > 0, !frames[place].isLoop { place = Int(frames[place].saved.data) }
    guard place > 0 else { return .missing }
    let index = Int(frames[place].index)
    switch op.source {
    case .index: return Cell(Double(index))
    case .first: return Cell(index == 0)
    case .last: return Cell(index == frames[place].container.count - 1)
    case .key: return key(of: frames[place], tape)
    case .none, .context, .enclosing, .data, .root, .item, .itemKey, .constant, .stack:
      preconditionFailure("no counter")
    }
  }

  /// Whether so many frames of data up there is none.
  private func isOutside(_ depth: UInt16) -> Bool {
    var place = Int(registers.data)
    for _ in 0..<depth {
      guard place > 0 else { return true }
      place = Int(frames[place].saved.data)
    }
    return false
  }

  private func key(of frame: Frame, _ tape: borrowing Tape) -> Cell {
    guard frame.kind == .map else { return Cell(Double(frame.index)) }
    return entry(frame.container, Int(frame.index), tape).key.cell
  }

  /// The whole input, unless the caller gave a `root` of its own.
  private func root(_ program: borrowing Program, _ tape: borrowing Tape) -> Cell {
    let given = tape.member("root", of: context)
    return given.kind == .missing ? variables : given
  }

  /// Looks in the context, then in those around it, and takes what is not missing or null.
  private func enclosing(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) -> Cell {
    var frame = registers.context
    var isNull = false
    for _ in 0..<op.depth where frame >= 0 { frame = frames[Int(frame)].parent }
    while frame >= 0 {
      let found = member(frames[Int(frame)].cell, Int(op.first), program, tape)
      if !found.isMissing {
        var rest = op
        rest.first += 1
        rest.count -= 1
        return try members(strictlyOf: found, rest, program, tape)
      }
      if found.kind == .null { isNull = true }
      frame = frames[Int(frame)].parent
    }
    switch (op.strictness, op.count) {
    case (.lenient, _), (.assumeObjects, ...1): return .missing
    case (.strict, _) where isNull && op.count == 1: return .null
    case (.strict, _):
      throw error(.variableMissing(name(of: Int(op.first), program)), next - 1, program)
    case (.assumeObjects, _):
      throw error(.objectMissing(name(of: Int(op.first) + 1, program)), next - 1, program)
    }
  }
}

extension Op.Source {
  /// How a template writes what a loop counts; nil for anything else.
  fileprivate var counterName: String? {
    switch self {
    case .index: "@index"
    case .key: "@key"
    case .first: "@first"
    case .last: "@last"
    case .none, .context, .enclosing, .data, .root, .item, .itemKey, .constant, .stack: nil
    }
  }
}

extension Machine {
  @inline(__always)
  func members(
    of cell: Cell, _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Cell {
    var cell = cell
    var step = Int(op.first)
    let end = step + Int(op.count)
    while step < end {
      if cell.isMissing { return cell }
      cell = member(cell, step, program, tape)
      step += 1
    }
    return cell
  }

  /// As `members(of:)`, but what is missing may be an error.
  private func members(
    strictlyOf cell: Cell, _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) -> Cell {
    if op.strictness == .lenient { return members(of: cell, op, program, tape) }
    var cell = cell
    let end = Int(op.first + op.count)
    for step in Int(op.first)..<end {
      if cell.isMissing {
        throw error(.objectMissing(name(of: step, program)), next - 1, program)
      }
      cell = member(cell, step, program, tape)
      if op.strictness == .strict, step == end - 1, cell.kind == .missing {
        throw error(.variableMissing(name(of: step, program)), next - 1, program)
      }
    }
    return cell
  }

  private func name(of step: Int, _ program: borrowing Program) -> String {
    let key = program.keys[step]
    return String(
      decoding: program.bytes[key.offset..<key.offset + key.count], as: UTF8.self)
  }

  /// One step of a path.
  @inline(__always)
  func member(
    _ cell: Cell, _ step: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Cell {
    guard cell.kind == .map, cell.space == .input else {
      return otherMember(cell, step, program, tape)
    }
    let key = program.keys[step]
    let entries = tape.entries.span
    var index = cell.offset
    let end = cell.end
    while index < end {
      if entries[index].key.mayEqual(key) {
        if !key.isLong || isSame(entries[index].key, key, program, tape) {
          return entries[index].cell
        }
      }
      index &+= 1
    }
    return .missing
  }

  @inline(never)
  private func otherMember(
    _ cell: Cell, _ step: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Cell {
    guard cell.kind == .map else { return member(cell, at: program.indexes[step], program, tape) }
    return madeMember(cell, program.keys[step], program, tape)
  }

  /// A member of a list, or what JavaScript takes for members of a string.
  func member(
    _ cell: Cell, at index: Int32, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Cell {
    switch cell.kind {
    case .list:
      if index == Program.lengthIndex { return Cell(Double(cell.count)) }
      guard index >= 0, index < cell.count else { return .missing }
      return entry(cell, Int(index), tape).cell
    case .string:
      if index == Program.lengthIndex {
        return Cell(Double(utf16Count(of: cell, program, tape)))
      }
      return index < 0 ? .missing : character(Int(index), of: cell, program, tape)
    case .missing, .null, .no, .yes, .number, .map: return .missing
    }
  }

  /// The last entry counts: the hash of a partial stands behind what it lies over.
  private func madeMember(
    _ cell: Cell, _ key: Key, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Cell {
    for index in (cell.offset..<cell.end).reversed() where made[index].key.mayEqual(key) {
      if !key.isLong || isSame(made[index].key, key, program, tape) { return made[index].cell }
    }
    return .missing
  }

  /// Whether two long keys of the same length and beginning are the same.
  @inline(never)
  func isSame(
    _ left: Key, _ right: Key, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Bool {
    bytes(of: left.cell, program, tape) == bytes(of: right.cell, program, tape)
  }

  /// A member of a list or a map by its place.
  @inline(__always)
  func entry(_ cell: Cell, _ index: Int, _ tape: borrowing Tape) -> Entry {
    let place = cell.offset + index
    return cell.space == .made ? made[place] : tape.entries[place]
  }

  /// The bytes of a string.
  func bytes(
    of cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> ArraySlice<UInt8> {
    switch cell.space {
    case .input: tape.bytes[cell.offset..<cell.end]
    case .program: program.bytes[cell.offset..<cell.end]
    case .made: scratch[cell.offset..<cell.end]
    }
  }

  /// The length of a string as JavaScript counts it.
  private func utf16Count(
    of cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Int {
    bytes(of: cell, program, tape).reduce(0) { count, byte in
      count + (byte >= 0xF0 ? 2 : byte & 0xC0 == 0x80 ? 0 : 1)
    }
  }

  /// The character at a place that JavaScript counts; half of one that needs two is nothing.
  private func character(
    _ index: Int, of cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> Cell {
    let bytes = bytes(of: cell, program, tape)
    var units = 0
    for place in bytes.indices where bytes[place] & 0xC0 != 0x80 {
      if units == index {
        let size =
          bytes[place] >= 0xF0 ? 4 : bytes[place] >= 0xE0 ? 3 : bytes[place] >= 0xC0 ? 2 : 1
        return size == 4 ? .missing : Cell(.string, cell.space, offset: place, count: size)
      }
      units += bytes[place] >= 0xF0 ? 2 : 1
    }
    return .missing
  }
}

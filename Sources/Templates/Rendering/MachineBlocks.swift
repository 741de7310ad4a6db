// Blocks: conditions, loops, contexts.

extension Machine {
  @inline(__always)
  func holds(_ cell: Cell, _ flags: Op.Flags) -> Bool {
    cell.isEmpty != flags.contains(.whenTrue)
  }

  mutating func branchZero(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let cell = try operand(op, program, tape)
    let includesZero = (stack.popLast() ?? .missing).isTrue
    let isSomething = includesZero ? cell.isSomething : !cell.isEmpty
    if isSomething == op.flags.contains(.whenTrue) { next = Int(op.target) }
  }

  mutating func branchEqual(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let right = try operand(op, program, tape)
    let left = stack.popLast() ?? .missing
    if isEqual(left, right, program, tape) == op.flags.contains(.whenTrue) {
      next = Int(op.target)
    }
  }

  mutating func enterEach(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let cell = try operand(op, program, tape)
    guard cell.kind == .list || cell.kind == .map else {
      next = Int(op.target)
      return
    }
    enterLoop(cell, op, tape)
  }

  mutating func enterWith(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let cell = try operand(op, program, tape)
    guard cell.isSomething else {
      next = Int(op.target)
      return
    }
    enterValue(cell, op)
  }

  /// `{{#x}}`: each member of a list, the context itself for true, or the value.
  mutating func enterSection(
    _ op: Op, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let cell = try operand(op, program, tape)
    switch cell.kind {
    case .missing, .null, .no: next = Int(op.target)
    case .list: enterLoop(cell, op, tape)
    case .yes:
      let context = registers.context
      enterValue(context >= 0 ? frames[Int(context)].cell : .missing, op)
    case .number, .string, .map: enterValue(cell, op)
    }
  }

  private mutating func enterLoop(_ cell: Cell, _ op: Op, _ tape: borrowing Tape) {
    guard let first = firstMember(of: cell, from: 0, tape) else {
      next = Int(op.target)
      return
    }
    push(cell.kind == .list ? .list : .map, entry(cell, first, tape).cell, op)
    let place = frames.count - 1
    frames[place].container = cell
    frames[place].index = Int32(truncatingIfNeeded: first)
    registers.data = Int32(truncatingIfNeeded: place)
  }

  private mutating func enterValue(_ cell: Cell, _ op: Op) { push(.value, cell, op) }

  @inline(__always)
  private mutating func push(_ kind: Frame.Kind, _ cell: Cell, _ op: Op) {
    let place = Int32(truncatingIfNeeded: frames.count)
    let frame = Frame(
      kind: kind, cell: cell, parent: registers.context,
      resume: Int32(truncatingIfNeeded: next), outerNames: registers.names, saved: registers,
      made: Int32(truncatingIfNeeded: made.count),
      scratch: Int32(truncatingIfNeeded: scratch.count),
      closures: Int32(truncatingIfNeeded: closures.count))
    frames.append(frame)
    registers.context = inner(place, cell)
    if op.flags.contains(.namesItem) { registers.names = place }
  }

  /// The frame of the context inside a block: the one around when the value is the same.
  @inline(__always)
  private func inner(_ place: Int32, _ cell: Cell) -> Int32 {
    let outer = frames[Int(place)].parent
    guard outer >= 0 else { return place }
    return cell.isSameContext(as: frames[Int(outer)].cell) ? outer : place
  }

  /// The end of a block: the next member, or on.
  @inline(__always)
  mutating func leave(_ op: Op, _ tape: borrowing Tape) {
    let place = frames.count - 1
    let container = frames[place].container
    forget(frames[place])
    guard let index = firstMember(of: container, from: Int(frames[place].index) + 1, tape) else {
      registers = frames[place].saved
      frames.removeLast()
      next = Int(op.target)
      return
    }
    let item = entry(container, index, tape).cell
    frames[place].index = Int32(truncatingIfNeeded: index)
    frames[place].cell = item
    registers.context = inner(Int32(truncatingIfNeeded: place), item)
    next = Int(frames[place].resume)
  }

  /// The next member of a list or map; a hole in a list is none, as in JavaScript.
  @inline(__always)
  private func firstMember(of cell: Cell, from index: Int, _ tape: borrowing Tape) -> Int? {
    var index = index
    guard cell.kind == .list || cell.kind == .map else { return nil }
    while index < cell.count {
      if entry(cell, index, tape).cell.kind != .missing { return index }
      index += 1
    }
    return nil
  }

  /// Drops what was made inside a frame.
  @inline(__always)
  mutating func forget(_ frame: Frame) {
    if made.count > frame.made { made.removeLast(made.count - Int(frame.made)) }
    if scratch.count > frame.scratch { scratch.removeLast(scratch.count - Int(frame.scratch)) }
    if closures.count > frame.closures {
      closures.removeLast(closures.count - Int(frame.closures))
    }
  }
}

extension Cell {
  /// Whether JavaScript's `==` takes both for one context: the same list or map, or scalars that
  /// look alike. Then a block does not count as a step for `../`.
  @inline(__always)
  func isSameContext(as other: Cell) -> Bool {
    if kind == .map, other.kind == .map {
      return payload == other.payload && space == other.space
    }
    return isSameScalar(as: other)
  }

  @inline(never)
  private func isSameScalar(as other: Cell) -> Bool {
    if isMissing || other.isMissing { return isMissing && other.isMissing }
    guard kind == other.kind else { return false }
    switch kind {
    case .missing, .null, .yes, .no: return true
    case .number: return number == other.number
    case .string, .list, .map: return payload == other.payload && space == other.space
    }
  }
}

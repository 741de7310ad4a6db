// Partials, the blocks they are called with, and those defined inline.

extension Machine {
  mutating func call(
    _ op: Op, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let site = program.calls[Int(op.target)]
    let values = Array(stack.suffix(site.hash.count))
    stack.removeLast(values.count)
    let given = op.source == .none ? nil : try operand(op, program, tape)
    let name = try partialName(site, index, program, tape)
    let block = site.block.map { closure($0) }
    let target: Target
    if let name, let inline = definition(of: name, skipping: site.definitions) {
      target = .body(inline)
    } else {
      target = try self.target(name, block, index, program)
    }
    partialDepth += 1
    try checkDepth(name, index, program)
    let own = registers.context >= 0 ? frames[Int(registers.context)].cell : .missing
    var context = given ?? (site.startsEmpty ? .missing : own)
    var frame = self.frame(calling: target, name, site)
    if !site.hash.isEmpty { context = overlay(context, site.hash, values, tape) }
    if let block { frame.block = append(block) }
    frame.cell = context
    enter(frame, target, program)
    if let indentation = site.indentation { startIndenting(indentation, index) }
  }

  /// What a call goes to.
  private enum Target {
    case partial(Int32)
    case body(BlockClosure)
  }

  /// The index of the partial's name; nil for `@partial-block`.
  private mutating func partialName(
    _ site: Program.CallSite, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) -> Int32? {
    switch site.target {
    case .block: return nil
    case .fixed(let name): return name
    case .dynamic:
      let cell = stack.popLast() ?? .missing
      guard cell.kind == .string else { throw error(.partialNameNotText, index, program) }
      let name = String(decoding: bytes(of: cell, program, tape), as: UTF8.self)
      if let known = program.names.firstIndex(of: name) { return Int32(known) }
      if site.block != nil { return Self.unknownName }
      throw missing(name, index, program)
    }
  }

  /// The name of a partial that no template mentions; its call falls back to its block.
  private static let unknownName: Int32 = -1

  private func missing(
    _ name: String, _ index: Int, _ program: borrowing Program
  ) -> RenderError {
    let known = program.names.indices.filter { program.entries[$0] >= 0 }.map { program.names[$0] }
    return error(
      .partialMissing(name, nearest: Nearest.to(name, among: known)), index, program)
  }

  /// A partial of that name, or the block of the call.
  private func target(
    _ name: Int32?, _ block: BlockClosure?, _ index: Int, _ program: borrowing Program
  ) throws(RenderError) -> Target {
    guard let name else {
      guard let own = currentBlock ?? block else { throw error(.noPartialBlock, index, program) }
      return .body(own)
    }
    if name >= 0, program.entries[Int(name)] >= 0 { return .partial(program.entries[Int(name)]) }
    if let block { return .body(block) }
    throw missing(program.names[Int(name)], index, program)
  }

  /// The block that the nearest call in the data was given.
  private var currentBlock: BlockClosure? {
    var frame = registers.data
    while frame >= 0, frames[Int(frame)].block == Frame.inherited {
      frame = frames[Int(frame)].saved.data
    }
    guard frame >= 0, frames[Int(frame)].block >= 0 else { return nil }
    return closures[Int(frames[Int(frame)].block)]
  }

  private func definition(of name: Int32, skipping newest: Int) -> BlockClosure? {
    var next = frames[Int(registers.activation)].definitions
    for _ in 0..<newest { next = closures[Int(next)].next }
    while next >= 0 {
      let closure = closures[Int(next)]
      if closure.name == name { return closure }
      next = closure.next
    }
    return nil
  }

  private func checkDepth(
    _ name: Int32?, _ index: Int, _ program: borrowing Program
  ) throws(RenderError) {
    guard partialDepth > limits.partialDepth else { return }
    var names = frames.filter { $0.kind == .call && $0.index > 0 }.map {
      program.names[Int($0.index - 1)]
    }
    if let name, name >= 0 { names.append(program.names[Int(name)]) }
    throw error(
      .partialsTooDeep(limit: limits.partialDepth, names: Self.cycle(in: names)), index, program)
  }

  /// From the last name back to where it stood before.
  private static func cycle(in names: [String]) -> [String] {
    guard let last = names.last, let before = names.dropLast().lastIndex(of: last) else {
      return names
    }
    return Array(names[before...])
  }
}

extension Machine {
  private func frame(
    calling target: Target, _ name: Int32?, _ site: Program.CallSite
  ) -> Frame {
    var frame = Frame(
      kind: .call, cell: .missing, parent: site.keepsContexts ? registers.context : -1,
      resume: Int32(truncatingIfNeeded: next), outerNames: -1, saved: registers)
    frame.index = (name ?? -1) + 1
    frame.made = Int32(truncatingIfNeeded: made.count)
    frame.scratch = Int32(truncatingIfNeeded: scratch.count)
    frame.closures = Int32(truncatingIfNeeded: closures.count)
    frame.indentations = Int32(truncatingIfNeeded: indentations.count)
    frame.definitions = frames[Int(registers.activation)].definitions
    if case .body(let closure) = target {
      frame.parent = closure.context
      frame.outerNames = closure.names
    }
    if name == nil { frame.block = outerBlock }
    return frame
  }

  /// What `@partial-block` is inside the block of a call: what it was around the call.
  private var outerBlock: Int32 {
    var frame = registers.data
    while frame > 0, frames[Int(frame)].block == Frame.inherited {
      frame = frames[Int(frame)].saved.data
    }
    frame = frames[Int(frame)].saved.data
    while frame > 0, frames[Int(frame)].block == Frame.inherited {
      frame = frames[Int(frame)].saved.data
    }
    return frames[Int(frame)].block
  }

  private mutating func enter(
    _ frame: Frame, _ target: Target, _ program: borrowing Program
  ) {
    let place = Int32(truncatingIfNeeded: frames.count)
    frames.append(frame)
    registers.context = place
    if frame.parent >= 0, frame.cell.isSameContext(as: frames[Int(frame.parent)].cell) {
      registers.context = frame.parent
    }
    registers.names = frame.outerNames
    if frame.block != Frame.inherited { registers.data = place }
    switch target {
    case .partial(let entry):
      registers.activation = place
      next = Int(entry)
    case .body(let closure):
      registers.activation = closure.activation
      next = Int(program.bodies[Int(closure.body)])
    }
  }

  /// The end of a partial or a called block.
  mutating func finish(_ program: borrowing Program) {
    guard let frame = frames.popLast() else { preconditionFailure("no call to finish") }
    forget(frame)
    indentations.removeLast(max(0, indentations.count - Int(frame.indentations)))
    partialDepth -= 1
    registers = frame.saved
    next = Int(frame.resume)
  }

  /// The context with the values of a hash laid over its members.
  private mutating func overlay(
    _ context: Cell, _ names: [Key], _ values: [Cell], _ tape: borrowing Tape
  ) -> Cell {
    let start = made.count
    if context.kind == .map {
      for index in 0..<context.count { made.append(entry(context, index, tape)) }
    }
    for (name, value) in zip(names, values) { made.append(Entry(key: name, cell: value)) }
    stepsLeft -= made.count - start
    return Cell(.map, .made, offset: start, count: made.count - start)
  }
}

extension Machine {
  private func closure(_ body: Int32) -> BlockClosure {
    BlockClosure(
      body: body, name: -1, context: registers.context, names: registers.names,
      activation: registers.activation, next: -1)
  }

  private mutating func append(_ closure: BlockClosure) -> Int32 {
    closures.append(closure)
    return Int32(truncatingIfNeeded: closures.count - 1)
  }

  /// An inline partial sees what stands around the block that defines it.
  mutating func define(_ op: Op) {
    let activation = Int(registers.activation)
    var (context, names) = (registers.context, registers.names)
    if op.flags.contains(.inBlock), let block = frames.last {
      (context, names) = (block.parent, block.outerNames)
    }
    let closure = BlockClosure(
      body: op.target, name: op.first, context: context, names: names,
      activation: registers.activation, next: frames[activation].definitions)
    frames[activation].definitions = append(closure)
  }

  mutating func undefine(_ op: Op) {
    let activation = Int(registers.activation)
    for _ in 0..<op.count {
      frames[activation].definitions = closures[Int(frames[activation].definitions)].next
    }
    closures.removeLast(Int(op.count))
  }
}

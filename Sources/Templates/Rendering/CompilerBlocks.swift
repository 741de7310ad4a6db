extension Compiler {
  mutating func compile(_ block: Block) throws(TemplateError) {
    switch meaning(of: block.call, isSubexpression: false) {
    case .variable:
      let operand = operand(block.call.callee, .value)
      try enter(.section, operand, block)
    case .unknownHelper(let name): try refuse(name, block.call)
    case .helper(let helper): try compile(helper, block)
    }
  }

  private mutating func compile(_ helper: Helper, _ block: Block) throws(TemplateError) {
    let call = block.call
    try checkCount(helper, call)
    switch helper {
    case .if: try condition(block, [])
    case .unless: try condition(block, .whenTrue)
    case .ifEquals: try equality(block, [])
    case .unlessEquals: try equality(block, .whenTrue)
    case .each: try enter(.each, try operand(call.parameters[0]), block)
    case .with: try enter(.with, try operand(call.parameters[0]), block)
    case .lookup, .log, .role, .history, .media, .section, .json:
      throw error(.helperTakesNoBlock(helper), call.callee.range)
    }
  }

  private mutating func condition(
    _ block: Block, _ flags: Op.Flags
  ) throws(TemplateError) {
    let zero = block.call.hash.first { $0.name == "includeZero" }
    if let zero { try push(zero.value) }
    var op = try operand(block.call.parameters[0]).op(zero == nil ? .branch : .branchZero)
    op.flags = flags
    try branch(op, block)
  }

  private mutating func equality(
    _ block: Block, _ flags: Op.Flags
  ) throws(TemplateError) {
    try push(block.call.parameters[0])
    var op = try operand(block.call.parameters[1]).op(.branchEqual)
    op.flags = flags
    try branch(op, block)
  }

  /// Either the body or the inverse, in the context around the block.
  private mutating func branch(_ op: Op, _ block: Block) throws(TemplateError) {
    let decision = emit(op, block.call.range)
    try compile(block.body?.nodes ?? [], outer: blockNames, inBlock: false)
    guard let inverse = block.inverse else { return land(decision) }
    let jump = emit(Op(code: .jump), block.opening)
    land(decision)
    try compile(inverse.nodes, outer: blockNames, inBlock: false)
    land(jump)
  }

  /// The body in a context of its own, once or for each item; or the inverse.
  private mutating func enter(
    _ code: Op.Code, _ operand: Operand, _ block: Block
  ) throws(TemplateError) {
    var op = operand.op(code)
    let names = block.body?.parameters.map(\.name) ?? []
    if !names.isEmpty { op.flags = .namesItem }
    let entry = emit(op, block.call.range)
    let outer = blockNames
    if !names.isEmpty { blockNames.append(names) }
    try compile(block.body?.nodes ?? [], outer: outer, inBlock: true)
    blockNames = outer
    let leave = emit(Op(code: .leave), block.opening)
    land(entry)
    try compile(block.inverse?.nodes ?? [], outer: outer, inBlock: false)
    land(leave)
  }
}

/// Where an instruction finds its operand.
struct Operand {
  var source: Op.Source
  var depth: UInt16 = 0
  var strictness = Op.Strictness.lenient
  var first: Int32 = 0
  var count: Int32 = 0

  func op(_ code: Op.Code) -> Op {
    Op(
      code: code, source: source, strictness: strictness, depth: depth, first: first, count: count)
  }
}

extension Compiler {
  /// What a path is read for: a strict dialect lets only arguments be missing.
  enum PathUse { case value, argument }

  func meaning(of call: Call, isSubexpression: Bool) -> CallMeaning {
    template.dialect.meaning(
      of: call, isSubexpression: isSubexpression, blockNames: blockNames.flatMap { $0 })
  }

  /// The operand that an argument is; a sub-expression leaves its value on the stack.
  mutating func operand(_ expression: Expression) throws(TemplateError) -> Operand {
    switch expression {
    case .path(let path): return operand(path, .argument)
    case .string(let text, _): return Operand(source: .constant, first: constant(text))
    case .number(let number, _): return Operand(source: .constant, first: constant(Cell(number)))
    case .bool(let bool, _): return Operand(source: .constant, first: constant(Cell(bool)))
    case .null: return Operand(source: .constant, first: constant(.null))
    case .undefined: return Operand(source: .constant, first: constant(.missing))
    case .call(let call):
      try subexpression(call)
      return Operand(source: .stack)
    }
  }

  mutating func push(_ expression: Expression) throws(TemplateError) {
    let operand = try operand(expression)
    if operand.source != .stack { emit(operand.op(.push), expression.range) }
  }

  mutating func operand(_ path: TemplatePath, _ use: PathUse) -> Operand {
    var names = path.steps.map(\.name)[...]
    var operand = Operand(source: .context, strictness: strictness(use))
    operand.depth = UInt16(clamping: path.depth)
    switch path.root {
    case .data: operand.source = dataSource(&names)
    case .context:
      if path.depth == 0, !path.isScoped, let first = names.first, let named = named(first) {
        operand.source = named.source
        operand.depth = named.depth
        names.removeFirst()
      } else if template.dialect.scope == .enclosing, !path.isScoped, !names.isEmpty {
        operand.source = .enclosing
      }
    }
    (operand.first, operand.count) = steps(names)
    return operand
  }

  private func strictness(_ use: PathUse) -> Op.Strictness {
    switch (template.dialect.lookup, use) {
    case (.lenient, _): .lenient
    case (.strict, .value): .strict
    case (.strict, .argument), (.assumeObjects, _): .assumeObjects
    }
  }

  private func dataSource(_ names: inout ArraySlice<String>) -> Op.Source {
    let source: Op.Source
    switch names.first {
    case "root": source = .root
    case "index": source = .index
    case "key": source = .key
    case "first": source = .first
    case "last": source = .last
    default: return .data
    }
    names.removeFirst()
    return source
  }

  /// The block parameter of a name, counted in blocks that have any.
  private func named(_ name: String) -> (source: Op.Source, depth: UInt16)? {
    for (depth, names) in blockNames.reversed().enumerated() {
      guard let index = names.firstIndex(of: name) else { continue }
      let source: Op.Source = index == 0 ? .item : index == 1 ? .itemKey : .none
      return (source, UInt16(clamping: depth))
    }
    return nil
  }
}

extension Compiler {
  /// A call inside another one leaves its value on the stack.
  private mutating func subexpression(_ call: Call) throws(TemplateError) {
    switch meaning(of: call, isSubexpression: true) {
    case .variable: emit(operand(call.callee, .argument).op(.push), call.range)
    case .unknownHelper(let name): try refuse(name, call)
    case .helper(let helper):
      try checkCount(helper, call)
      switch helper.use {
      case .block: throw error(.helperNeedsBlock(helper), call.callee.range)
      case .marker: throw error(.helperHasNoValue(helper), call.callee.range)
      case .value: try value(helper, call)
      }
    }
  }

  private mutating func value(_ helper: Helper, _ call: Call) throws(TemplateError) {
    switch helper {
    case .lookup: try lookup(call)
    case .json: try json(.pushJSON, call, call.range)
    case .if, .unless, .each, .with, .log, .role, .history, .media, .section, .ifEquals,
      .unlessEquals:
      try drop(call)
      emit(Op(code: .push, source: .constant, first: constant(.missing)), call.range)
    }
  }

  private mutating func lookup(_ call: Call) throws(TemplateError) {
    try push(call.parameters[0])
    let key = try operand(call.parameters[1])
    emit(key.op(.lookup), call.range)
  }

  private mutating func json(
    _ code: Op.Code, _ call: Call, _ range: Range<Int>
  ) throws(TemplateError) {
    let indent = call.hash.first { $0.name == "indent" }
    if let indent { try push(indent.value) }
    var op = try operand(call.parameters[0]).op(code)
    if indent != nil { op.flags = .hasMore }
    emit(op, range)
  }

  /// Evaluates the arguments for what may be wrong in them.
  private mutating func drop(_ call: Call) throws(TemplateError) {
    for parameter in call.parameters + call.hash.map(\.value) {
      emit(try operand(parameter).op(.drop), parameter.range)
    }
  }

  /// A helper called by a tag of its own.
  mutating func compile(
    _ helper: Helper, _ call: Call, _ range: Range<Int>
  ) throws(TemplateError) {
    try checkCount(helper, call)
    switch helper {
    case .if, .unless, .each, .with, .ifEquals, .unlessEquals:
      throw error(.helperNeedsBlock(helper), call.callee.range)
    case .lookup:
      try lookup(call)
      let escapes = template.dialect.escaping == .html
      emit(Op(code: escapes ? .escape : .print, source: .stack), range)
    case .log: try drop(call)
    case .json: try json(.json, call, range)
    case .role: try role(call.parameters[0], range)
    case .section: emit(try operand(call.parameters[0]).op(.part), range)
    case .history: emit(Op(code: .history), range)
    case .media: try media(call, range)
    }
  }

  /// A role that is known now is a number in the instruction.
  private mutating func role(
    _ name: Expression, _ range: Range<Int>
  ) throws(TemplateError) {
    switch name {
    case .path, .call: emit(try operand(name).op(.roleNamed), range)
    case .string(let name, let place):
      emit(Op(code: .role, first: try knownRole(name, place)), range)
    case .number, .bool, .null, .undefined:
      // No other literal is the name of a role.
      let spelling = String(decoding: template.source[name.range], as: UTF8.self)
      throw error(.unknownRole(spelling, nearest: nil), name.range)
    }
  }

  /// The number of a role.
  func knownRole(_ name: String, _ range: Range<Int>) throws(TemplateError) -> Int32 {
    guard let index = Role.allCases.firstIndex(where: { $0.rawValue == name }) else {
      throw error(.unknownRole(name, nearest: Role.nearest(to: name)), range)
    }
    return Int32(index)
  }

  private mutating func media(_ call: Call, _ range: Range<Int>) throws(TemplateError) {
    guard let url = call.hash.first(where: { $0.name == "url" }) else {
      throw error(.argumentMissing(.media, key: "url"), range)
    }
    let contentType = call.hash.first { $0.name == "contentType" }
    if let contentType { try push(contentType.value) }
    var op = try operand(url.value).op(.media)
    if contentType != nil { op.flags = .hasMore }
    emit(op, range)
  }

  func checkCount(_ helper: Helper, _ call: Call) throws(TemplateError) {
    let allowed = helper.parameterCount
    guard !allowed.contains(call.parameters.count) else { return }
    throw error(
      .argumentCount(helper, allowed: allowed, given: call.parameters.count), call.range)
  }
}

extension Helper {
  /// How many arguments without a name the helper takes.
  fileprivate var parameterCount: ClosedRange<Int> {
    switch self {
    case .if, .unless, .each, .with, .role, .section, .json: 1...1
    case .lookup, .ifEquals, .unlessEquals: 2...2
    case .log, .history, .media: 0...Int.max
    }
  }
}

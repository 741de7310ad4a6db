/// Turns a template and the partials it reaches into one program.
struct Compiler: ~Copyable {
  var program = Program()
  var template: Template
  /// The names of the blocks around the node, innermost last.
  var blockNames: [[String]] = []
  private let partials: [String: Template]
  private var source: Int32 = 0
  private var nameIndexes: [String: Int32] = [:]
  private var keyIndexes: [String: Int32] = [:]
  /// Partials that are named and not compiled yet.
  private var wanted: [Int32] = []
  /// Bodies that are named and not compiled yet.
  private var waiting: [Body] = []
  private var bodyIndexes: [BodyKey: Int32] = [:]

  /// Nodes that are called like a partial, with the names that they see.
  private struct Body {
    let index: Int32
    let branch: Branch
    let blockNames: [[String]]
  }

  private struct BodyKey: Hashable {
    let source: Int32
    let start: Int
  }

  static func compile(
    _ template: Template, partials: [String: Template]
  ) throws(TemplateError) -> Program {
    var compiler = Compiler(template: template, partials: partials)
    try compiler.compile(template)
    while let name = compiler.wanted.popLast() {
      guard compiler.program.entries[Int(name)] < 0,
        let partial = partials[compiler.program.names[Int(name)]]
      else { continue }
      compiler.program.entries[Int(name)] = compiler.here
      try compiler.compile(partial)
    }
    return compiler.program
  }

  private init(template: Template, partials: [String: Template]) {
    self.template = template
    self.partials = partials
  }

  private mutating func compile(_ template: Template) throws(TemplateError) {
    self.template = template
    source = Int32(program.sources.count)
    program.sources.append(template)
    try compile(template.nodes, outer: [], inBlock: true)
    emit(Op(code: .finish), template.range.upperBound..<template.range.upperBound)
    while let body = waiting.popLast() {
      program.bodies[Int(body.index)] = here
      blockNames = body.blockNames
      try compile(body.branch.nodes, outer: body.blockNames, inBlock: true)
      emit(Op(code: .finish), body.branch.range.upperBound..<body.branch.range.upperBound)
    }
    blockNames = []
  }
}

extension Compiler {
  /// The place of the next instruction.
  var here: Int32 { Int32(program.ops.count) }

  @discardableResult
  mutating func emit(_ op: Op, _ range: Range<Int>) -> Int {
    program.ops.append(op)
    program.sites.append(
      Program.Site(
        source: source, start: Int32(range.lowerBound), end: Int32(range.upperBound)))
    return program.ops.count - 1
  }

  /// Lets an instruction that was emitted before go on here.
  mutating func land(_ op: Int) { program.ops[op].target = here }

  func error(_ problem: TemplateError.Problem, _ range: Range<Int>) -> TemplateError {
    TemplateError(
      problem: problem, template: template.name, position: template.position(at: range.lowerBound),
      range: range)
  }

  /// The index of a partial's name; the partial is compiled too, when there is one.
  mutating func want(_ name: String) -> Int32 {
    let index = nameIndex(name)
    wanted.append(index)
    return index
  }

  mutating func wantAll() {
    for name in partials.keys.sorted() { wanted.append(nameIndex(name)) }
  }

  mutating func nameIndex(_ name: String) -> Int32 {
    if let index = nameIndexes[name] { return index }
    let index = Int32(program.names.count)
    program.names.append(name)
    program.entries.append(-1)
    nameIndexes[name] = index
    return index
  }

  /// The index of a body that is compiled once, wherever it is named.
  mutating func body(_ branch: Branch, blockNames: [[String]]) -> Int32 {
    let key = BodyKey(source: source, start: branch.range.lowerBound)
    if let index = bodyIndexes[key] { return index }
    let index = Int32(program.bodies.count)
    program.bodies.append(0)
    bodyIndexes[key] = index
    waiting.append(Body(index: index, branch: branch, blockNames: blockNames))
    return index
  }
}

extension Compiler {
  /// Adds the steps of a path, which may serve many paths.
  mutating func steps(_ names: some Collection<String>) -> (first: Int32, count: Int32) {
    let spelling = names.joined(separator: "\0")
    let count = Int32(names.count)
    if let first = keyIndexes[spelling] { return (first, count) }
    let first = Int32(program.keys.count)
    for name in names {
      program.keys.append(key(name))
      program.indexes.append(Program.index(named: name))
    }
    keyIndexes[spelling] = first
    return (first, count)
  }

  mutating func key(_ name: String) -> Key {
    let offset = program.bytes.count
    program.bytes.append(contentsOf: name.utf8)
    return Key(
      program.bytes.span, offset: offset, count: program.bytes.count - offset, .program)
  }

  mutating func constant(_ cell: Cell) -> Int32 {
    program.constants.append(cell)
    return Int32(program.constants.count - 1)
  }

  mutating func constant(_ text: String) -> Int32 {
    let offset = program.bytes.count
    program.bytes.append(contentsOf: text.utf8)
    return constant(
      Cell(.string, .program, offset: offset, count: program.bytes.count - offset))
  }

  /// Adds literal text; returns where it lies.
  mutating func text(_ range: Range<Int>) -> (first: Int32, count: Int32) {
    let first = program.texts.count
    program.texts.append(contentsOf: template.source[range])
    return (Int32(first), Int32(range.count))
  }
}

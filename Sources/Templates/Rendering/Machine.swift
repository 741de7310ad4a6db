import Notation

/// Runs a program over an input: everything that changes while rendering.
struct Machine: ~Copyable {
  var output: Buffer<UInt8>
  var segments: Buffer<Segment>
  var marks: [Mark] = []
  /// The texts of marks.
  var labels: [UInt8] = []
  var frames: [Frame] = []
  var registers = Registers(context: 0, data: 0, names: -1, activation: 0)
  var stack: [Cell] = []
  var closures: [BlockClosure] = []
  /// Maps that partials are given.
  var made: [Entry] = []
  /// Texts that sub-expressions make.
  var scratch: [UInt8] = []
  /// White space in front of every line, by the partials that ask for it.
  var indentations: [Indentation] = []
  /// The next instruction.
  var next = 0
  var partialDepth = 0
  var stepsLeft: Int
  let limits: TemplateLimits
  let variables: Cell
  let context: Cell

  init(_ program: borrowing Program, _ input: RenderInput, limits: TemplateLimits) {
    self.limits = limits
    stepsLeft = limits.steps
    variables = input.variables
    context = input.context
    output = Buffer(capacity: program.texts.count * 3 / 2 + Self.spareSize)
    segments = Buffer(capacity: Self.spareSegments)
    frames.reserveCapacity(Self.spareFrames)
    marks.reserveCapacity(Self.spareMarks)
    frames.append(
      Frame(
        kind: .call, cell: input.variables, parent: -1, resume: -1, outerNames: -1,
        saved: registers, block: Frame.noBlock))
  }

  /// First guesses; each grows when it must.
  private static let spareSize = 512
  private static let spareSegments = 96
  private static let spareFrames = 8
  private static let spareMarks = 8

  /// Runs from the first instruction to the end of the first template.
  mutating func run(_ program: borrowing Program, _ tape: borrowing Tape) throws(RenderError) {
    while next >= 0 {
      if indentations.isEmpty { try runPlain(program, tape) }
      let index = next
      let op = program.ops[index]
      next = index &+ 1
      stepsLeft &-= 1
      let start = output.count
      switch op.code {
      case .text: appendText(op, index, program)
      case .print: print(try operand(op, program, tape), index, program, tape)
      case .branch: if holds(try operand(op, program, tape), op.flags) { next = Int(op.target) }
      case .jump: next = Int(op.target)
      case .each: try enterEach(op, program, tape)
      case .leave: leave(op, tape)
      case .push: stack.append(try operand(op, program, tape))
      case .with: try enterWith(op, program, tape)
      case .section: try enterSection(op, program, tape)
      case .call: try call(op, index, program, tape)
      case .finish: finish(program)
      case .escape, .branchZero, .branchEqual, .lookup, .json, .pushJSON, .drop, .role, .roleNamed,
        .history,
        .part, .media, .define, .undefine, .missingHelper:
        try runRare(op, index, program, tape)
      }
      if output.count != start { try settle(start, index, program) }
      if stepsLeft < 0 { throw error(.tooManySteps(limit: limits.steps), index, program) }
    }
  }

  @inline(never)
  private mutating func runRare(
    _ op: Op, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    switch op.code {
    case .escape: escape(try operand(op, program, tape), index, program, tape)
    case .branchZero: try branchZero(op, program, tape)
    case .branchEqual: try branchEqual(op, program, tape)
    case .lookup: try lookup(op, program, tape)
    case .json: try printJSON(op, index, program, tape)
    case .pushJSON: try pushJSON(op, index, program, tape)
    case .drop: _ = try operand(op, program, tape)
    case .role: markRole(Role.allCases[Int(op.first)], index, program)
    case .roleNamed: try markRoleNamed(op, index, program, tape)
    case .history: mark(Mark(kind: .history, op: Int32(index), offset: offset), program)
    case .part: try markPart(op, index, program, tape)
    case .media: try markMedia(op, index, program, tape)
    case .define: define(op)
    case .undefine: undefine(op)
    case .missingHelper:
      throw error(.unknownHelper(program.names[Int(op.first)]), index, program)
    case .text, .print, .branch, .jump, .each, .leave, .push, .with, .section, .call, .finish:
      preconditionFailure("a frequent instruction among the rare")
    }
  }

  /// How many bytes are written, as marks and segments count them.
  var offset: Int32 { Int32(truncatingIfNeeded: output.count) }

  /// Checks what an instruction has written, and indents it where a partial asks for that.
  @inline(__always)
  private mutating func settle(
    _ start: Int, _ index: Int, _ program: borrowing Program
  ) throws(RenderError) {
    if !indentations.isEmpty { indent(from: start, index, program) }
    if output.count > limits.outputSize {
      throw error(.outputTooLarge(limit: limits.outputSize), index, program)
    }
  }

  /// An error at the place that an instruction comes from.
  func error(
    _ problem: RenderError.Problem, _ index: Int, _ program: borrowing Program
  ) -> RenderError {
    let site = program.sites[index]
    let template = program.sources[Int(site.source)]
    return RenderError(
      problem: problem, template: template.name, position: template.position(at: Int(site.start)),
      range: Int(site.start)..<Int(site.end))
  }
}

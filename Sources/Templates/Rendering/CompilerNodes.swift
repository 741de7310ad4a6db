// One function for each kind of node.

extension Compiler {
  /// Compiles the nodes of one branch; the inline partials in it exist from its beginning.
  ///
  /// `outer` are the names around the branch, which its inline partials see; `inBlock` says
  /// whether the branch has a frame of its own when it is rendered.
  mutating func compile(
    _ nodes: [TemplateNode], outer: [[String]], inBlock: Bool
  ) throws(TemplateError) {
    let definitions = try define(nodes, outer: outer, flags: inBlock ? .inBlock : [])
    for node in nodes {
      switch node {
      case .text(let id): try compile(template.texts[id])
      case .comment, .inline: break
      case .mustache(let mustache): try compile(mustache)
      case .block(let block): try compile(block)
      case .partial(let partial): try compile(partial)
      }
    }
    undefine(definitions, nodes)
  }

  private mutating func define(
    _ nodes: [TemplateNode], outer: [[String]], flags: Op.Flags
  ) throws(TemplateError) -> Int {
    var count = 0
    for node in nodes {
      guard case .inline(let inline) = node else { continue }
      guard case .string(let name, _) = inline.name else {
        throw error(.inlineWithoutName, inline.opening)
      }
      let index = body(inline.body, blockNames: outer)
      emit(
        Op(code: .define, flags: flags, first: nameIndex(name), target: index), inline.opening)
      count += 1
    }
    return count
  }

  private mutating func undefine(_ count: Int, _ nodes: [TemplateNode]) {
    guard count > 0 else { return }
    emit(Op(code: .undefine, count: Int32(count)), 0..<0)
  }

  private mutating func compile(_ text: TemplateText) throws(TemplateError) {
    guard template.dialect.knownHelpers.contains(.role) else { return literal(text.kept) }
    var start = text.kept.lowerBound
    for marker in HandwrittenMarker.all(in: template.source, text.kept) {
      literal(start..<marker.range.lowerBound)
      try compile(marker)
      start = marker.range.upperBound
    }
    literal(start..<text.kept.upperBound)
  }

  private mutating func literal(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let (first, count) = text(range)
    emit(Op(code: .text, first: first, count: count), range)
  }

  private mutating func compile(_ marker: HandwrittenMarker) throws(TemplateError) {
    switch marker.kind {
    case .role(let name):
      emit(Op(code: .role, first: try knownRole(name, marker.range)), marker.range)
    case .history: emit(Op(code: .history), marker.range)
    case .section(let name):
      emit(Op(code: .part, source: .constant, first: constant(name)), marker.range)
    case .media(let url, let contentType):
      if let contentType {
        emit(Op(code: .push, source: .constant, first: constant(contentType)), marker.range)
      }
      emit(
        Op(
          code: .media, source: .constant, flags: contentType == nil ? [] : .hasMore,
          first: constant(url)), marker.range)
    }
  }

  private mutating func compile(_ mustache: Mustache) throws(TemplateError) {
    let call = mustache.call
    switch meaning(of: call, isSubexpression: false) {
    case .variable:
      let operand = operand(call.callee, .value)
      let escapes = mustache.form == .plain && template.dialect.escaping == .html
      emit(operand.op(escapes ? .escape : .print), mustache.range)
    case .helper(let helper): try compile(helper, call, mustache.range)
    case .unknownHelper(let name): try refuse(name, call)
    }
  }

  /// An unknown helper is an error now, or, where the dialect says so, when it is reached.
  func unknownHelper(_ name: String, _ call: Call) throws(TemplateError) {
    guard template.dialect.helpers == .knownOnly else { return }
    let known = template.dialect.knownHelpers.map(\.rawValue)
    throw error(
      .unknownHelper(name, nearest: Nearest.to(name, among: known)), call.callee.range)
  }

  mutating func refuse(_ name: String, _ call: Call) throws(TemplateError) {
    try unknownHelper(name, call)
    emit(Op(code: .missingHelper, first: nameIndex(name)), call.callee.range)
  }
}

extension Compiler {
  private mutating func compile(_ partial: Partial) throws(TemplateError) {
    var site = Program.CallSite(target: .block)
    switch partial.name {
    case .fixed(TemplateInclude.partialBlock): break
    case .fixed(let name): site.target = .fixed(want(name))
    case .dynamic(let name):
      site.target = .dynamic
      wantAll()
      try push(name)
    }
    let context = try partial.context.map { (context) throws(TemplateError) in
      try operand(context)
    }
    for argument in partial.hash {
      try push(argument.value)
      site.hash.append(key(argument.name))
    }
    site.block = partial.block.map { body($0, blockNames: blockNames) }
    site.startsEmpty = template.dialect.partialContext == .empty && partial.context == nil
    site.keepsContexts = template.dialect.scope == .enclosing
    if let indentation = partial.indentation {
      let piece = text(indentation)
      switch template.dialect.indentation {
      case .everyLine: site.indentation = piece
      case .firstLine:
        emit(Op(code: .text, first: piece.first, count: piece.count), indentation)
      }
    }
    let inlines = partial.block?.nodes ?? []
    let definitions = try define(inlines, outer: blockNames, flags: [])
    site.definitions = definitions
    var op = (context ?? Operand(source: .none)).op(.call)
    op.target = Int32(program.calls.count)
    program.calls.append(site)
    emit(op, partial.nameRange)
    undefine(definitions, inlines)
  }
}

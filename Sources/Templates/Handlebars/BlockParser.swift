// The tags that hold other nodes, and the ones that stand alone.

extension TemplateParser {
  /// Reads a tag that prints, behind its sign.
  mutating func readMustache(
    _ tag: TagOpening, into parsed: inout ParsedNodes
  ) throws(TemplateError) {
    let call = try call()
    var strip = tag.strip
    strip.after =
      tag.kind == .triple ? try closeTriple(of: tag.start) : try closeTag(of: tag.start)
    let mustache = Mustache(
      range: tag.start..<cursor, call: call,
      form: tag.kind == .plain ? .plain : .unescaped, strip: strip)
    parsed.append(.mustache(mustache), NodeStrip(around: strip))
  }

  mutating func readPartial(
    _ tag: TagOpening, into parsed: inout ParsedNodes
  ) throws(TemplateError) {
    let head = try partialHead(tag)
    let partial = Partial(
      range: head.opening, opening: head.opening, name: head.name, nameRange: head.nameRange,
      context: head.context, hash: head.hash, block: nil, strip: head.strip, indentation: nil)
    parsed.append(.partial(partial), NodeStrip(alone: head.strip))
  }

  mutating func readPartialBlock(
    _ tag: TagOpening, into parsed: inout ParsedNodes
  ) throws(TemplateError) {
    try enter(tag.start)
    let head = try partialHead(tag)
    let body = try partialBody()
    let spelling = text(head.nameRange.lowerBound, head.nameRange.upperBound)
    let closing = try close(body, of: head.spelling ?? spelling, opened: tag.start, head.opening)
    let branch = branch(body, [], isChained: false)
    let partial = Partial(
      range: tag.start..<cursor, opening: head.opening, name: head.name,
      nameRange: head.nameRange, context: head.context, hash: head.hash, block: branch,
      strip: head.strip, indentation: nil)
    parsed.append(
      .partial(partial),
      stripWhiteSpace(inside: branch, nil, BlockStrips(open: head.strip, close: closing)))
    depth -= 1
  }

  mutating func readInline(
    _ tag: TagOpening, into parsed: inout ParsedNodes
  ) throws(TemplateError) {
    try enter(tag.start)
    let call = try call()
    let decorator = call.callee.spelling
    guard decorator == "inline" else {
      throw error(.decorator(decorator), call.callee.range)
    }
    guard let name = call.parameters.first else {
      throw error(.inlineWithoutName, tag.start..<cursor)
    }
    var strip = tag.strip
    strip.after = try closeTag(of: tag.start)
    let opening = tag.start..<cursor
    let body = try partialBody()
    let closing = try close(body, of: decorator, opened: tag.start, opening)
    let branch = branch(body, [], isChained: false)
    let inline = InlinePartial(
      range: tag.start..<cursor, opening: opening, name: name, body: branch)
    parsed.append(
      .inline(inline),
      stripWhiteSpace(inside: branch, nil, BlockStrips(open: strip, close: closing)))
    depth -= 1
  }

  mutating func readRawBlock(
    _ tag: TagOpening, into parsed: inout ParsedNodes
  ) throws(TemplateError) {
    let call = try call()
    skipSpace()
    guard matches("}}}}", at: cursor) else { throw unexpected(.rawBlockEnd) }
    cursor += 4
    let opening = tag.start..<cursor
    let body = try rawBody(opening, call.callee.spelling)
    let branch = branch(body, [], isChained: false)
    let block = Block(
      range: tag.start..<cursor, opening: opening, form: .raw, call: call,
      body: branch, inverse: nil)
    parsed.append(.block(block), stripWhiteSpace(inside: branch, nil, BlockStrips()))
  }

  private mutating func partialBody() throws(TemplateError) -> ParsedNodes {
    var body = try nodes()
    if let stop = body.stop, stop.kind != .end {
      throw error(.elseInPartial, stop.start..<stop.end)
    }
    stripWhiteSpace(around: &body, isRoot: false)
    return body
  }

  /// Text up to the `{{{{/name}}}}` that is not that of a raw block inside.
  private mutating func rawBody(
    _ opening: Range<Int>, _ name: String
  ) throws(TemplateError) -> ParsedNodes {
    let start = cursor
    var inner = 0
    while cursor < end {
      guard matches("{{{{", at: cursor) else {
        cursor += 1
        continue
      }
      let tag = cursor
      cursor += 4
      guard matches("/", at: cursor) else {
        inner += 1
        continue
      }
      guard let closed = rawClose() else { continue }
      inner -= 1
      guard inner < 0 else { continue }
      guard closed == name else {
        throw mismatch(name, opening.lowerBound, closed: closed, tag..<cursor)
      }
      var body = ParsedNodes(start: start, end: tag)
      if start < tag {
        texts.append(TemplateText(start..<tag))
        body.append(.text(texts.count - 1), NodeStrip())
      }
      return body
    }
    throw error(.unclosedBlock(name), opening)
  }

  /// The name in `/name}}}}`; nil, and nothing read, when that does not stand here.
  private mutating func rawClose() -> String? {
    var place = cursor + 1
    while place < end, TemplateCharacters.isName(source[place]) { place += 1 }
    guard place > cursor + 1, matches("}}}}", at: place) else { return nil }
    let name = text(cursor + 1, place)
    cursor = place + 4
    return name
  }
}

extension TemplateParser {
  /// What stands in `{{> …}}`.
  struct PartialHead {
    let opening: Range<Int>
    let name: Partial.Name
    let nameRange: Range<Int>
    let spelling: String?
    let context: Expression?
    let hash: [HashArgument]
    let strip: Strip
  }

  private mutating func partialHead(_ tag: TagOpening) throws(TemplateError) -> PartialHead {
    skipSpace()
    let start = cursor
    let head = try partialName()
    let nameRange = start..<cursor
    let (parameters, hash) = try arguments()
    var strip = tag.strip
    strip.after = try closeTag(of: tag.start)
    guard parameters.count <= 1 else {
      throw error(.partialArguments(parameters.count), tag.start..<cursor)
    }
    return PartialHead(
      opening: tag.start..<cursor, name: head.name, nameRange: nameRange,
      spelling: head.spelling, context: parameters.first, hash: hash, strip: strip)
  }

  private mutating func partialName() throws(TemplateError)
    -> (name: Partial.Name, spelling: String?)
  {
    guard cursor < end else { throw unexpected(.partialName) }
    if source[cursor] == UInt8(ascii: "(") {
      return (.dynamic(try expression(.partialName)), nil)
    }
    let path = try callee(.partialName)
    return (.fixed(path.spelling), path.spelling)
  }

  func branch(
    _ parsed: ParsedNodes, _ parameters: [BlockParameter], isChained: Bool
  ) -> Branch {
    Branch(
      range: parsed.start..<parsed.end, nodes: parsed.nodes, parameters: parameters,
      isChained: isChained)
  }

  /// Reads the closing tag that ended the nodes, and compares its name.
  mutating func close(
    _ parsed: ParsedNodes, of name: String, opened: Int, _ opening: Range<Int>
  ) throws(TemplateError) -> Strip {
    guard let stop = parsed.stop else {
      throw error(.unclosedBlock(name), opened..<opening.upperBound)
    }
    guard stop.kind == .end else { throw error(.secondElse, stop.start..<stop.end) }
    cursor = stop.end
    let path = try callee(.name)
    var strip = stop.strip
    strip.after = try closeTag(of: stop.start)
    guard path.spelling == name else {
      throw mismatch(name, opened, closed: path.spelling, stop.start..<cursor)
    }
    return strip
  }

  private func mismatch(
    _ name: String, _ opened: Int, closed: String, _ range: Range<Int>
  ) -> TemplateError {
    error(.mismatchedClose(opened: name, at: position(at: opened), closed: closed), range)
  }
}

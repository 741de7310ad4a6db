import Notation

/// Reads the nodes of a template; the inside of tags is in `ExpressionParser.swift`.
struct TemplateParser {
  let source: [UInt8]
  /// The byte after the template's last.
  let end: Int
  let name: String
  let dialect: Dialect
  let limits: TemplateLimits
  var cursor: Int
  var texts: [TemplateText] = []
  var depth = 0
  private let start: Int

  init(source: [UInt8], part: Range<Int>?, name: String, dialect: Dialect) {
    self.source = source
    self.name = name
    self.dialect = dialect
    limits = .standard
    start = part?.lowerBound ?? 0
    end = part?.upperBound ?? source.count
    cursor = start
  }

  mutating func template() throws(TemplateError) -> Template {
    guard source.count <= limits.sourceSize else {
      throw error(.sourceTooLarge(limit: limits.sourceSize), start..<start)
    }
    try checkEncoding()
    var body = try nodes()
    if let stop = body.stop { throw stray(stop) }
    stripWhiteSpace(around: &body, isRoot: true)
    return Template(
      name: name, source: source, range: start..<end, dialect: dialect,
      nodes: body.nodes, texts: texts)
  }

  /// An error whose excerpt marks a range of the file.
  func error(_ problem: TemplateError.Problem, _ range: Range<Int>) -> TemplateError {
    TemplateError(
      problem: problem, template: name, position: position(at: range.lowerBound), range: range)
  }

  func position(at offset: Int) -> Position { Position(at: offset, in: source) }

  /// Counts one level of nesting; `depth -= 1` belongs to it.
  mutating func enter(_ start: Int) throws(TemplateError) {
    depth += 1
    guard depth <= limits.blockDepth else {
      throw error(.nestedTooDeep(limit: limits.blockDepth), start..<cursor)
    }
  }

  private func checkEncoding() throws(TemplateError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: source.span)
    } catch {
      throw self.error(.notUTF8, error.byteOffsets)
    }
  }
}

/// Nodes up to a tag that ends them.
struct ParsedNodes {
  var nodes: [TemplateNode] = []
  /// What each node asks of the white space around it.
  var strips: [NodeStrip] = []
  let start: Int
  var end: Int
  /// The tag that ended the nodes; nil at the end of the template.
  var stop: TagOpening?

  mutating func append(_ node: TemplateNode, _ strip: NodeStrip) {
    nodes.append(node)
    strips.append(strip)
  }
}

extension TemplateParser {
  /// Reads nodes until a tag that belongs to the block around them.
  mutating func nodes() throws(TemplateError) -> ParsedNodes {
    var parsed = ParsedNodes(start: cursor, end: cursor)
    while true {
      readTexts(into: &parsed)
      parsed.end = cursor
      guard cursor < end else { return parsed }
      let tag = try tagOpening()
      switch tag.kind {
      case .end, .chain, .inverse:
        parsed.stop = tag
        return parsed
      case .comment:
        let comment = Comment(range: tag.start..<tag.end, strip: tag.strip)
        parsed.append(.comment(comment), NodeStrip(alone: tag.strip))
      case .plain, .ampersand, .triple: try readMustache(tag, into: &parsed)
      case .block, .inverted: try readBlock(tag, into: &parsed)
      case .raw: try readRawBlock(tag, into: &parsed)
      case .partial: try readPartial(tag, into: &parsed)
      case .partialBlock: try readPartialBlock(tag, into: &parsed)
      case .inline: try readInline(tag, into: &parsed)
      case .decorator: throw error(.decorator(tagText(tag)), tag.start..<tag.end)
      }
    }
  }

  /// Reads literal text up to the next tag; `\{{` makes the tag itself text.
  private mutating func readTexts(into parsed: inout ParsedNodes) {
    while cursor < end {
      let open = nextTag(from: cursor)
      guard let open else { return appendText(cursor, end, next: end, into: &parsed) }
      let slashes = backslashes(before: open, after: cursor)
      if slashes == 0 { return appendText(cursor, open, next: open, into: &parsed) }
      appendText(cursor, open - 1, next: open, into: &parsed)
      if slashes > 1 { return }
      let next = escapedEnd(from: open)
      appendText(open, next, next: next, into: &parsed)
    }
  }

  private mutating func appendText(
    _ from: Int, _ to: Int, next: Int, into parsed: inout ParsedNodes
  ) {
    cursor = next
    guard from < to else { return }
    texts.append(TemplateText(from..<to))
    parsed.append(.text(texts.count - 1), NodeStrip())
  }

  private func nextTag(from start: Int) -> Int? {
    var place = start
    while place + 1 < end {
      if source[place] == UInt8(ascii: "{"), source[place + 1] == UInt8(ascii: "{") {
        return place
      }
      place += 1
    }
    return nil
  }

  /// None, one or two: more than two mean no more than two.
  private func backslashes(before place: Int, after start: Int) -> Int {
    guard place > start, source[place - 1] == UInt8(ascii: "\\") else { return 0 }
    return place - 1 > start && source[place - 2] == UInt8(ascii: "\\") ? 2 : 1
  }

  /// Where the text that an escaped tag begins comes to the next tag or its backslashes.
  private func escapedEnd(from open: Int) -> Int {
    guard let next = nextTag(from: open + 2) else { return end }
    return next - backslashes(before: next, after: open + 2)
  }

  /// An error for a tag that no block asked for.
  func stray(_ tag: TagOpening) -> TemplateError {
    switch tag.kind {
    case .end:
      let close = tagText(tag)
      return error(.closeWithoutOpen(close), tag.start..<tag.end + close.utf8.count)
    case .plain, .ampersand, .triple, .decorator, .block, .inline, .inverted, .partial,
      .partialBlock, .raw, .chain, .inverse, .comment:
      return error(.elseWithoutBlock, tag.start..<tag.end)
    }
  }

  /// What stands in a tag after its sign, up to white space or the tag's end.
  private func tagText(_ tag: TagOpening) -> String {
    let from = skippingSpace(from: tag.end)
    var to = from
    while to < end, source[to] != UInt8(ascii: "}"), source[to] != UInt8(ascii: "~"),
      TemplateCharacters.whiteSpace(source, at: to, end: end) == 0
    {
      to += 1
    }
    return text(from, to)
  }
}

extension TemplateParser {
  func matches(_ word: String, at place: Int) -> Bool {
    guard place + word.utf8.count <= end else { return false }
    var index = place
    for byte in word.utf8 {
      guard source[index] == byte else { return false }
      index += 1
    }
    return true
  }

  func skippingSpace(from place: Int, to limit: Int? = nil) -> Int {
    var place = place
    while true {
      let length = TemplateCharacters.whiteSpace(source, at: place, end: limit ?? end)
      if length == 0 { return place }
      place += length
    }
  }

  mutating func skipSpace() { cursor = skippingSpace(from: cursor) }

  func text(_ from: Int, _ to: Int) -> String {
    String(decoding: source[from..<to], as: UTF8.self)
  }
}

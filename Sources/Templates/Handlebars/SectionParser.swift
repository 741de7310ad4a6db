// `{{#x}}…{{else y}}…{{else}}…{{/x}}` and `{{^x}}…{{/x}}`.

extension TemplateParser {
  /// What stands in the tag that opens a block or a chained `else`.
  private struct Head {
    let opening: Range<Int>
    let call: Call
    let parameters: [BlockParameter]
    let strip: Strip
  }

  /// What follows an `else`.
  private struct Otherwise {
    let branch: Branch
    /// The `else` tag's own.
    let strip: Strip
    /// The branch that stands right behind the tag.
    let first: Branch
    /// None, or the block of `{{else x}}`, whose white space is settled at its closing tag.
    let chained: [OpenBlock]
  }

  /// A block whose closing tag is not read yet.
  private struct OpenBlock {
    let head: Head
    let body: Branch
    let otherwise: Otherwise?
  }

  mutating func readBlock(
    _ tag: TagOpening, into parsed: inout ParsedNodes
  ) throws(TemplateError) {
    let levels = depth
    let block = try openBlock(tag, name: nil)
    if tag.kind == .inverted, let chained = block.open.otherwise?.chained.first {
      throw error(.chainedElseInInverted, chained.head.opening)
    }
    let closing = try close(block.rest, of: block.name, opened: tag.start, block.open.head.opening)
    let strip = settle(block.open, isInverted: tag.kind == .inverted, closing)
    parsed.append(
      .block(finished(block.open, isInverted: tag.kind == .inverted, end: cursor)), strip)
    depth = levels
  }

  /// Reads a block up to its closing tag; a chained `else` is a block in a block.
  private mutating func openBlock(
    _ tag: TagOpening, name: String?
  ) throws(TemplateError) -> (open: OpenBlock, rest: ParsedNodes, name: String) {
    try enter(tag.start)
    let call = try call()
    let parameters = try blockParameters()
    var strip = tag.strip
    strip.after = try closeTag(of: tag.start)
    let opening = tag.start..<cursor
    let head = Head(opening: opening, call: call, parameters: parameters, strip: strip)
    let name = name ?? call.callee.spelling
    var body = try nodes()
    stripWhiteSpace(around: &body, isRoot: false)
    let (otherwise, rest) = try otherwise(after: body, name: name)
    let open = OpenBlock(
      head: head, body: branch(body, parameters, isChained: false), otherwise: otherwise)
    return (open, rest, name)
  }

  private mutating func otherwise(
    after body: ParsedNodes, name: String
  ) throws(TemplateError) -> (Otherwise?, rest: ParsedNodes) {
    guard let stop = body.stop else { return (nil, body) }
    if stop.kind == .inverse {
      var inverse = try nodes()
      stripWhiteSpace(around: &inverse, isRoot: false)
      let branch = branch(inverse, [], isChained: false)
      return (Otherwise(branch: branch, strip: stop.strip, first: branch, chained: []), inverse)
    }
    guard stop.kind == .chain else { return (nil, body) }
    let chained = try openBlock(stop, name: name)
    let block = finished(chained.open, isInverted: false, end: chained.rest.end)
    let branch = Branch(
      range: stop.start..<chained.rest.end, nodes: [.block(block)], parameters: [],
      isChained: true)
    let otherwise = Otherwise(
      branch: branch, strip: chained.open.head.strip, first: chained.open.body,
      chained: [chained.open])
    return (otherwise, chained.rest)
  }

  private func finished(_ open: OpenBlock, isInverted: Bool, end: Int) -> Block {
    let inverse = open.otherwise?.branch
    return Block(
      range: open.head.opening.lowerBound..<end, opening: open.head.opening,
      form: isInverted ? .inverted : .section, call: open.head.call,
      body: isInverted ? inverse : open.body, inverse: isInverted ? open.body : inverse)
  }

  /// Strips white space inside a block and the blocks chained to it.
  private mutating func settle(
    _ open: OpenBlock, isInverted: Bool, _ closing: Strip
  ) -> NodeStrip {
    settleChain(of: open, closing)
    let strips = BlockStrips(
      open: open.head.strip, inverse: open.otherwise?.strip ?? Strip(), close: closing)
    if isInverted, let otherwise = open.otherwise {
      return stripWhiteSpace(inside: otherwise.branch, open.body, strips)
    }
    return stripWhiteSpace(inside: open.body, open.otherwise?.first, strips)
  }

  /// As in Handlebars.js, the first chained block ends with the closing tag, and every later one
  /// counts as ending with the tag that opened it.
  private mutating func settleChain(of open: OpenBlock, _ closing: Strip) {
    guard let otherwise = open.otherwise, let chained = otherwise.chained.first else { return }
    settleChain(of: chained, chained.otherwise?.strip ?? Strip())
    let strips = BlockStrips(
      open: chained.head.strip, inverse: chained.otherwise?.strip ?? Strip(), close: closing)
    _ = stripWhiteSpace(inside: chained.body, chained.otherwise?.first, strips)
  }
}

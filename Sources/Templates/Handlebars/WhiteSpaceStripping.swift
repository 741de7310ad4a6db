// White space around tags, by the rules of Handlebars.js: `~` takes all of it, and a tag that
// stands alone on its line takes the line.

/// What one node asks of the white space around it.
struct NodeStrip {
  var before = false
  var after = false
  /// Whether the node takes its line when it stands alone.
  var takesLine = false
  /// Whether the block's opening tag is the last of its line.
  var opensLine = false
  /// Whether the block's closing tag is the first of its line.
  var closesLine = false

  init() {}

  init(around strip: Strip) {
    before = strip.before
    after = strip.after
  }

  init(alone strip: Strip) {
    self.init(around: strip)
    takesLine = true
  }
}

/// The `~` of a block's tags.
struct BlockStrips {
  var open = Strip()
  var inverse = Strip()
  var close = Strip()
}

extension TemplateParser {
  /// Strips what the nodes of one branch ask for.
  mutating func stripWhiteSpace(around list: inout ParsedNodes, isRoot: Bool) {
    let removesLines = dialect.standaloneLines == .removed
    for (index, strip) in list.strips.enumerated() {
      if case .text = list.nodes[index] { continue }
      let isFirst = endsLine(before: index, list.nodes, isRoot: isRoot)
      let isLast = beginsLine(after: index, list.nodes, isRoot: isRoot)
      if strip.after { trimAllStart(text(list.nodes, index + 1)) }
      if strip.before { trimAllEnd(text(list.nodes, index - 1)) }
      guard removesLines else { continue }
      if strip.takesLine, isFirst, isLast {
        trimLineStart(text(list.nodes, index + 1))
        if let indentation = trimLineEnd(text(list.nodes, index - 1)) {
          list.nodes[index].indent(indentation)
        }
      }
      let branches = list.nodes[index].branches
      if strip.opensLine, isFirst {
        trimLineStart(text(branches.first?.nodes, 0))
        trimLineEnd(text(list.nodes, index - 1))
      }
      if strip.closesLine, isLast {
        trimLineStart(text(list.nodes, index + 1))
        trimLineEnd(lastText(branches.last?.nodes))
      }
    }
  }

  /// Strips inside a block; `inverse` is the branch right behind its `else`.
  mutating func stripWhiteSpace(
    inside body: Branch, _ inverse: Branch?, _ strips: BlockStrips
  ) -> NodeStrip {
    var strip = NodeStrip()
    strip.before = strips.open.before
    strip.after = strips.close.after
    strip.opensLine = beginsLine(after: -1, body.nodes, isRoot: false)
    let last = inverse ?? body
    strip.closesLine = endsLine(before: last.nodes.count, last.nodes, isRoot: false)
    if strips.open.after { trimAllStart(text(body.nodes, 0)) }
    guard let inverse else {
      if strips.close.before { trimAllEnd(lastText(body.nodes)) }
      return strip
    }
    if strips.inverse.before { trimAllEnd(lastText(body.nodes)) }
    if strips.inverse.after { trimAllStart(text(inverse.nodes, 0)) }
    if strips.close.before { trimAllEnd(lastText(inverse.nodes)) }
    if dialect.standaloneLines == .removed,
      endsLine(before: body.nodes.count, body.nodes, isRoot: false),
      beginsLine(after: -1, inverse.nodes, isRoot: false)
    {
      trimLineEnd(lastText(body.nodes))
      trimLineStart(text(inverse.nodes, 0))
    }
    return strip
  }

  private func text(_ nodes: [TemplateNode]?, _ index: Int) -> Int? {
    guard let nodes, nodes.indices.contains(index), case .text(let id) = nodes[index] else {
      return nil
    }
    return id
  }

  private func lastText(_ nodes: [TemplateNode]?) -> Int? {
    text(nodes, (nodes?.count ?? 0) - 1)
  }
}

extension TemplateParser {
  /// Whether nothing but white space stands between the last line end and the node.
  private func endsLine(before index: Int, _ nodes: [TemplateNode], isRoot: Bool) -> Bool {
    guard index > 0 else { return isRoot }
    guard case .text(let id) = nodes[index - 1] else { return false }
    let range = texts[id].original
    var place = range.upperBound
    while true {
      let length = TemplateCharacters.whiteSpace(source, before: place, start: range.lowerBound)
      if length == 0 { break }
      if source[place - 1] == UInt8(ascii: "\n") { return true }
      place -= length
    }
    return isRoot && index == 1 && place == range.lowerBound
  }

  /// Whether nothing but white space stands between the node and the next line end.
  private func beginsLine(after index: Int, _ nodes: [TemplateNode], isRoot: Bool) -> Bool {
    guard index + 1 < nodes.count else { return isRoot }
    guard case .text(let id) = nodes[index + 1] else { return false }
    let range = texts[id].original
    var place = range.lowerBound
    while true {
      let length = TemplateCharacters.whiteSpace(source, at: place, end: range.upperBound)
      if length == 0 { break }
      if source[place] == UInt8(ascii: "\n") { return true }
      place += length
    }
    return isRoot && index + 2 >= nodes.count && place == range.upperBound
  }

  private mutating func trimAllStart(_ id: Int?) {
    guard let id else { return }
    let kept = texts[id].kept
    let start = skippingSpace(from: kept.lowerBound, to: kept.upperBound)
    texts[id].trim(start..<kept.upperBound, .start)
  }

  private mutating func trimAllEnd(_ id: Int?) {
    guard let id else { return }
    let kept = texts[id].kept
    var end = kept.upperBound
    while true {
      let length = TemplateCharacters.whiteSpace(source, before: end, start: kept.lowerBound)
      if length == 0 { break }
      end -= length
    }
    texts[id].trim(kept.lowerBound..<end, .end)
  }

  /// Drops blanks and one line end.
  private mutating func trimLineStart(_ id: Int?) {
    guard let id, !texts[id].isTrimmedAtStart else { return }
    let kept = texts[id].kept
    var start = kept.lowerBound
    while start < kept.upperBound, isBlank(source[start]) { start += 1 }
    for byte in [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    where start < kept.upperBound && source[start] == byte {
      start += 1
    }
    texts[id].trim(start..<kept.upperBound, .start)
  }

  /// Drops blanks and returns them.
  @discardableResult
  private mutating func trimLineEnd(_ id: Int?) -> Range<Int>? {
    guard let id, !texts[id].isTrimmedAtEnd else { return nil }
    let kept = texts[id].kept
    var end = kept.upperBound
    while end > kept.lowerBound, isBlank(source[end - 1]) { end -= 1 }
    texts[id].trim(kept.lowerBound..<end, .end)
    return end < kept.upperBound ? end..<kept.upperBound : nil
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}

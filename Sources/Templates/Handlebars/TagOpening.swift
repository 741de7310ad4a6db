/// The first bytes of a tag, up to and with its sign.
struct TagOpening {
  enum Kind: Hashable {
    case plain, ampersand, triple, decorator
    case block, inline, inverted, partial, partialBlock, raw
    case end, chain
    /// `{{else}}` and `{{^}}`, whole.
    case inverse
    /// Whole.
    case comment
  }

  let kind: Kind
  /// Where the tag begins.
  let start: Int
  /// Just past the sign, or past the whole tag.
  let end: Int
  var strip: Strip
}

extension TemplateParser {
  /// Reads what kind of tag begins here; `cursor` is left behind its sign.
  mutating func tagOpening() throws(TemplateError) -> TagOpening {
    let start = cursor
    if matches("{{{{", at: start) { return opening(.raw, start, start + 4, Strip()) }
    var sign = start + 2
    let strip = Strip(before: matches("~", at: sign))
    if strip.before { sign += 1 }
    guard sign < end else { throw error(.unclosedTag, start..<end) }
    switch source[sign] {
    case UInt8(ascii: ">"): return opening(.partial, start, sign + 1, strip)
    case UInt8(ascii: "/"): return opening(.end, start, sign + 1, strip)
    case UInt8(ascii: "{"): return opening(.triple, start, sign + 1, strip)
    case UInt8(ascii: "&"): return opening(.ampersand, start, sign + 1, strip)
    case UInt8(ascii: "*"): return opening(.decorator, start, sign + 1, strip)
    case UInt8(ascii: "!"): return try comment(start, sign, strip)
    case UInt8(ascii: "#"):
      if matches(">", at: sign + 1) { return opening(.partialBlock, start, sign + 2, strip) }
      if matches("*", at: sign + 1) { return opening(.inline, start, sign + 2, strip) }
      return opening(.block, start, sign + 1, strip)
    case UInt8(ascii: "^"):
      return inverse(start, sign + 1, strip) ?? opening(.inverted, start, sign + 1, strip)
    default:
      return elseTag(start, sign, strip) ?? opening(.plain, start, sign, strip)
    }
  }

  private mutating func opening(
    _ kind: TagOpening.Kind, _ start: Int, _ end: Int, _ strip: Strip
  ) -> TagOpening {
    cursor = end
    return TagOpening(kind: kind, start: start, end: end, strip: strip)
  }

  /// `{{!…}}` or `{{!--…--}}`.
  private mutating func comment(
    _ start: Int, _ sign: Int, _ strip: Strip
  ) throws(TemplateError) -> TagOpening {
    let isLong = matches("!--", at: sign)
    var place = sign + 1
    while place < end {
      let closing = isLong ? longCommentEnd(at: place) : matches("}}", at: place) ? place + 2 : nil
      if let closing {
        var strip = strip
        strip.after = source[closing - 3] == UInt8(ascii: "~")
        return opening(.comment, start, closing, strip)
      }
      place += 1
    }
    throw error(.unclosedComment, start..<min(sign + 3, end))
  }

  private func longCommentEnd(at place: Int) -> Int? {
    if matches("--}}", at: place) { return place + 4 }
    return matches("--~}}", at: place) ? place + 5 : nil
  }

  /// What follows `{{^` or `{{else` when nothing else stands in the tag.
  private mutating func inverse(_ start: Int, _ sign: Int, _ strip: Strip) -> TagOpening? {
    let place = skippingSpace(from: sign)
    let isStripping = matches("~", at: place)
    guard matches("}}", at: isStripping ? place + 1 : place) else { return nil }
    let closing = place + (isStripping ? 3 : 2)
    return opening(.inverse, start, closing, Strip(before: strip.before, after: isStripping))
  }

  private mutating func elseTag(_ start: Int, _ sign: Int, _ strip: Strip) -> TagOpening? {
    let word = skippingSpace(from: sign)
    guard matches("else", at: word) else { return nil }
    if let inverse = inverse(start, word + 4, strip) { return inverse }
    guard word + 4 < end, !isWordByte(source[word + 4]) else { return nil }
    return opening(.chain, start, word + 4, strip)
  }

  /// JavaScript's `\w`.
  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

/// What stands behind a backslash, in a class or outside of one.
enum Escape {
  /// A code point, which may be half of a surrogate pair.
  case character(UInt32)
  case set(CharacterSet)

  /// Reads from behind the backslash, which stands at `start`.
  static func take(
    _ source: inout CharacterSource, from start: Int
  ) throws(PatternError) -> Escape {
    guard let scalar = source.take() else { throw .malformed(.endsInBackslash, at: start) }
    switch scalar {
    case "d": return .set(.digit)
    case "D": return .set(.notDigit)
    case "s": return .set(.space)
    case "S": return .set(.notSpace)
    case "w": return .set(.word)
    case "W": return .set(.notWord)
    case "p", "P": return .set(try property(&source, isNegated: scalar == "P", from: start))
    case "t": return .character(0x09)
    case "n": return .character(0x0A)
    case "v": return .character(0x0B)
    case "f": return .character(0x0C)
    case "r": return .character(0x0D)
    case "0" where !(source.next.map { ("0"..."9").contains($0) } ?? false):
      return .character(0)
    case "c":
      if let letter = source.take(), letter.isASCIILetter { return .character(letter.value % 32) }
    case "x":
      if let value = source.takeHex(digits: 2) { return .character(value) }
    case "u":
      if let value = takeUnicode(&source) { return .character(value) }
    case _ where "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar):
      return .character(scalar.value)
    default: break
    }
    throw .malformed(.unknownEscape(source.text(from: start)), at: start)
  }

  /// `XXXX`, two of them that make a surrogate pair, or `{X…}`.
  static func takeUnicode(_ source: inout CharacterSource) -> UInt32? {
    if source.takes("{") {
      var value: UInt32 = 0
      var count = 0
      while let digit = source.takeHex(digits: 1) {
        value = min(value << 4 | digit, 0x11_0000)
        count += 1
      }
      return count > 0 && value <= 0x10_FFFF && source.takes("}") ? value : nil
    }
    guard let first = source.takeHex(digits: 4) else { return nil }
    let afterFirst = source.offset
    if (0xD800..<0xDC00).contains(first), source.takes("\\u"),
      let second = source.takeHex(digits: 4), (0xDC00..<0xE000).contains(second)
    {
      return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    source.offset = afterFirst
    return first
  }

  private static func property(
    _ source: inout CharacterSource, isNegated: Bool, from start: Int
  ) throws(PatternError) -> CharacterSet {
    guard source.takes("{") else {
      throw .malformed(.unknownEscape(source.text(from: start)), at: start)
    }
    var name = String.UnicodeScalarView()
    while let scalar = source.take(), scalar != "}" { name.append(scalar) }
    let text = String(name)
    guard source.scalars[source.offset - 1] == "}",
      let property = UnicodeProperty.inPCRE(text)
    else { throw .malformed(.unknownProperty(text), at: start) }
    return .property(property, isNegated: isNegated)
  }
}

/// A set of characters that an escape stands for.
enum CharacterSet {
  case digit, notDigit, space, notSpace, word, notWord
  /// By its name in PCRE2.
  case property(String, isNegated: Bool)
}

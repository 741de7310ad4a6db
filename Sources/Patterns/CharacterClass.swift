/// `[…]` from behind the opening bracket, which stands at `start`.
enum CharacterClass {
  static func translate(
    _ source: inout CharacterSource, from start: Int
  ) throws(PatternError) -> String {
    let isNegated = source.takes("^")
    var members = ""
    while !source.takes("]") {
      guard source.next != nil else { throw .malformed(.unclosedClass, at: start) }
      members += try member(&source, ofClassAt: start)
    }
    if members.isEmpty { return isNegated ? PCRE.anyCharacter : PCRE.noCharacter }
    return "[\(isNegated ? "^" : "")\(members)]"
  }

  private static func member(
    _ source: inout CharacterSource, ofClassAt start: Int
  ) throws(PatternError) -> String {
    let offset = source.offset
    let first = try atom(&source, ofClassAt: start)
    guard source.follows("-"), !source.follows("-]") else {
      switch first {
      case .character(let value): return PCRE.range(value...value)
      case .set(let set): return PCRE.inClass(set)
      }
    }
    _ = source.take()
    let last = try atom(&source, ofClassAt: start)
    guard case .character(let lower) = first, case .character(let upper) = last else {
      throw .malformed(.rangeWithClass, at: offset)
    }
    guard lower <= upper else { throw .malformed(.rangeOutOfOrder, at: offset) }
    return PCRE.range(lower...upper)
  }

  private static func atom(
    _ source: inout CharacterSource, ofClassAt start: Int
  ) throws(PatternError) -> Escape {
    let offset = source.offset
    guard let scalar = source.take() else { throw .malformed(.unclosedClass, at: start) }
    guard scalar == "\\" else { return .character(scalar.value) }
    if source.takes("b") { return .character(0x08) }
    if source.takes("-") { return .character(0x2D) }
    return try Escape.take(&source, from: offset)
  }
}

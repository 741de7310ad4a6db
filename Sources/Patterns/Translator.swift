/// Turns an expression of ECMA-262 (`u` flag) into one of PCRE2 that means the same.
///
/// It writes every character that is not an ASCII letter or digit as a number, so nothing of the
/// source reaches PCRE2's own syntax, and adds the callouts of `Meter`.
struct Translator {
  private var source: CharacterSource
  private let groups: GroupNames
  private var depth = 0
  private var branches = false
  /// Characters since the last callout that charges for a stretch.
  private var stretch = 0

  private init(_ source: CharacterSource, groups: GroupNames) {
    self.source = source
    self.groups = groups
  }

  /// The expression for PCRE2, or the first reason why ECMA-262 refuses the source.
  static func translate(_ text: String) throws(PatternError) -> Translation {
    guard text.utf8.count <= Pattern.sourceSizeLimit else {
      throw .tooLong(limit: Pattern.sourceSizeLimit)
    }
    let source = CharacterSource(text)
    var translator = Translator(source, groups: try GroupNames(source))
    let translated = try translator.disjunction()
    guard translator.source.next == nil else {
      throw .malformed(.loneBracket(")"), at: translator.source.offset)
    }
    return Translation(text: translated, branches: translator.branches)
  }

  /// PCRE2 counts repeats in 16 bits.
  private static let repeatLimit = 65_535
}

/// An expression for PCRE2.
struct Translation {
  let text: String
  /// Whether a match can go wrong and come back; without that its time is linear anyway.
  let branches: Bool
}

/// What may stand before a quantifier, in PCRE2's spelling.
private enum Term {
  case assertion(String)
  case character(String)
  case group(opening: String, body: String)
}

// MARK: - Structure

extension Translator {
  private mutating func disjunction() throws(PatternError) -> String {
    var text = try alternative()
    while source.takes("|") {
      branches = branches || depth > 0
      text += "|" + (try alternative())
    }
    return text
  }

  private mutating func alternative() throws(PatternError) -> String {
    var text = ""
    while let next = source.next, next != "|", next != ")" {
      let term = try term()
      let mark = source.offset
      if let quantifier = try quantifier() {
        guard let repeated = repeated(term, quantifier) else {
          throw .malformed(.nothingToRepeat(source.scalars[mark]), at: mark)
        }
        text += repeated
      } else {
        text += once(term)
      }
    }
    return text
  }

  private mutating func term() throws(PatternError) -> Term {
    let start = source.offset
    switch source.take() {
    case "^": return .assertion("^")
    case "$": return .assertion("\\z")
    case "(": return try group(from: start)
    case ".": return .character("[^\\n\\r\\x{2028}\\x{2029}]")
    case "[": return .character(try CharacterClass.translate(&source, from: start))
    case "\\": return try escape(from: start)
    case let scalar? where "*+?".unicodeScalars.contains(scalar):
      throw .malformed(.nothingToRepeat(scalar), at: start)
    case let scalar? where "{}]".unicodeScalars.contains(scalar):
      throw .malformed(.loneBracket(scalar), at: start)
    case let scalar?: return .character(PCRE.character(scalar.value))
    case nil: preconditionFailure("a term is read only where a character follows")
    }
  }

  private mutating func group(from start: Int) throws(PatternError) -> Term {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Pattern.groupDepthLimit else {
      throw .malformed(.tooDeep(limit: Pattern.groupDepthLimit), at: start)
    }
    let opening = try opening(from: start)
    let body = try disjunction()
    guard source.takes(")") else { throw .malformed(.unclosedGroup, at: start) }
    switch opening {
    case .group(let opening): return .group(opening: opening, body: body)
    case .lookaround(let opening):
      branches = true
      return .assertion("\(opening)\(body))")
    }
  }

  private enum Opening {
    case group(String)
    case lookaround(String)
  }

  private mutating func opening(from start: Int) throws(PatternError) -> Opening {
    for kind in ["?=", "?!", "?<=", "?<!"] where source.takes(kind) {
      return .lookaround("(\(kind)")
    }
    if source.takes("?:") { return .group("(?:") }
    if source.takes("?<") {
      _ = try GroupNames.takeName(&source)
    } else if source.follows("?") {
      throw .malformed(.unknownGroupKind("(?"), at: start)
    }
    return .group(groups.areReferred ? "(" : "(?:")
  }
}

// MARK: - Repeats

extension Translator {
  private struct Quantifier {
    let lower: Int
    let upper: Int?
    let text: String

    var repeats: Bool { upper ?? .max > 1 }
  }

  private mutating func once(_ term: Term) -> String {
    switch term {
    case .assertion(let text): return text
    case .group(let opening, let body): return "\(opening)\(body))"
    case .character(let text):
      stretch += 1
      guard stretch == Meter.stretchLength else { return text }
      stretch = 0
      return text + Meter.stretch
    }
  }

  /// Nil for an assertion, which `u` does not let be repeated.
  private mutating func repeated(_ term: Term, _ quantifier: Quantifier) -> String? {
    branches = branches || quantifier.upper != quantifier.lower
    switch term {
    case .assertion: return nil
    case .group(let opening, let body):
      let callout = quantifier.repeats ? Meter.stretch : ""
      return "\(opening)\(callout)\(body))\(quantifier.text)"
    case .character(let text):
      guard quantifier.repeats else { return once(.character(text + quantifier.text)) }
      return Meter.runStart + text + quantifier.text + Meter.runEnd
    }
  }

  private mutating func quantifier() throws(PatternError) -> Quantifier? {
    guard let bounds = try bounds() else { return nil }
    guard source.takes("?") else { return bounds }
    return Quantifier(lower: bounds.lower, upper: bounds.upper, text: bounds.text + "?")
  }

  private mutating func bounds() throws(PatternError) -> Quantifier? {
    if source.takes("*") { return Quantifier(lower: 0, upper: nil, text: "*") }
    if source.takes("+") { return Quantifier(lower: 1, upper: nil, text: "+") }
    if source.takes("?") { return Quantifier(lower: 0, upper: 1, text: "?") }
    let start = source.offset
    guard source.takes("{") else { return nil }
    guard let lower = source.takeNumber() else { throw .malformed(.loneBracket("{"), at: start) }
    var upper: Int? = lower
    if source.takes(",") { upper = source.takeNumber() }
    guard source.takes("}") else { throw .malformed(.loneBracket("{"), at: start) }
    guard lower <= upper ?? .max else { throw .malformed(.repeatOutOfOrder, at: start) }
    guard max(lower, upper ?? 0) <= Self.repeatLimit else {
      throw .malformed(.repeatTooLarge(limit: Self.repeatLimit), at: start)
    }
    let text = upper == lower ? "{\(lower)}" : "{\(lower),\(upper.map(String.init) ?? "")}"
    return Quantifier(lower: lower, upper: upper, text: text)
  }
}

// MARK: - Escapes outside of classes

extension Translator {
  private mutating func escape(from start: Int) throws(PatternError) -> Term {
    if source.takes("b") { return .assertion("\\b") }
    if source.takes("B") { return .assertion("\\B") }
    if source.takes("k") { return try reference(to: try namedGroup(from: start), from: start) }
    if let next = source.next, ("1"..."9").contains(next), let number = source.takeNumber() {
      return try reference(to: number, from: start)
    }
    switch try Escape.take(&source, from: start) {
    case .character(let value): return .character(PCRE.character(value))
    case .set(let set): return .character(PCRE.standalone(set))
    }
  }

  private mutating func reference(to number: Int, from start: Int) throws(PatternError) -> Term {
    guard number <= groups.count else {
      throw .malformed(.unknownGroup(String(number)), at: start)
    }
    branches = true
    return .group(opening: "(?:", body: "\(Meter.reference(to: number))\\g{\(number)}")
  }

  private mutating func namedGroup(from start: Int) throws(PatternError) -> Int {
    guard source.takes("<") else { throw .malformed(.badGroupName, at: start) }
    let name = try GroupNames.takeName(&source)
    guard let number = groups.numbers[name] else {
      throw .malformed(.unknownGroup(name), at: start)
    }
    return number
  }
}

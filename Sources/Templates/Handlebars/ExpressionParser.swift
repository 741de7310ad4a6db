import Notation

// The inside of tags: names, arguments, literals.

extension TemplateParser {
  /// `name a b key=c`
  mutating func call() throws(TemplateError) -> Call {
    skipSpace()
    let start = cursor
    if isAtTagEnd { throw error(.emptyTag, start..<min(start + 2, end)) }
    let callee = try callee(.name)
    let (parameters, hash) = try arguments()
    return Call(
      range: start..<trimmedCursor(after: start), callee: callee,
      parameters: parameters, hash: hash)
  }

  /// The name in front of a call or in a closing tag; a literal is the variable named so.
  mutating func callee(_ expected: TemplateError.Expectation) throws(TemplateError)
    -> TemplatePath
  {
    skipSpace()
    switch try expression(expected) {
    case .path(let path): return path
    case .string(let name, let range): return path(named: name, range)
    case .number(let number, let range):
      return path(named: NumberText.text(of: number), range)
    case .bool(let bool, let range): return path(named: bool ? "true" : "false", range)
    case .null(let range): return path(named: "null", range)
    case .undefined(let range): return path(named: "undefined", range)
    case .call(let call):
      throw error(.unexpectedText("'('", expected), call.range)
    }
  }

  private func path(named name: String, _ range: Range<Int>) -> TemplatePath {
    TemplatePath(
      root: .context, depth: 0, steps: [TemplatePath.Step(name: name, range: range)],
      isScoped: false, spelling: name, range: range)
  }

  /// Positional arguments, then `key=value` pairs.
  mutating func arguments() throws(TemplateError) -> ([Expression], [HashArgument]) {
    var parameters: [Expression] = []
    var hash: [HashArgument] = []
    while true {
      skipSpace()
      if cursor >= end || isAtArgumentsEnd { return (parameters, hash) }
      if let argument = try hashArgument() {
        hash.append(argument)
      } else if hash.isEmpty {
        parameters.append(try expression(.argumentOrEnd))
      } else {
        throw unexpected(.tagEnd)
      }
    }
  }

  private mutating func hashArgument() throws(TemplateError) -> HashArgument? {
    let start = cursor
    guard let name = try identifier() else { return nil }
    skipSpace()
    guard cursor < end, source[cursor] == UInt8(ascii: "=") else {
      cursor = start
      return nil
    }
    cursor += 1
    skipSpace()
    let value = try expression(.argument)
    return HashArgument(name: name.name, value: value, range: start..<cursor)
  }

  /// `as |item index|`, or nothing.
  mutating func blockParameters() throws(TemplateError) -> [BlockParameter] {
    guard isAtBlockParameters else { return [] }
    cursor = skippingSpace(from: cursor + 2) + 1
    var parameters: [BlockParameter] = []
    while true {
      skipSpace()
      let start = cursor
      if !parameters.isEmpty, cursor < end, source[cursor] == UInt8(ascii: "|") {
        cursor += 1
        return parameters
      }
      guard let name = try identifier() else { throw unexpected(.blockParameter) }
      parameters.append(BlockParameter(name: name.name, range: start..<cursor))
    }
  }

  private var isAtBlockParameters: Bool {
    guard matches("as", at: cursor) else { return false }
    let place = skippingSpace(from: cursor + 2)
    return place > cursor + 2 && matches("|", at: place)
  }

  private var isAtTagEnd: Bool { matches("}", at: cursor) || matches("~}", at: cursor) }

  private var isAtArgumentsEnd: Bool {
    isAtTagEnd || source[cursor] == UInt8(ascii: ")") || isAtBlockParameters
  }

  private func trimmedCursor(after start: Int) -> Int {
    var place = cursor
    while true {
      let length = TemplateCharacters.whiteSpace(source, before: place, start: start)
      if length == 0 { return place }
      place -= length
    }
  }
}

extension TemplateParser {
  /// One argument.
  mutating func expression(
    _ expected: TemplateError.Expectation
  ) throws(TemplateError) -> Expression {
    guard cursor < end else { throw unexpected(expected) }
    let start = cursor
    switch source[cursor] {
    case UInt8(ascii: "("): return .call(try subexpression())
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let text = try string()
      return .string(text, start..<cursor)
    case UInt8(ascii: "@"):
      cursor += 1
      skipSpace()
      return .path(try path(.data, from: start, expected))
    default:
      if let literal = literal() { return literal }
      return .path(try path(.context, from: start, expected))
    }
  }

  private mutating func subexpression() throws(TemplateError) -> Call {
    let start = cursor
    try enter(start)
    cursor += 1
    skipSpace()
    let callee = try callee(.name)
    let (parameters, hash) = try arguments()
    guard matches(")", at: cursor) else { throw unexpected(.closeParenthesis) }
    cursor += 1
    depth -= 1
    return Call(
      range: start..<cursor, callee: callee, parameters: parameters, hash: hash)
  }

  private mutating func string() throws(TemplateError) -> String {
    let quote = source[cursor]
    let start = cursor
    var bytes: [UInt8] = []
    cursor += 1
    while cursor < end {
      let byte = source[cursor]
      if byte == quote {
        cursor += 1
        return String(decoding: bytes, as: UTF8.self)
      }
      let isEscape =
        byte == UInt8(ascii: "\\") && cursor + 1 < end && source[cursor + 1] == quote
      if isEscape { cursor += 1 }
      bytes.append(source[cursor])
      cursor += 1
    }
    throw error(.unclosedString, start..<start + 1)
  }

  /// A number, `true`, `false`, `null` or `undefined`, when that is the whole word.
  private mutating func literal() -> Expression? {
    var stop = cursor
    while stop < end, TemplateCharacters.isName(source[stop]) || source[stop] == UInt8(ascii: "."),
      TemplateCharacters.whiteSpace(source, at: stop, end: end) == 0
    {
      stop += 1
    }
    guard stop > cursor, stop >= end || isLiteralEnd(stop) else { return nil }
    let range = cursor..<stop
    guard let literal = literal(text(cursor, stop), range) else { return nil }
    cursor = stop
    return literal
  }

  private func literal(_ word: String, _ range: Range<Int>) -> Expression? {
    switch word {
    case "true": return .bool(true, range)
    case "false": return .bool(false, range)
    case "null": return .null(range)
    case "undefined": return .undefined(range)
    default: return isNumber(range) ? Double(word).map { .number($0, range) } : nil
    }
  }

  /// `-?[0-9]+(\.[0-9]+)?`
  private func isNumber(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    if source[place] == UInt8(ascii: "-") { place += 1 }
    let whole = digits(&place, range.upperBound)
    guard whole > 0, place < range.upperBound else { return whole > 0 }
    guard source[place] == UInt8(ascii: ".") else { return false }
    place += 1
    return digits(&place, range.upperBound) > 0 && place == range.upperBound
  }

  private func digits(_ place: inout Int, _ end: Int) -> Int {
    let start = place
    while place < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(source[place]) {
      place += 1
    }
    return place - start
  }

  private func isLiteralEnd(_ place: Int) -> Bool {
    switch source[place] {
    case UInt8(ascii: "~"), UInt8(ascii: "}"), UInt8(ascii: ")"): true
    default: TemplateCharacters.whiteSpace(source, at: place, end: end) > 0
    }
  }
}

extension TemplateParser {
  /// Steps between `.` or `/`, behind the `@` of a data variable.
  private mutating func path(
    _ root: TemplatePath.Root, from start: Int, _ expected: TemplateError.Expectation
  ) throws(TemplateError) -> TemplatePath {
    var steps: [TemplatePath.Step] = []
    var depth = 0
    var isScoped = false
    var spelling = root == .data ? "@" : ""
    while true {
      let from = cursor
      guard let name = try identifier() else { throw unexpected(expected) }
      spelling += name.name
      if !name.isBracketed, [".", "..", "this"].contains(name.name) {
        guard steps.isEmpty else { throw error(.invalidPath(spelling), start..<cursor) }
        isScoped = true
        if name.name == ".." { depth += 1 }
      } else {
        steps.append(TemplatePath.Step(name: name.name, range: from..<cursor))
      }
      guard let separator = separator() else { break }
      spelling += separator
    }
    return TemplatePath(
      root: root, depth: depth, steps: steps, isScoped: isScoped, spelling: spelling,
      range: start..<cursor)
  }

  private mutating func separator() -> String? {
    guard cursor < end else { return nil }
    let isSlash = source[cursor] == UInt8(ascii: "/")
    guard isSlash || source[cursor] == UInt8(ascii: ".") && !isDotName(cursor) else { return nil }
    cursor += 1
    skipSpace()
    return isSlash ? "/" : "."
  }

  /// A name, `.`, `..` or `[any text]`; nil, and nothing read, when none stands here.
  private mutating func identifier() throws(TemplateError) -> (name: String, isBracketed: Bool)? {
    guard cursor < end else { return nil }
    let start = cursor
    if source[start] == UInt8(ascii: "[") { return (try segment(), true) }
    if matches("..", at: start) {
      cursor += 2
      return ("..", false)
    }
    if isDotName(start) {
      cursor += 1
      return (".", false)
    }
    var stop = start
    while stop < end, TemplateCharacters.isName(source[stop]),
      TemplateCharacters.whiteSpace(source, at: stop, end: end) == 0
    {
      stop += 1
    }
    guard stop > start, stop < end, isNameEnd(stop) else { return nil }
    cursor = stop
    return (text(start, stop), false)
  }

  /// `[any text]`, in which `\]` stands for `]` and `\\` for `\`.
  private mutating func segment() throws(TemplateError) -> String {
    let start = cursor
    var bytes: [UInt8] = []
    cursor += 1
    while cursor < end, source[cursor] != UInt8(ascii: "]") {
      if matches("\\]", at: cursor) || matches("\\\\", at: cursor) { cursor += 1 }
      bytes.append(source[cursor])
      cursor += 1
    }
    guard cursor < end else { throw error(.unclosedSegment, start..<start + 1) }
    cursor += 1
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the `.` here is a name by itself rather than the start of the next step.
  private func isDotName(_ place: Int) -> Bool {
    guard matches(".", at: place), place + 1 < end else { return false }
    return isNameEnd(place + 1)
  }

  private func isNameEnd(_ place: Int) -> Bool {
    switch source[place] {
    case UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: "}"), UInt8(ascii: "/"),
      UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: "|"):
      true
    default: TemplateCharacters.whiteSpace(source, at: place, end: end) > 0
    }
  }
}

extension TemplateParser {
  /// Reads `}}` or `~}}`, and says whether the latter.
  mutating func closeTag(of start: Int) throws(TemplateError) -> Bool {
    skipSpace()
    let isStripping = matches("~", at: cursor)
    let place = isStripping ? cursor + 1 : cursor
    guard matches("}}", at: place) else { throw tagNotClosed(start) }
    if !isStripping, matches("}", at: place + 2) {
      throw error(.tripleClose(tag: text(start, cursor)), start..<place + 3)
    }
    cursor = place + 2
    return isStripping
  }

  /// Reads `}}}` or `}~}}`, and says whether the latter.
  mutating func closeTriple(of start: Int) throws(TemplateError) -> Bool {
    skipSpace()
    if matches("}~}}", at: cursor) {
      cursor += 4
      return true
    }
    guard matches("}}}", at: cursor), !matches("}}}}", at: cursor) else {
      guard matches("}}", at: cursor) else { throw tagNotClosed(start) }
      throw error(.doubleCloseOfTriple, start..<cursor + 2)
    }
    cursor += 3
    return false
  }

  private func tagNotClosed(_ start: Int) -> TemplateError {
    guard cursor < end else { return error(.unclosedTag, start..<start + 2) }
    return unexpected(.tagEnd)
  }

  /// An error for whatever stands at the cursor.
  func unexpected(_ expected: TemplateError.Expectation) -> TemplateError {
    var stop = cursor
    while stop < end, TemplateCharacters.isName(source[stop]) { stop += 1 }
    guard stop < end else { return error(.unclosedTag, cursor..<stop) }
    stop = cursor
    while stop < end, "<>=!|&+-*%?".utf8.contains(source[stop]) { stop += 1 }
    let sign = text(cursor, stop)
    if ["<", ">", "<=", ">=", "==", "===", "!=", "!==", "&&", "||", "!", "+", "-", "*"]
      .contains(sign)
    {
      return error(.operatorInTag(sign), cursor..<stop)
    }
    let length = text(cursor, min(cursor + 4, end)).unicodeScalars.first?.utf8.count ?? 1
    let found = text(cursor, cursor + length)
    return error(.unexpectedText("'\(found)'", expected), cursor..<cursor + length)
  }
}

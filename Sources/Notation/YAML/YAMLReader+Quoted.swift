// Scalars in quotes.

extension YAMLReader {
  mutating func singleQuoted(_ minimumIndent: Int) throws(Fault) -> Part {
    try quoted(UInt8(ascii: "'"), minimumIndent)
  }

  mutating func doubleQuoted(_ minimumIndent: Int) throws(Fault) -> Part {
    try quoted(UInt8(ascii: "\""), minimumIndent)
  }

  private mutating func quoted(_ quote: UInt8, _ minimumIndent: Int) throws(Fault) -> Part {
    let position = here()
    offset += 1
    var text: [UInt8] = []
    var solidCount = 0
    while true {
      takeRun(upTo: quote, into: &text, &solidCount)
      switch next {
      case nil: throw Fault(.endsEarly(.textEnd), at: offset)
      case quote:
        offset += 1
        guard quote == UInt8(ascii: "'"), take(quote) else {
          let string = String(decoding: text, as: UTF8.self)
          return part(.string(string), .scalar(.quoted, string), at: position)
        }
        text.append(quote)
      case UInt8(ascii: "\\"): try takeEscape(minimumIndent, into: &text)
      default:
        text.removeLast(text.count - solidCount)
        text.append(fold: try takeQuotedBreaks(minimumIndent))
      }
      solidCount = text.count
    }
  }

  /// Takes text without meaning; blanks at its end are not solid, for a line break drops them.
  private mutating func takeRun(
    upTo quote: UInt8, into text: inout [UInt8], _ solidCount: inout Int
  ) {
    let start = offset
    var solidEnd = offset
    while let byte = next, byte != quote, !byte.isBreak,
      byte != UInt8(ascii: "\\") || quote == UInt8(ascii: "'")
    {
      offset += 1
      if !byte.isBlank { solidEnd = offset }
    }
    if solidEnd > start { solidCount = text.count + solidEnd - start }
    text.append(contentsOf: bytes[start..<offset])
  }

  private mutating func takeQuotedBreaks(_ minimumIndent: Int) throws(Fault) -> Int {
    let (breakCount, spaceCount) = takeBreaks()
    guard next != nil else { throw Fault(.endsEarly(.textEnd), at: offset) }
    guard !isAtMarker else { throw malformed(.markerInside) }
    guard spaceCount >= minimumIndent else { throw malformed(.wrongIndent) }
    return breakCount
  }
}

// MARK: - Escapes

extension YAMLReader {
  private mutating func takeEscape(
    _ minimumIndent: Int, into text: inout [UInt8]
  ) throws(Fault) {
    let start = offset
    offset += 1
    guard let byte = next else { throw Fault(.endsEarly(.textEnd), at: offset) }
    if byte.isBreak {
      let breakCount = try takeQuotedBreaks(minimumIndent)
      text.append(contentsOf: repeatElement(0x0A, count: breakCount - 1))
      return
    }
    offset += 1
    let scalar: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "x"): scalar = try takeCode(digits: 2, from: start)
    case UInt8(ascii: "u"): scalar = try takeCode(digits: 4, from: start)
    case UInt8(ascii: "U"): scalar = try takeCode(digits: 8, from: start)
    default:
      guard let known = Self.escapes[byte] else { throw badEscape(from: start) }
      scalar = known
    }
    text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "t"): "\t", 0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", 0x20: " ",
    UInt8(ascii: "\""): "\"", UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\",
    UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}",
    UInt8(ascii: "P"): "\u{2029}",
  ]

  /// Two `\u` that make a surrogate pair are one scalar, as in JSON.
  private mutating func takeCode(digits: Int, from start: Int) throws(Fault) -> Unicode.Scalar {
    let code = try takeHex(digits: digits, from: start)
    if let scalar = Unicode.Scalar(code) { return scalar }
    let half = Fault(.loneSurrogate(written(from: start)), at: start)
    guard (0xD800..<0xDC00).contains(code) else {
      throw (0xDC00..<0xE000).contains(code) ? half : badEscape(from: start)
    }
    guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw half }
    let second = try takeHex(digits: 4, from: start)
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (second - 0xDC00))
    else { throw half }
    return scalar
  }

  private mutating func takeHex(digits: Int, from start: Int) throws(Fault) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = next, byte < 0x80, code >> 28 == 0,
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw badEscape(from: start) }
      code = code << 4 | UInt32(digit)
      offset += 1
    }
    return code
  }

  private func badEscape(from start: Int) -> Fault {
    Fault(.badEscape(written(from: start)), at: start)
  }

  /// The source up to here, with the whole of a character that is not ASCII.
  private func written(from start: Int) -> String {
    var end = offset
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

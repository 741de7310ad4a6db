/// A recursive reader of one text.
struct JSONReader {
  private let bytes: [UInt8]
  private let limits: NotationLimits
  private var offset = 0
  private var depth = 0

  init(bytes: [UInt8], limits: NotationLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func document() throws(Fault) -> Value {
    guard bytes.count <= limits.byteCount else {
      throw Fault(.tooLarge(limit: limits.byteCount), at: limits.byteCount)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw Fault(.byteOrderMark, at: 0) }
    skipSpace()
    let value = try value()
    skipSpace()
    guard offset == bytes.count else { throw unexpected(.end) }
    return value
  }
}

// MARK: - Values

extension JSONReader {
  private mutating func value() throws(Fault) -> Value {
    guard let byte = peek() else { throw unexpected(.value) }
    switch byte {
    case UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "{"): return try map()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw unexpected(.value)
    }
  }

  private mutating func map() throws(Fault) -> Value {
    try enter()
    var map = ValueMap()
    map.reserveCapacity(Self.usualMemberCount)
    var expectation = NotationError.Expectation.firstKey
    skipSpace()
    if peek() != UInt8(ascii: "}") {
      repeat {
        skipSpace()
        let start = offset
        guard peek() == UInt8(ascii: "\"") else { throw unexpected(expectation) }
        let key = try text()
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw unexpected(.colon) }
        skipSpace()
        guard map.add(key, try value()) else { throw Fault(.duplicateKey(key), at: start) }
        skipSpace()
        expectation = .key
      } while take(UInt8(ascii: ","))
    }
    guard take(UInt8(ascii: "}")) else { throw unexpected(.mapEnd) }
    depth -= 1
    return .map(map)
  }

  /// Spares most maps the growing of their storage.
  private static let usualMemberCount = 4

  private mutating func list() throws(Fault) -> Value {
    try enter()
    var list: [Value] = []
    skipSpace()
    if peek() != UInt8(ascii: "]") {
      repeat {
        skipSpace()
        list.append(try value())
        skipSpace()
      } while take(UInt8(ascii: ","))
    }
    guard take(UInt8(ascii: "]")) else { throw unexpected(.listEnd) }
    depth -= 1
    return .list(list)
  }

  private mutating func enter() throws(Fault) {
    guard depth < limits.depth else { throw Fault(.tooDeep(limit: limits.depth), at: offset) }
    depth += 1
    offset += 1
  }

  private mutating func word(_ word: String, _ value: Value) throws(Fault) -> Value {
    for byte in word.utf8 {
      guard take(byte) else { throw unexpected(.value) }
    }
    return value
  }
}

// MARK: - Numbers

extension JSONReader {
  /// Decimal digits that always fit a `UInt64`.
  private static let exactDigitCount = 19

  private mutating func number() throws(Fault) -> Double {
    let start = offset
    let isNegative = take(UInt8(ascii: "-"))
    var significand: UInt64 = 0
    var exponent = 0

    let whole = digits(into: &significand)
    let startsWithZero = whole > 0 && bytes[offset - whole] == UInt8(ascii: "0")
    guard whole > 0, whole == 1 || !startsWithZero else { throw badNumber(from: start) }
    var fraction = 0
    if take(UInt8(ascii: ".")) {
      fraction = digits(into: &significand)
      guard fraction > 0 else { throw badNumber(from: start) }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      let isMinus = take(UInt8(ascii: "-"))
      if !isMinus { _ = take(UInt8(ascii: "+")) }
      var power: UInt64 = 0
      let count = digits(into: &power)
      guard count > 0 else { throw badNumber(from: start) }
      exponent = count < 5 ? Int(power) : 100_000
      if isMinus { exponent.negate() }
    }
    if whole + fraction <= Self.exactDigitCount,
      let exact = NumberText.exact(significand, power: exponent - fraction)
    {
      return isNegative ? -exact : exact
    }
    return try rounded(from: start)
  }

  /// Reads digits; the value is right only for as many as `exactDigitCount`.
  private mutating func digits(into value: inout UInt64) -> Int {
    let start = offset
    while let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
      value = value &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
      offset += 1
    }
    return offset - start
  }

  /// The standard library's correctly rounded reading, for what needs more than one operation.
  private func rounded(from start: Int) throws(Fault) -> Double {
    let text = string(start..<offset)
    guard let number = Double(text) else { throw Fault(.badNumber(text), at: start) }
    guard number.isFinite else { throw Fault(.numberTooLarge(text), at: start) }
    return number
  }

  private func badNumber(from start: Int) -> Fault {
    var end = offset
    while end < bytes.count, end - start < 40, Self.isNumberLike(bytes[end]) { end += 1 }
    return Fault(.badNumber(string(start..<end)), at: start)
  }

  private static func isNumberLike(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}

// MARK: - Texts

extension JSONReader {
  /// Reads a quoted text; most have no escape and are taken in one piece.
  private mutating func text() throws(Fault) -> String {
    offset += 1
    let start = offset
    try skipPlain()
    guard peek() != UInt8(ascii: "\"") else {
      defer { offset += 1 }
      return try valid(start..<offset)
    }
    var text = try valid(start..<offset)
    while !take(UInt8(ascii: "\"")) {
      text.unicodeScalars.append(try escape())
      let start = offset
      try skipPlain()
      text += try valid(start..<offset)
    }
    return text
  }

  /// Moves to the next quote or backslash.
  private mutating func skipPlain() throws(Fault) {
    var end = offset
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""),
      bytes[end] != UInt8(ascii: "\\")
    {
      end += 1
    }
    offset = end
    guard let byte = peek() else { throw Fault(.endsEarly(.textEnd), at: offset) }
    guard byte >= 0x20 else { throw Fault(.controlCharacter(Unicode.Scalar(byte)), at: offset) }
  }

  private mutating func escape() throws(Fault) -> Unicode.Scalar {
    let start = offset
    offset += 1
    guard let byte = peek() else { throw Fault(.endsEarly(.textEnd), at: offset) }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start)
    default:
      offset -= 1
      throw badEscape(from: start)
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(Fault) -> Unicode.Scalar {
    let first = try codeUnit(from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    let alone = Fault(.loneSurrogate(string(start..<offset)), at: start)
    guard UTF16.isLeadSurrogate(UInt16(first)) else { throw alone }
    let next = offset
    guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw alone }
    let second = try codeUnit(from: next)
    guard UTF16.isTrailSurrogate(UInt16(second)),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw alone }
    return scalar
  }

  private mutating func codeUnit(from start: Int) throws(Fault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
        byte < 0x80
      else { throw badEscape(from: start) }
      unit = unit << 4 | UInt32(digit)
      offset += 1
    }
    return unit
  }

  /// The escape up to and with the character that broke it, unless that ends the text.
  private func badEscape(from start: Int) -> Fault {
    var end = offset
    if let byte = peek(), byte >= 0x20, byte != UInt8(ascii: "\"") {
      repeat { end += 1 } while end < bytes.count && bytes[end] & 0xC0 == 0x80
    }
    return Fault(.badEscape(string(start..<end)), at: start)
  }

  private func valid(_ range: Range<Int>) throws(Fault) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes.span.extracting(range)))
    } catch {
      throw Fault(.invalidUTF8, at: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }
}

// MARK: - Bytes

extension JSONReader {
  @inline(__always)
  private func peek() -> UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    offset += 1
    return true
  }

  @inline(__always)
  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  private func unexpected(_ expectation: NotationError.Expectation) -> Fault {
    guard offset < bytes.count else { return Fault(.endsEarly(expectation), at: offset) }
    let longest = bytes[offset...].prefix(4)
    let valid = longest.prefix(longest.validUTF8Count)
    guard let scalar = String(decoding: valid, as: UTF8.self).unicodeScalars.first else {
      return Fault(.invalidUTF8, at: offset)
    }
    return Fault(.unexpected(scalar, expectation), at: offset)
  }

  /// For messages: whatever is not UTF-8 is replaced.
  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

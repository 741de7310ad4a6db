/// Takes a plain scalar apart from its front, as the regular expressions of YAML's schemas do.
struct ScalarScan {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  var next: UInt8? { rest.first }
  var isAtDigit: Bool { next.map(Self.isDigit) ?? false }
  var isInfinity: Bool { isOne(of: ".inf", ".Inf", ".INF") }
  var isNaN: Bool { isOne(of: ".nan", ".NaN", ".NAN") }

  mutating func takes(_ word: String) -> Bool {
    guard rest.starts(with: word.utf8) else { return false }
    rest.removeFirst(word.utf8.count)
    return true
  }

  mutating func takesSign() -> Bool { takes("-") || takes("+") }

  /// Takes all digits that follow; false, and nothing is taken, if there is none.
  mutating func takesDigits() -> Bool {
    let digits = rest.prefix(while: Self.isDigit)
    rest = rest[digits.endIndex...]
    return !digits.isEmpty
  }

  /// Takes as many digits as the upper bound allows; false, and nothing is taken, if too few come.
  mutating func takesDigits(_ count: ClosedRange<Int>) -> Bool {
    digits(count) != nil
  }

  /// Takes as many digits as the upper bound allows; nil, and nothing is taken, if too few come.
  mutating func digits(_ count: ClosedRange<Int>) -> String? {
    let digits = rest.prefix(count.upperBound).prefix(while: Self.isDigit)
    guard digits.count >= count.lowerBound else { return nil }
    rest = rest[digits.endIndex...]
    return String(digits)
  }

  /// Takes the digits and underscores that follow, as YAML 1.1 mixes them; gives the digits.
  mutating func spacedDigits() -> String {
    let run = rest.prefix { Self.isDigit($0) || $0 == UInt8(ascii: "_") }
    rest = rest[run.endIndex...]
    return Self.withoutUnderscores(run)
  }

  /// All that is left as one number; nil unless all of it is digits of that radix.
  func number(radix: Int) -> Double? {
    Self.number(String(rest), radix: radix)
  }

  /// All that is left, without its underscores, as one number.
  func spacedNumber(radix: Int) -> Double? {
    Self.number(Self.withoutUnderscores(rest), radix: radix)
  }

  /// Infinite beyond 64 bits; nil unless the text is digits of that radix.
  static func number(_ digits: String?, radix: Int) -> Double? {
    guard let digits, !digits.isEmpty, digits.allSatisfy({ ($0.hexDigitValue ?? radix) < radix })
    else { return nil }
    return UInt64(digits, radix: radix).map { Double($0) } ?? .infinity
  }

  private func isOne(of words: String...) -> Bool {
    words.contains { rest.elementsEqual($0.utf8) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func withoutUnderscores(_ bytes: Substring.UTF8View) -> String {
    String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }
}

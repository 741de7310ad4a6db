/// A plain scalar for which YAML 1.1, which many readers still follow, has another reading.
package struct AmbiguousScalar: Sendable {
  /// Whether it stands before or behind the colon.
  package enum Role: Sendable {
    case key, value
  }

  /// The path to the value, also where the key before it is meant.
  package let path: [PathStep]
  /// Whether the key or the value is meant.
  package let role: Role
  /// The scalar as it was written.
  package let text: String
  /// Where it stands.
  package let position: Position
  /// What YAML 1.2, and Stet, takes it for.
  package let reading: PlainReading
  /// What YAML 1.1 takes it for.
  package let olderReading: PlainReading

  /// Nil if both versions agree.
  init?(_ text: String, _ role: Role, of path: [PathStep], at position: Position) {
    reading = PlainScalar.reading(of: text)
    olderReading = PlainScalar.olderReading(of: text)
    guard reading != olderReading else { return nil }
    self.path = path
    self.role = role
    self.text = text
    self.position = position
  }
}

extension PlainScalar {
  /// Whether YAML 1.1 and 1.2 take these characters, unquoted, for different things.
  package static func isAmbiguous(_ text: String) -> Bool {
    reading(of: text) != olderReading(of: text)
  }

  /// The reading of YAML 1.1 as PyYAML and its kin have it, and `y` and `n` as the standard adds.
  package static func olderReading(of text: String) -> PlainReading {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return olderNumber(text) ?? (isTimestamp(text) ? .timestamp : .text)
    default:
      guard text.utf8.count <= longestWord else { return .text }
      return words[text] ?? olderWords[text] ?? .text
    }
  }

  private static let olderWords: [String: PlainReading] = [
    "y": .bool(true), "Y": .bool(true), "n": .bool(false), "N": .bool(false),
    "yes": .bool(true), "Yes": .bool(true), "YES": .bool(true),
    "no": .bool(false), "No": .bool(false), "NO": .bool(false),
    "on": .bool(true), "On": .bool(true), "ON": .bool(true),
    "off": .bool(false), "Off": .bool(false), "OFF": .bool(false),
    "<<": .merge, "=": .defaultValue,
  ]

  private static func olderNumber(_ text: String) -> PlainReading? {
    var scan = ScalarScan(text)
    let isNegative = scan.next == UInt8(ascii: "-")
    let hasSign = scan.takesSign()
    if scan.isInfinity || !hasSign && scan.isNaN { return .notFinite }
    guard scan.isAtDigit || !hasSign else { return nil }
    return olderMagnitude(&scan).map { .number(isNegative ? -$0 : $0) }
  }

  /// Radixes by prefix, `0` alone for octal; base 60 with colons; decimals with a point.
  private static func olderMagnitude(_ scan: inout ScalarScan) -> Double? {
    if scan.takes("0b") { return scan.spacedNumber(radix: 2) }
    if scan.takes("0x") { return scan.spacedNumber(radix: 16) }
    let startsWithZero = scan.next == UInt8(ascii: "0")
    let whole = scan.isAtDigit ? scan.spacedDigits() : ""
    switch scan.next {
    case nil where startsWithZero && whole.utf8.count > 1:
      return ScalarScan.number(whole, radix: 8)
    case nil:
      return Double(whole)
    case UInt8(ascii: ":"):
      guard let seconds = baseSixty(whole, &scan) else { return nil }
      if scan.isAtEnd { return startsWithZero ? nil : seconds }
      return decimal("0", &scan).map { seconds + $0 }
    default:
      return decimal(whole, &scan)
    }
  }

  private static func baseSixty(_ whole: String, _ scan: inout ScalarScan) -> Double? {
    guard var value = Double(whole) else { return nil }
    while scan.takes(":") {
      guard let digits = scan.digits(1...2).flatMap({ Double($0) }), digits < 60 else { return nil }
      value = value * 60 + digits
    }
    return value
  }

  /// A point is required, and a sign in the exponent.
  private static func decimal(_ whole: String, _ scan: inout ScalarScan) -> Double? {
    guard scan.takes(".") else { return nil }
    guard !whole.isEmpty || scan.isAtDigit else { return nil }
    let fraction = scan.spacedDigits()
    var exponent = "0"
    if scan.takes("e") || scan.takes("E") {
      let isNegative = scan.next == UInt8(ascii: "-")
      guard scan.takesSign() else { return nil }
      exponent = (isNegative ? "-" : "") + (scan.digits(1...9) ?? "?")
    }
    return scan.isAtEnd ? Double("\(whole).\(fraction)e\(exponent)") : nil
  }

  /// `2026-09-21`, or a date and a time of day with an optional zone.
  private static func isTimestamp(_ text: String) -> Bool {
    var scan = ScalarScan(text)
    if isDate(&scan, fieldWidth: 2...2), scan.isAtEnd { return true }
    scan = ScalarScan(text)
    guard isDate(&scan, fieldWidth: 1...2) else { return false }
    guard scan.takes("T") || scan.takes("t") || scan.takesBlanks() else { return false }
    guard scan.takesDigits(1...2), scan.takes(":"), scan.takesDigits(2...2), scan.takes(":"),
      scan.takesDigits(2...2)
    else { return false }
    if scan.takes(".") { _ = scan.takesDigits() }
    _ = scan.takesBlanks()
    if scan.takesSign() {
      guard scan.takesDigits(1...2) else { return false }
      if scan.takes(":"), !scan.takesDigits(2...2) { return false }
    } else {
      _ = scan.takes("Z")
    }
    return scan.isAtEnd
  }

  private static func isDate(_ scan: inout ScalarScan, fieldWidth: ClosedRange<Int>) -> Bool {
    scan.takesDigits(4...4) && scan.takes("-") && scan.takesDigits(fieldWidth) && scan.takes("-")
      && scan.takesDigits(fieldWidth)
  }
}

extension ScalarScan {
  fileprivate mutating func takesBlanks() -> Bool {
    guard takes(" ") || takes("\t") else { return false }
    while takes(" ") || takes("\t") {}
    return true
  }
}

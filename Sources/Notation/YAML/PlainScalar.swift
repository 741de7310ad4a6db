/// What a version of YAML takes a plain scalar for.
package enum PlainReading: Hashable, Sendable {
  case text
  case null
  case bool(Bool)
  /// Infinite if it is beyond binary64.
  case number(Double)
  /// `.inf` or `.nan`, which JSON cannot hold.
  case notFinite
  /// A date or a moment; YAML 1.1 alone.
  case timestamp
  /// `<<`, which merges maps; YAML 1.1 alone.
  case merge
  /// `=`, the default value of a map; YAML 1.1 alone.
  case defaultValue
}

/// The rules by which characters alone say what a plain scalar is.
package enum PlainScalar {
  /// The reading of YAML 1.2's core schema, which is Stet's.
  package static func reading(of text: String) -> PlainReading {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return numericReading(of: text)
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
      return text.utf8.count <= longestWord ? words[text] ?? .text : .text
    default: return .text
    }
  }

  /// The value of a plain scalar, or the refusal of a number that JSON cannot hold.
  static func value(of text: String, at offset: Int) throws(Fault) -> Value {
    switch reading(of: text) {
    case .text: return .string(text)
    case .null: return .null
    case .bool(let bool): return .bool(bool)
    case .number(let number):
      guard number.isFinite else { throw Fault(.numberTooLarge(text), at: offset) }
      return .number(number)
    case .notFinite: throw Fault(.notFinite(text), at: offset)
    case .timestamp, .merge, .defaultValue: preconditionFailure("YAML 1.2 has no such scalars")
    }
  }

  /// Bytes of `false`, the longest word that is not a text.
  static let longestWord = 5

  /// What both versions read alike.
  static let words: [String: PlainReading] = [
    "~": .null, "null": .null, "Null": .null, "NULL": .null,
    "true": .bool(true), "True": .bool(true), "TRUE": .bool(true),
    "false": .bool(false), "False": .bool(false), "FALSE": .bool(false),
  ]

  private static func numericReading(of text: String) -> PlainReading {
    var scan = ScalarScan(text)
    if scan.takes("0o") { return scan.number(radix: 8).map(PlainReading.number) ?? .text }
    if scan.takes("0x") { return scan.number(radix: 16).map(PlainReading.number) ?? .text }
    let hasSign = scan.takesSign()
    if scan.next == UInt8(ascii: "."), scan.isInfinity || !hasSign && scan.isNaN {
      return .notFinite
    }
    let hasWhole = scan.takesDigits()
    let hasFraction = scan.takes(".") && scan.takesDigits()
    guard hasWhole || hasFraction else { return .text }
    if scan.takes("e") || scan.takes("E") {
      _ = scan.takesSign()
      guard scan.takesDigits() else { return .text }
    }
    guard scan.isAtEnd, let number = Double(text) else { return .text }
    return .number(number)
  }
}

import Notation
import TestSupport

/// Values of every kind and shape, the same for the same seed.
struct RandomValues {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func value(depth: Int = 4) -> Value {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .number(number())
    case 3...5: .string(text())
    case 6: .list((0..<size()).map { _ in value(depth: depth - 1) })
    default: .map(ValueMap((0..<size()).map { _ in (text(), value(depth: depth - 1)) }))
    }
  }

  mutating func shuffled(_ value: Value) -> Value {
    switch value {
    case .null, .bool, .number, .string: value
    case .list(let list): .list(list.map { shuffled($0) })
    case .map(let map):
      .map(ValueMap(map.entries.shuffled(using: &random).map { ($0.key, shuffled($0.value)) }))
    }
  }

  /// Characters and words with which a notation may go wrong.
  mutating func text() -> String {
    (0..<Int.random(in: 0..<6, using: &random)).map { _ in
      Self.pieces.randomElement(using: &random) ?? ""
    }
    .joined()
  }

  private mutating func size() -> Int { Int.random(in: 0..<12, using: &random) }

  private mutating func number() -> Double {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return Double(Int.random(in: -1000...1000, using: &random))
    case 1: return Double(Int.random(in: -100_000...100_000, using: &random)) / 1000
    default:
      let number = Double(bitPattern: random.next())
      return number.isFinite ? number : 0.5
    }
  }

  private static let pieces = [
    "a", "b", "word", "two words", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", "\"", "'", "\\",
    "/",
    ":", ": ", " #", "#", "-", "- ", "? ", "?", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">",
    "%",
    "@", "`", "~", "null", "yes", "no", "on", "off", "true", "0", "1", "0o17", "017", "1:30",
    "1_000",
    "1e3", ".5", "2026-09-21", "=", "<<", "---", "...", ".inf", ".nan", "0x1F", "\u{0}", "\u{1}",
    "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{E9}", "e\u{301}", "😀",
    "\u{FFFD}", "\u{10FFFF}", "\u{E000}", "日本",
  ]
}

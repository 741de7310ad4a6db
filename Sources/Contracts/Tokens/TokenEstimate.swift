/// About how many tokens a model counts in a text: an estimate, and to be called one wherever it is
/// shown.
///
/// It follows the byte-pair vocabularies of 2024 with 130 000 and more entries; `docs/tokens.md`
/// says how far it is off, by language. The model that a prompt names makes no
/// difference to it.
package struct TokenEstimate: Hashable, Sendable {
  /// The number of tokens, rounded up.
  package let count: Int

  /// Walks the text once.
  package init(of text: String) {
    var sum = Sum()
    for scalar in text.unicodeScalars { sum.add(TokenClass(scalar)) }
    count = (sum.hundredths + 99) / 100
  }
}

extension TokenEstimate: CustomStringConvertible {
  package var description: String {
    "about \(count) \(count == 1 ? "token" : "tokens") (an estimate)"
  }
}

/// The weights, in hundredths of a token, fitted to two tokenizers by `Tests/Oracle/tokens.py`.
private struct Sum {
  private(set) var hundredths = 0
  private var last = TokenClass.blank
  private var wordLength = 0

  /// Up to here a Latin word is likely to be one token.
  private static let wordLengthLimit = 5

  mutating func add(_ next: TokenClass) {
    let begins = next != last
    switch next {
    case .blank: break
    case .latin, .accented:
      wordLength = last == .latin || last == .accented ? wordLength + 1 : 1
      hundredths += wordLength == 1 ? 56 : wordLength > Self.wordLengthLimit ? 58 : 0
      hundredths += next == .accented ? 64 : 0
    case .digit: hundredths += 100
    case .line: hundredths += begins ? 69 : 0
    case .punctuation: hundredths += begins ? 88 : 30
    case .cyrillic: hundredths += begins ? 95 : 29
    case .greek: hundredths += begins ? 121 : 55
    case .caucasian: hundredths += begins ? 128 : 62
    case .hebrew: hundredths += begins ? 96 : 30
    case .arabic: hundredths += begins ? 91 : 25
    case .indic: hundredths += begins ? 128 : 62
    case .southEastAsian: hundredths += begins ? 144 : 78
    case .hangul: hundredths += begins ? 113 : 47
    case .kana: hundredths += 57
    case .han: hundredths += 76
    case .sign: hundredths += 100
    case .other: hundredths += 200
    }
    last = next
  }
}

/// Characters of which tokenizers make about as many tokens.
private enum TokenClass {
  case blank, line, digit, punctuation, latin, accented
  case cyrillic, greek, caucasian, hebrew, arabic, indic, southEastAsian
  case hangul, kana, han
  /// Punctuation and symbols beyond ASCII.
  case sign
  /// Emoji and all scripts that vocabularies have little of.
  case other

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x0A, 0x0D: self = .line
    case 0x00...0x20: self = .blank
    case 0x30...0x39: self = .digit
    case 0x41...0x5A, 0x61...0x7A: self = .latin
    case 0x21...0x7F: self = .punctuation
    case 0x80...0xBF, 0xD7, 0xF7: self = .sign
    case 0xC0...0x24F, 0x300...0x36F, 0x1E00...0x1EFF: self = .accented
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F: self = .cyrillic
    case 0x530...0x58F, 0x10A0...0x10FF: self = .caucasian
    case 0x590...0x5FF: self = .hebrew
    case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFE: self = .arabic
    case 0x900...0xDFF: self = .indic
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF: self = .southEastAsian
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: self = .hangul
    case 0x3040...0x30FF: self = .kana
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: self = .han
    case 0x2000...0x303F, 0xFF00...0xFFEF: self = .sign
    default: self = .other
    }
  }
}

/// A text that cannot be the name it was meant to be, and the rule it breaks.
package struct InvalidName: Error, Hashable {
  /// What was given.
  package let text: String
  /// What it breaks.
  package let rule: Rule

  package init(text: String, rule: Rule) {
    self.text = text
    self.rule = rule
  }

  /// The rules that names follow.
  package enum Rule: Hashable, Sendable {
    case empty
    case tooLong(limit: Int)
    case tooDeep(limit: Int)
    case badSegment(String)
    case deviceName(String)
    case badWord
    case reservedWord
  }
}

/// What names are spelled with.
enum Spelling {
  /// `[a-z0-9]+(-[a-z0-9]+)*`
  static func isHyphenated(_ text: Substring) -> Bool {
    var isAfterHyphen = true
    for byte in text.utf8 {
      let isHyphen = byte == UInt8(ascii: "-")
      guard isHyphen ? !isAfterHyphen : isLetterOrDigit(byte) else { return false }
      isAfterHyphen = isHyphen
    }
    return !isAfterHyphen
  }

  /// `[a-z][a-z0-9-]{0,31}`
  static func isWord(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= wordByteLimit else {
      return false
    }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// The longest name of a member, an environment or a service, in bytes.
  static let wordByteLimit = 32

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

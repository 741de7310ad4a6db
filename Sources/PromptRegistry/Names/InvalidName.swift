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

extension InvalidName {
  /// The name that was probably meant; nil where nothing is near enough.
  package var guess: String? {
    let lowered = text.lowercased()
    switch rule {
    case .badWord: return Spelling.isWord(lowered) ? lowered : nil
    case .badSegment:
      // That it is no name either is no guess.
      return (try? PromptName(Self.name(ofFile: lowered) ?? lowered))?.text
    case .empty, .tooLong, .tooDeep, .deviceName, .reservedWord: return nil
    }
  }

  /// What a prompt is called whose file somebody named.
  private static func name(ofFile path: String) -> String? {
    guard path.hasSuffix(VersionFile.source.rawValue) else { return nil }
    let name = path.dropLast(VersionFile.source.rawValue.count)
    let folder = "\(Folder.prompts.path)/"
    let inner = name.hasPrefix("./") ? name.dropFirst(2) : name
    return String(inner.hasPrefix(folder) ? inner.dropFirst(folder.count) : inner)
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

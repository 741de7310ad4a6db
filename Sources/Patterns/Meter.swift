/// Counts the work of one match that PCRE2 does not count itself.
///
/// PCRE2 bounds how often it comes back to a choice, but between two such steps it may pass over
/// any length of text. The callouts that `Translator` adds tell the meter how far it went.
struct Meter {
  private var scanned = 0
  private var runStart = 0

  /// Bytes that one match may pass over.
  static let scanLimit = 100_000_000

  /// The spelling of the callout before a repeated character.
  static let runStart = "(?C0)"
  /// And behind it.
  static let runEnd = "(?C1)"
  /// In each round of a repeated group, and after so many characters in a row.
  static let stretch = "(?C2)"
  /// The number of characters for which it stands.
  static let stretchLength = 64

  /// Before a reference, whose group may be of any length.
  static func reference(to group: Int) -> String {
    "(?C\(min(group + firstReference, 255)))"
  }

  private static let firstReference = 2

  /// Whether the match may go on. `length` gives the length of a captured group in bytes.
  mutating func passes(
    callout number: Int, at position: Int, length: (_ group: Int) -> Int
  ) -> Bool {
    switch number {
    case 0: runStart = position
    case 1:
      scanned += max(0, position - runStart)
      runStart = position
    case 2: scanned += Self.stretchLength
    default: scanned += length(number - Self.firstReference)
    }
    return scanned <= Self.scanLimit
  }
}

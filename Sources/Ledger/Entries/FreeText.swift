@_spi(_Unicode) import Swift

/// What people may write into an entry: text that looks like what it is, in one encoding.
package enum FreeText {
  /// The longest text, in bytes of UTF-8.
  package static let sizeLimit = 16 * 1024

  /// What is wrong with a text.
  package enum Flaw: Hashable, Sendable {
    case tooLong(limit: Int)
    case notNormalized
    /// A character that hides something or ends a line where none ends.
    case forbidden(UInt32)
    /// A character that this version of Unicode does not know, so that its normal form may change.
    case unassigned(UInt32)
  }

  /// The same text as its writer means it: NFC, lines that end with LF and without blanks, no blank
  /// line at either end.
  package static func tidied(_ text: String) -> String {
    var lines = normalized(text).split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { line in line.lastIndex { !$0.isWhitespace }.map { line[...$0] } ?? "" }
    lines = Array(lines.drop { $0.isEmpty })
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The first reason why a writer refuses a text; nil for one that may be written.
  package static func flaw(writing text: String) -> Flaw? {
    if let flaw = flaw(reading: text) { return flaw }
    for scalar in text.unicodeScalars where scalar.properties.generalCategory == .unassigned {
      return .unassigned(scalar.value)
    }
    return nil
  }

  /// The first reason why every reader refuses a text.
  ///
  /// The answer does not depend on the version of Unicode: assigned characters keep their normal
  /// form for ever, and writers use no others.
  package static func flaw(reading text: String) -> Flaw? {
    if text.utf8.count > sizeLimit { return .tooLong(limit: sizeLimit) }
    for scalar in text.unicodeScalars where isForbidden(scalar.value) {
      return .forbidden(scalar.value)
    }
    return isNormalized(text) ? nil : .notNormalized
  }

  private static func isForbidden(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0a: false
    case 0x00...0x1f, 0x7f...0x9f: true  // controls
    case 0x2028, 0x2029: true  // line and paragraph separator
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true  // bidirectional controls
    case 0xe0000...0xe007f: true  // tags
    case 0xfdd0...0xfdef: true  // noncharacters, here and at the end of each plane
    case _: scalar & 0xfffe == 0xfffe
    }
  }

  /// Swift compares text by its normal form but shows that form to its own library alone; this
  /// file is the one place that looks at it.
  private static func normalized(_ text: String) -> String {
    var parted = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let parts = tibetanParts[scalar] {
        parted.append(contentsOf: parts)
      } else {
        parted.append(scalar)
      }
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: String(parted)._nfc)
    return String(result)
  }

  /// Normal forms do not contain these three. Swift parts them only after it has put the marks in
  /// order, so their parts would stand behind marks that belong after them.
  private static let tibetanParts: [Unicode.Scalar: [Unicode.Scalar]] = [
    "\u{f73}": ["\u{f71}", "\u{f72}"],
    "\u{f75}": ["\u{f71}", "\u{f74}"],
    "\u{f81}": ["\u{f71}", "\u{f80}"],
  ]

  private static func isNormalized(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 < 0x80 } || text._nfc.elementsEqual(text.unicodeScalars)
  }
}

extension FreeText.Flaw: CustomStringConvertible {
  /// What follows "the text" in a sentence.
  package var description: String {
    switch self {
    case .tooLong(let limit): "is longer than \(limit) bytes"
    case .notNormalized: "is not in Unicode's normal form C"
    case .forbidden(let scalar): "holds the character \(Self.name(scalar)), which hides something"
    case .unassigned(let scalar): "holds \(Self.name(scalar)), which is no character yet"
    }
  }

  private static func name(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

package import Notation

/// The line that a message is about, with what marks the place in it.
package struct Excerpt: Hashable, Sendable {
  /// The line, or the part of a long one around the place.
  package let line: String
  /// What goes under the line: spaces, then `^~~~`.
  package let marker: String

  /// How the marked characters are shown.
  package enum Subject {
    case asIs, starred
  }

  /// A line is cut to this many characters on either side of the place.
  static let reach = 60

  /// The line of `position`, with `length` characters of it marked.
  ///
  /// `.starred` hides what is marked: a secret must not get into a log.
  package init(
    of source: SourceText, at position: Position, length: Int = 1, showing subject: Subject = .asIs
  ) {
    var scalars = Array(source.line(position.line).unicodeScalars)
    let start = min(max(0, position.column - 1), scalars.count)
    let end = min(scalars.count, start + max(1, length))
    if subject == .starred {
      scalars.replaceSubrange(start..<end, with: Array(repeating: "*", count: end - start))
    }
    let first = max(0, start - Self.reach)
    let last = min(scalars.count, max(end, start + Self.reach))
    let lead = first > 0 ? "…" : ""
    line =
      lead + Self.shown(scalars[first..<min(last, first + 3 * Self.reach)])
      + (last < scalars.count ? "…" : "")
    let width = Self.shown(scalars[start..<min(end, last)]).displayWidth
    marker =
      Self.blank(lead + Self.shown(scalars[first..<start])) + "^"
      + String(repeating: "~", count: max(1, width) - 1)
  }

  private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    Invisible.spelledOut(String(String.UnicodeScalarView(scalars)))
  }

  /// White space as wide as the text on a terminal; tabs stay, so that both lines stop alike.
  private static func blank(_ text: String) -> String {
    text.map { $0 == "\t" ? "\t" : String(repeating: " ", count: String($0).displayWidth) }.joined()
  }
}

extension String {
  /// The number of terminal columns the text takes, as far as that can be known.
  var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }
}

extension Character {
  fileprivate var displayWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    if scalar.properties.isEmojiPresentation { return 2 }
    return switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}

import Notation

/// A pattern over prompt names, as owners and services use it: `*` is any run inside one segment,
/// `**` any run of whole segments.
package struct NamePattern: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as written.
  package let text: String

  /// The longest pattern, in bytes.
  package static let byteLimit = 256

  /// Nil where the text could match no name: an empty segment, a letter that no name has.
  package init?(_ text: String) {
    let segments = text.parts(between: "/")
    let letters = text.utf8.allSatisfy { Self.alphabet.contains($0) }
    guard letters, text.utf8.count <= Self.byteLimit, segments.allSatisfy({ !$0.isEmpty }) else {
      return nil
    }
    self.text = text
  }

  /// Whether the name matches, segment by segment.
  package func matches(_ name: PromptName) -> Bool {
    Self.matches(text.parts(between: "/")[...], name.text.parts(between: "/")[...])
  }

  package var description: String { text }
}

extension NamePattern {
  private static let alphabet = Set("abcdefghijklmnopqrstuvwxyz0123456789-_/*".utf8)

  /// Iterative with one point to go back to, so no pattern costs more than length times length.
  private static func matches(
    _ pattern: ArraySlice<Substring>, _ name: ArraySlice<Substring>
  ) -> Bool {
    var pattern = pattern
    var name = name
    var retry: (pattern: ArraySlice<Substring>, name: ArraySlice<Substring>)?
    while true {
      if pattern.first == "**" {
        pattern = pattern.dropFirst()
        retry = (pattern, name)
      } else if let segment = name.first, let wanted = pattern.first, fits(wanted, segment) {
        pattern = pattern.dropFirst()
        name = name.dropFirst()
      } else if name.isEmpty && pattern.isEmpty {
        return true
      } else if let last = retry, !last.name.isEmpty {
        retry = (last.pattern, last.name.dropFirst())
        (pattern, name) = (last.pattern, last.name.dropFirst())
      } else {
        return false
      }
    }
  }

  private static func fits(_ wanted: Substring, _ segment: Substring) -> Bool {
    let pieces = wanted.parts(between: "*")
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
      return wanted == segment
    }
    guard segment.count >= first.count + last.count,
      segment.hasPrefix(first), segment.hasSuffix(last)
    else { return false }
    var rest = segment.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let end = endOfFirst(piece, in: rest) else { return false }
      rest = rest[end...]
    }
    return true
  }

  private static func endOfFirst(_ piece: Substring, in text: Substring) -> Substring.Index? {
    var start = text.startIndex
    while start < text.endIndex {
      let tail = text[start...]
      if tail.hasPrefix(piece) { return text.index(start, offsetBy: piece.count) }
      start = text.index(after: start)
    }
    return nil
  }
}

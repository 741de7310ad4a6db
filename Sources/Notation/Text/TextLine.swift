/// One line of a text, compared byte by byte.
package struct TextLine: Sendable {
  /// The line without its line feed; a carriage return before it stays.
  package let text: String
  /// False only for a last line that the text ends in the middle of.
  package let isTerminated: Bool
}

extension TextLine {
  /// The lines of a text; an empty text has none.
  package static func lines(of text: String) -> [TextLine] {
    let pieces = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var lines = pieces.dropLast().map { TextLine(text: String(Substring($0)), isTerminated: true) }
    if let last = pieces.last, !last.isEmpty {
      lines.append(TextLine(text: String(Substring(last)), isTerminated: false))
    }
    return lines
  }
}

extension TextLine: Hashable {
  package static func == (left: TextLine, right: TextLine) -> Bool {
    left.isTerminated == right.isTerminated && left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(isTerminated)
  }
}

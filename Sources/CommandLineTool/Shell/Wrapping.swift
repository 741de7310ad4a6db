extension String {
  /// The text in lines of at most so many columns, where its words allow; lines after the first are
  /// indented. What stands in brackets stays together; line breaks of the text stay.
  func wrapped(to width: Int, indent: String = "") -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var lines: [String] = []
      for piece in Self.pieces(of: line) {
        if let last = lines.last, last.columns + 1 + piece.columns <= width {
          lines[lines.count - 1] = "\(last) \(piece)"
        } else {
          lines.append(lines.isEmpty ? piece : indent + piece)
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// The words of a line, those within one pair of brackets as one; blanks at its start stay.
  private static func pieces(of line: Substring) -> [String] {
    var pieces: [String] = []
    var depth = 0
    let start = line.prefix { $0 == " " }
    for word in line.dropFirst(start.count).split(separator: " ") {
      if depth > 0, let last = pieces.popLast() {
        pieces.append("\(last) \(word)")
      } else {
        pieces.append(pieces.isEmpty ? "\(start)\(word)" : String(word))
      }
      depth += word.count { $0 == "[" } - word.count { $0 == "]" }
    }
    return pieces
  }
}

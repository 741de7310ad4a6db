import Notation

/// A line diff as a person reads it.
enum DiffText {
  /// The whole diff: on a terminal with the changed words marked, else a plain unified diff.
  static func text(
    _ diff: TextDiff, from oldName: String, to newName: String, _ ink: Ink
  ) -> String {
    guard ink.isOn else { return diff.unified(from: oldName, to: newName).visible }
    guard !diff.hunks.isEmpty else { return "" }
    let names = [ink.paint("--- \(oldName)", .strong), ink.paint("+++ \(newName)", .strong)]
    let lines = names + diff.hunks.flatMap { hunk($0, ink) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func hunk(_ hunk: TextDiff.Hunk, _ ink: Ink) -> [String] {
    var lines = [ink.paint(hunk.heading, .heading)]
    var rest = hunk.lines[...]
    while let first = rest.first {
      if first.fate == .stays {
        lines += plain(rest.removeFirst(), nil, ink)
        continue
      }
      let removed = rest.prefix { $0.fate == .goes }
      let added = rest.dropFirst(removed.count).prefix { $0.fate == .comes }
      let words = WordDiff(
        removed: removed.map(\.line.text), added: added.map(\.line.text))
      for (line, pieces) in zip(removed, words.removed) { lines += plain(line, pieces, ink) }
      for (line, pieces) in zip(added, words.added) { lines += plain(line, pieces, ink) }
      rest = rest.dropFirst(removed.count + added.count)
    }
    return lines
  }

  /// A line, and below it the mark of a text that ends in its middle.
  private static func plain(
    _ line: TextDiff.Line, _ pieces: [WordDiff.Piece]?, _ ink: Ink
  ) -> [String] {
    let (whole, word): (Ink.Role, Ink.Role)
    switch line.fate {
    case .stays: return [" " + line.line.text.visible] + mark(line)
    case .goes: (whole, word) = (.removed, .removedWord)
    case .comes: (whole, word) = (.added, .addedWord)
    }
    let painted = (pieces ?? []).map { piece in
      ink.paint(piece.text.visible, piece.isChanged ? word : whole)
    }
    return [ink.paint(line.fate.rawValue, whole) + painted.joined()] + mark(line)
  }

  private static func mark(_ line: TextDiff.Line) -> [String] {
    line.line.isTerminated ? [] : [TextDiff.Line.unterminatedMark]
  }
}

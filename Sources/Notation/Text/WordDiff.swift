/// Which words changed where some lines gave way to others.
package struct WordDiff: Hashable, Sendable {
  /// The lines that went, each in pieces.
  package let removed: [[Piece]]
  /// The lines that came, each in pieces.
  package let added: [[Piece]]

  /// A stretch of a line.
  package struct Piece: Hashable, Sendable {
    /// The stretch itself, never empty.
    package let text: String
    /// Whether the other side has nothing in its place.
    package let isChanged: Bool
  }

  /// Of two sides that share a smaller part of their words nothing is marked: all is changed.
  private static let leastLikeness = 0.3

  /// Compares the words of both sides; words may have moved from one line to another.
  package init(removed: [String], added: [String]) {
    let (old, new) = (Self.words(of: removed), Self.words(of: added))
    let script = EditScript(from: old, to: new)
    let isAlike = Self.likeness(old, script.isRemoved, new, script.isAdded) >= Self.leastLikeness
    self.removed = Self.lines(old, marked: isAlike ? script.isRemoved : nil)
    self.added = Self.lines(new, marked: isAlike ? script.isAdded : nil)
  }
}

extension WordDiff {
  /// A word, a run of blanks, a single other character, or the end of a line.
  private struct Word: Hashable {
    let bytes: [UInt8]

    static let lineEnd = Word(bytes: [UInt8(ascii: "\n")])

    init(bytes: [UInt8]) { self.bytes = bytes }
    init(_ scalars: Substring.UnicodeScalarView) { bytes = Array(String(scalars).utf8) }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var isBlank: Bool { bytes.allSatisfy { $0 <= UInt8(ascii: " ") } }
  }

  private enum ScalarKind {
    case letter
    case blank
    case other

    init(_ scalar: Unicode.Scalar) {
      let properties = scalar.properties
      if properties.isWhitespace {
        self = .blank
      } else if properties.isAlphabetic || properties.numericType != nil
        || properties.isGraphemeExtend || scalar == "_"
      {
        self = .letter
      } else {
        self = .other
      }
    }
  }

  private static func words(of lines: [String]) -> [Word] {
    lines.flatMap { words(of: $0) + [.lineEnd] }
  }

  private static func words(of line: String) -> [Word] {
    var words: [Word] = []
    var rest = line.unicodeScalars[...]
    while let first = rest.first {
      let kind = ScalarKind(first)
      let end =
        switch kind {
        case .other: rest.index(after: rest.startIndex)
        case .letter, .blank: rest.firstIndex { ScalarKind($0) != kind } ?? rest.endIndex
        }
      words.append(Word(rest[..<end]))
      rest = rest[end...]
    }
    return words
  }

  /// The part of all words, blanks aside, that both sides share.
  private static func likeness(
    _ old: [Word], _ isRemoved: [Bool], _ new: [Word], _ isAdded: [Bool]
  ) -> Double {
    let sides = Array(zip(old, isRemoved)) + Array(zip(new, isAdded))
    let solid = sides.filter { !$0.0.isBlank }
    return solid.isEmpty ? 1 : Double(solid.count { !$0.1 }) / Double(solid.count)
  }

  private static func lines(_ words: [Word], marked: [Bool]?) -> [[Piece]] {
    var lines: [[Piece]] = []
    var line: [Piece] = []
    for (index, word) in words.enumerated() {
      if word == .lineEnd {
        lines.append(line)
        line = []
      } else {
        append(word.text, isChanged: marked?[index] ?? false, to: &line)
      }
    }
    return lines
  }

  private static func append(_ text: String, isChanged: Bool, to line: inout [Piece]) {
    if let last = line.last, last.isChanged == isChanged {
      line[line.count - 1] = Piece(text: last.text + text, isChanged: isChanged)
    } else {
      line.append(Piece(text: text, isChanged: isChanged))
    }
  }
}

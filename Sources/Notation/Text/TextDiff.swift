/// What changed between two texts, line by line.
package struct TextDiff: Hashable, Sendable {
  /// The places where something changed, in order, each with the lines around it.
  package let hunks: [Hunk]

  /// One place where lines changed.
  package struct Hunk: Hashable, Sendable {
    /// Where in the old text it lies.
    package let old: Extent
    /// Where in the new text it lies.
    package let new: Extent
    /// Its lines in order; where lines give way to others, those that go come first.
    package let lines: [Line]
  }

  /// A run of lines as a unified diff counts them.
  package struct Extent: Hashable, Sendable {
    /// The number of its first line, from 1; of an empty run the number of the line before it.
    package let start: Int
    /// How many lines it has.
    package let count: Int
  }

  /// A line and what becomes of it.
  package struct Line: Hashable, Sendable {
    /// Whether the line is in both texts, in the old one only or in the new one only.
    package let fate: Fate
    /// The line itself.
    package let line: TextLine
  }

  /// What becomes of a line; the raw value is its mark in a unified diff.
  package enum Fate: String, Hashable, Sendable {
    case stays = " "
    case goes = "-"
    case comes = "+"
  }

  /// So many lines are shown around a change where nobody asks for more or fewer.
  package static let usualContext = 3

  /// The changes that make `new` of `old`; two texts of the same bytes have no hunks.
  package init(from old: String, to new: String, context: Int = usualContext) {
    let lines = Self.merged(TextLine.lines(of: old), TextLine.lines(of: new))
    var seen = Seen()
    var rest = lines[...]
    hunks = Self.windows(of: lines, context: context).map { window in
      seen.pass(rest[..<window.lowerBound])
      rest = lines[window.upperBound...]
      return Hunk(lines[window], &seen)
    }
  }
}

extension TextDiff {
  /// All lines of both texts, those that stay once.
  private static func merged(_ old: [TextLine], _ new: [TextLine]) -> [Line] {
    let script = EditScript(from: old, to: new)
    var lines: [Line] = []
    var (x, y) = (0, 0)
    while x < old.count || y < new.count {
      if x < old.count, script.isRemoved[x] {
        lines.append(Line(fate: .goes, line: old[x]))
        x += 1
      } else if y < new.count, script.isAdded[y] {
        lines.append(Line(fate: .comes, line: new[y]))
        y += 1
      } else {
        lines.append(Line(fate: .stays, line: new[y]))
        x += 1
        y += 1
      }
    }
    return lines
  }

  /// Where the changes are, each with its context; windows that would touch are one.
  private static func windows(of lines: [Line], context: Int) -> [Range<Int>] {
    var windows: [Range<Int>] = []
    for (index, line) in lines.enumerated() where line.fate != .stays {
      let window = max(0, index - context)..<min(lines.count, index + context + 1)
      if let last = windows.last, last.upperBound >= window.lowerBound {
        windows[windows.count - 1] = last.lowerBound..<window.upperBound
      } else {
        windows.append(window)
      }
    }
    return windows
  }
}

/// How many lines of either text lie behind.
private struct Seen {
  var old = 0
  var new = 0

  mutating func pass(_ lines: ArraySlice<TextDiff.Line>) {
    old += lines.count { $0.fate != .comes }
    new += lines.count { $0.fate != .goes }
  }
}

extension TextDiff.Hunk {
  fileprivate init(_ lines: ArraySlice<TextDiff.Line>, _ seen: inout Seen) {
    let before = seen
    seen.pass(lines)
    old = .init(from: before.old, to: seen.old)
    new = .init(from: before.new, to: seen.new)
    self.lines = Array(lines)
  }
}

extension TextDiff.Extent {
  fileprivate init(from before: Int, to end: Int) {
    count = end - before
    start = count == 0 ? before : before + 1
  }
}

/// Rows whose columns line up.
struct TextTable {
  private let heading: [String]
  private var rows: [[String]] = []

  init(_ heading: String...) { self.heading = heading }

  /// Adds a row with as many cells as the heading has.
  mutating func add(_ cells: String...) { rows.append(cells) }

  /// The lines, two blanks between columns; a table without rows has none.
  func lines(_ ink: Ink) -> [String] {
    guard !rows.isEmpty else { return [] }
    let widths = heading.indices.map { column in
      ([heading] + rows).map { $0[column].columns }.max() ?? 0
    }
    let line = { (cells: [String]) -> String in
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.columns)
      }.joined(separator: "  ")
      return String(padded.reversed().drop { $0 == " " }.reversed())
    }
    return [ink.paint(line(heading), .faint)] + rows.map(line)
  }
}

extension String {
  /// How many columns of a terminal it takes.
  var columns: Int {
    reduce(0) { $0 + ($1.unicodeScalars.first?.isWide == true ? 2 : 1) }
  }
}

extension Unicode.Scalar {
  /// The scripts and pictures that terminals give two columns.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

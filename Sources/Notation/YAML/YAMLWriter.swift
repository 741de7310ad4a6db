/// Writes block style; quotes whatever could be read as anything but the same text.
struct YAMLWriter {
  private(set) var output = ""

  mutating func document(_ value: Value) {
    switch value {
    case .list(let list) where !list.isEmpty: items(list, depth: 0)
    case .map(let map) where !map.isEmpty: members(map, depth: 0)
    case .null, .bool, .number, .string, .list, .map: scalar(value, depth: 0)
    }
  }
}

extension YAMLWriter {
  /// Each call begins where the first line's indent already stands and ends with a line break.
  private mutating func items(_ list: [Value], depth: Int) {
    for (index, value) in list.enumerated() {
      if index > 0 { indent(depth) }
      output += "- "
      switch value {
      case .list(let list) where !list.isEmpty: items(list, depth: depth + 1)
      case .map(let map) where !map.isEmpty: members(map, depth: depth + 1)
      case .null, .bool, .number, .string, .list, .map: scalar(value, depth: depth + 1)
      }
    }
  }

  private mutating func members(_ map: ValueMap, depth: Int) {
    for (index, (key, value)) in map.entries.enumerated() {
      if index > 0 { indent(depth) }
      let written = YAMLScalar.inline(key)
      let isLong = written.utf8.count > Self.shortKeyLimit
      output += isLong ? "? \(written)\n" : written
      if isLong { indent(depth) }
      output += ":"
      switch value {
      case .list(let list) where !list.isEmpty:
        output += "\n"
        indent(depth + 1)
        items(list, depth: depth + 1)
      case .map(let map) where !map.isEmpty:
        output += "\n"
        indent(depth + 1)
        members(map, depth: depth + 1)
      case .null, .bool, .number, .string, .list, .map:
        output += " "
        scalar(value, depth: depth + 1)
      }
    }
  }

  /// Writes what takes no lines of its own, or a block scalar whose lines are at that depth.
  private mutating func scalar(_ value: Value, depth: Int) {
    switch value {
    case .null: output += "null\n"
    case .bool(let bool): output += bool ? "true\n" : "false\n"
    case .number(let number): output += YAMLScalar.text(of: number) + "\n"
    case .list: output += "[]\n"
    case .map: output += "{}\n"
    case .string(let text):
      guard let chomping = YAMLScalar.literalChomping(text) else {
        output += YAMLScalar.inline(text) + "\n"
        return
      }
      output += "|\(chomping)\n"
      lines(of: text, depth: max(depth, 1))
    }
  }

  /// Empty lines carry no indent.
  private mutating func lines(of text: String, depth: Int) {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
      if !line.isEmpty { indent(depth) }
      output.unicodeScalars.append(contentsOf: line)
      output += "\n"
    }
  }

  private mutating func indent(_ depth: Int) {
    for _ in 0..<depth { output += "  " }
  }

  /// A key may take 1024 characters on its line; this leaves room for its surroundings.
  private static let shortKeyLimit = 1000
}

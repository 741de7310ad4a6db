// Lists and maps in brackets.

extension YAMLReader {
  mutating func flowList(_ minimumIndent: Int) throws(Fault) -> Part {
    let position = here()
    try enter(at: offset)
    var values: [Value] = []
    var places: [Place] = []
    offset += 1
    try separate(minimumIndent)
    while !take(UInt8(ascii: "]")) {
      guard next != nil else { throw unexpected(.listEnd) }
      let item = try flowItem(minimumIndent)
      values.append(item.value)
      places.append(item.place)
      try endFlowEntry(minimumIndent, closing: UInt8(ascii: "]"), .listEnd)
    }
    leave()
    return part(.list(values), .list(.flow, places), at: position)
  }

  mutating func flowMap(_ minimumIndent: Int) throws(Fault) -> Part {
    let position = here()
    try enter(at: offset)
    var map = ValueMap()
    var places: [Place] = []
    offset += 1
    try separate(minimumIndent)
    while !take(UInt8(ascii: "}")) {
      guard next != nil else { throw unexpected(.mapEnd) }
      let (key, part) = try flowMember(minimumIndent)
      try add(part, as: key, to: &map, &places)
      try endFlowEntry(minimumIndent, closing: UInt8(ascii: "}"), .mapEnd)
    }
    leave()
    return part(.map(map), .map(.flow, places), at: position)
  }

  /// Takes the comma behind an entry, unless the collection ends.
  private mutating func endFlowEntry(
    _ minimumIndent: Int, closing: UInt8, _ expectation: NotationError.Expectation
  ) throws(Fault) {
    try separate(minimumIndent)
    if take(UInt8(ascii: ",")) {
      try separate(minimumIndent)
    } else if next != closing {
      throw unexpected(expectation)
    }
  }

  /// A key, with or without a `?`, and a value if there is one.
  private mutating func flowMember(_ minimumIndent: Int) throws(Fault) -> (Key, Part) {
    if isAt(indicator: UInt8(ascii: "?")) {
      offset += 1
      try separate(minimumIndent)
      guard let byte = next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
        byte != UInt8(ascii: "]")
      else { throw Fault(.keyIsNotText(""), at: offset) }
    }
    guard !isAtFlowColon else { throw Fault(.keyIsNotText(""), at: offset) }
    let node = try inlineNode(.flow(minimumIndent: minimumIndent))
    let key = try key(node)
    try separate(minimumIndent)
    return (key, try flowValue(behind: node, minimumIndent))
  }

  /// A value, or a map of one pair without brackets of its own.
  private mutating func flowItem(_ minimumIndent: Int) throws(Fault) -> Part {
    let (line, position) = (lineStart, here())
    if isAt(indicator: UInt8(ascii: "?")) || isAtFlowColon {
      let (key, value) = try flowMember(minimumIndent)
      return try pair(key, value, at: position)
    }
    let node = try inlineNode(.flow(minimumIndent: minimumIndent))
    let end = offset
    takeBlanks()
    guard isAtColon(behind: node) else {
      offset = end
      return node
    }
    guard lineStart == line else { throw malformed(.keyWithinText, at: contentStart) }
    let key = try key(node)
    return try pair(key, try flowValue(behind: node, minimumIndent), at: position)
  }

  private mutating func pair(
    _ key: Key, _ value: Part, at position: Position
  ) throws(Fault) -> Part {
    try enter(at: position.offset - base)
    defer { leave() }
    var map = ValueMap()
    var places: [Place] = []
    try add(value, as: key, to: &map, &places)
    return part(.map(map), .map(.flow, places), at: position)
  }

  /// A colon and what follows it; null without.
  private mutating func flowValue(
    behind key: Part, _ minimumIndent: Int
  ) throws(Fault) -> Part {
    guard isAtColon(behind: key) else { return null(at: here()) }
    offset += 1
    let position = here()
    try separate(minimumIndent)
    switch next {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
      return null(at: position)
    default: return try inlineNode(.flow(minimumIndent: minimumIndent))
    }
  }

  private var isAtFlowColon: Bool {
    next == UInt8(ascii: ":") && (isSpace(at: offset + 1) || bytes[offset + 1].isFlowIndicator)
  }

  /// Behind quotes and brackets a colon needs no space.
  private func isAtColon(behind node: Part) -> Bool {
    if case .scalar(.plain, _) = node.place.content { return isAtFlowColon }
    return next == UInt8(ascii: ":")
  }

  /// Takes white space, line breaks and comments.
  private mutating func separate(_ minimumIndent: Int) throws(Fault) {
    while true {
      let start = offset
      takeBlanks()
      if next == UInt8(ascii: "#") {
        guard offset > start || bytes[offset - 1].isBlank || offset == lineStart else {
          throw malformed(.commentWithoutSpace)
        }
        takeComment()
      }
      guard let byte = next, byte.isBreak else { return }
      let (_, spaceCount) = takeBreaks()
      guard !isAtMarker else { throw malformed(.markerInside) }
      guard next == nil || next == UInt8(ascii: "#") || spaceCount >= minimumIndent else {
        throw malformed(.wrongIndent)
      }
    }
  }

  private func unexpected(_ expectation: NotationError.Expectation) -> Fault {
    guard let scalar = bytes[offset...].firstScalar else {
      return Fault(.endsEarly(expectation), at: offset)
    }
    return Fault(.unexpected(scalar, expectation), at: offset)
  }
}

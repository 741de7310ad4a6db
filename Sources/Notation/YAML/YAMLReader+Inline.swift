// Nodes that are told by their own marks: quoted and plain scalars, and collections in brackets.

extension YAMLReader {
  /// Where a node stands decides which characters end it and how far its lines are indented.
  enum Surroundings {
    case block(minimumIndent: Int)
    /// The key of a block map, on one line.
    case key(minimumIndent: Int)
    /// Between brackets.
    case flow(minimumIndent: Int)

    var minimumIndent: Int {
      switch self {
      case .block(let indent), .key(let indent), .flow(let indent): indent
      }
    }

    var isFlow: Bool {
      switch self {
      case .flow: true
      case .block, .key: false
      }
    }

    var isOneLine: Bool {
      switch self {
      case .key: true
      case .block, .flow: false
      }
    }
  }

  /// Ends directly behind the node.
  mutating func inlineNode(_ surroundings: Surroundings) throws(Fault) -> Part {
    switch next {
    case UInt8(ascii: "\""): return try doubleQuoted(surroundings.minimumIndent)
    case UInt8(ascii: "'"): return try singleQuoted(surroundings.minimumIndent)
    case UInt8(ascii: "["): return try flowList(surroundings.minimumIndent)
    case UInt8(ascii: "{"): return try flowMap(surroundings.minimumIndent)
    case UInt8(ascii: "&"): throw Fault(.anchor(name()), at: offset)
    case UInt8(ascii: "*"): throw Fault(.alias(name()), at: offset)
    case UInt8(ascii: "!"): throw Fault(.tag("!" + name()), at: offset)
    default: return try plain(surroundings)
    }
  }

  /// The word behind the next byte.
  private func name() -> String {
    let word = bytes[(offset + 1)...].prefix { !$0.isBlank && !$0.isBreak && !$0.isFlowIndicator }
    return String(decoding: word, as: UTF8.self)
  }
}

// MARK: - Plain scalars

extension YAMLReader {
  private mutating func plain(_ surroundings: Surroundings) throws(Fault) -> Part {
    let (start, position) = (offset, here())
    try checkPlainStart(surroundings)
    takePlainLine(surroundings)
    let end = offset
    var text = String(decoding: bytes[start..<end], as: UTF8.self)
    if !surroundings.isOneLine, let fold = takePlainFold(surroundings) {
      text = takePlainLines(surroundings, behind: Array(bytes[start..<end]), fold)
    }
    return part(try PlainScalar.value(of: text, at: start), .scalar(.plain, text), at: position)
  }

  private mutating func takePlainLines(
    _ surroundings: Surroundings, behind firstLine: [UInt8], _ firstFold: Int
  ) -> String {
    var text = firstLine
    var fold: Int? = firstFold
    while let breakCount = fold {
      let start = offset
      takePlainLine(surroundings)
      text.append(fold: breakCount)
      text.append(contentsOf: bytes[start..<offset])
      fold = takePlainFold(surroundings)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func checkPlainStart(_ surroundings: Surroundings) throws(Fault) {
    guard let byte = next else { throw malformed(.missingValue) }
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      guard isPlain(at: offset + 1, surroundings) else {
        throw malformed(.reserved(Unicode.Scalar(byte)))
      }
    case UInt8(ascii: "#"): throw malformed(.commentWithoutSpace)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"),
      UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
      throw malformed(.reserved(Unicode.Scalar(byte)))
    default: break
    }
  }

  /// Whether a character may stand behind a `-`, `?` or `:` that is text.
  private func isPlain(at offset: Int, _ surroundings: Surroundings) -> Bool {
    !isSpace(at: offset) && !(surroundings.isFlow && bytes[offset].isFlowIndicator)
  }

  /// Takes the text of one line without the blanks behind it.
  private mutating func takePlainLine(_ surroundings: Surroundings) {
    var place = offset
    while place < bytes.count, !bytes[place].isBreak {
      let byte = bytes[place]
      if byte == UInt8(ascii: ":"), !isPlain(at: place + 1, surroundings) { return }
      if byte == UInt8(ascii: "#"), place > lineStart, bytes[place - 1].isBlank { return }
      if surroundings.isFlow, byte.isFlowIndicator { return }
      place += 1
      if !byte.isBlank { offset = place }
    }
  }

  /// The breaks before another line of this scalar; nil, and nothing taken, if there is none.
  private mutating func takePlainFold(_ surroundings: Surroundings) -> Int? {
    let start = (offset, lineStart)
    takeBlanks()
    let (breakCount, spaceCount) = takeBreaks()
    if breakCount > 0, spaceCount >= surroundings.minimumIndent, !isAtMarker, let byte = next,
      byte != UInt8(ascii: "#"), !(surroundings.isFlow && byte.isFlowIndicator),
      byte != UInt8(ascii: ":") || isPlain(at: offset + 1, surroundings)
    {
      return breakCount
    }
    (offset, lineStart) = start
    return nil
  }
}

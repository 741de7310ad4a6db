/// Writes values as `JSON.stringify` does, into one growing buffer.
struct JSONWriter {
  private(set) var output: [UInt8] = []
  private let indent: [UInt8]
  private let keyOrder: KeyOrder
  private var depth = 0

  enum KeyOrder {
    case asInserted
    /// By UTF-16 code units.
    case sorted
  }

  /// An empty indent gives one line without spaces.
  init(indent: [UInt8], keyOrder: KeyOrder = .asInserted) {
    self.indent = indent
    self.keyOrder = keyOrder
    output.reserveCapacity(256)
  }

  mutating func write(_ value: Value) {
    switch value {
    case .null: appendWord("null")
    case .bool(true): appendWord("true")
    case .bool(false): appendWord("false")
    case .number(let number): append(number)
    case .string(let text): append(text)
    case .list(let list): write(list)
    case .map(let map): write(ordered(map.entries))
    }
  }

  private mutating func write(_ list: [Value]) {
    guard !list.isEmpty else { return appendWord("[]") }
    output.append(UInt8(ascii: "["))
    depth += 1
    for (index, value) in list.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      breakLine()
      write(value)
    }
    depth -= 1
    breakLine()
    output.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ entries: [ValueMap.Entry]) {
    guard !entries.isEmpty else { return appendWord("{}") }
    output.append(UInt8(ascii: "{"))
    depth += 1
    for (index, entry) in entries.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      breakLine()
      append(entry.key)
      output.append(UInt8(ascii: ":"))
      if !indent.isEmpty { output.append(UInt8(ascii: " ")) }
      write(entry.value)
    }
    depth -= 1
    breakLine()
    output.append(UInt8(ascii: "}"))
  }

  private func ordered(_ entries: [ValueMap.Entry]) -> [ValueMap.Entry] {
    switch keyOrder {
    case .asInserted: return entries
    case .sorted:
      let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.key.precedesAsUTF16($1.key) }
      return isSorted ? entries : entries.sorted { $0.key.precedesAsUTF16($1.key) }
    }
  }

  private mutating func breakLine() {
    guard !indent.isEmpty else { return }
    output.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { output.append(contentsOf: indent) }
  }
}

extension JSONWriter {
  private mutating func appendWord(_ word: StaticString) {
    word.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
  }

  /// A number that is not finite, which no reader gives, prints as `JSON.stringify` prints it.
  private mutating func append(_ number: Double) {
    guard number.isFinite else { return appendWord("null") }
    NumberText.append(number, to: &output)
  }

  private mutating func append(_ text: String) {
    output.append(UInt8(ascii: "\""))
    unsafe text.withBytes { bytes in
      var start = 0
      for index in bytes.indices {
        let byte = unsafe bytes[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        unsafe output.append(contentsOf: bytes[start..<index])
        appendEscape(byte)
        start = index + 1
      }
      unsafe output.append(contentsOf: bytes[start...])
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): appendWord("\\\"")
    case UInt8(ascii: "\\"): appendWord("\\\\")
    case 0x08: appendWord("\\b")
    case 0x09: appendWord("\\t")
    case 0x0A: appendWord("\\n")
    case 0x0C: appendWord("\\f")
    case 0x0D: appendWord("\\r")
    default:
      appendWord(byte < 0x10 ? "\\u000" : "\\u001")
      output.append(contentsOf: String(byte & 0xF, radix: 16).utf8)
    }
  }
}

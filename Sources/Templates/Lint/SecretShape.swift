/// What the tokens of one issuer look like: a prefix that nobody writes by accident, then enough
/// characters of one alphabet.
struct SecretShape: Sendable {
  /// The characters of one segment.
  enum Alphabet: Sendable {
    case digits, lowerHex, upperAlphanumeric, alphanumeric, base64, base64URL

    func contains(_ byte: UInt8) -> Bool {
      switch self {
      case .digits: byte.isDigit
      case .lowerHex: byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      case .upperAlphanumeric:
        byte.isDigit || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      case .alphanumeric: byte.isAlphanumeric
      case .base64: byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
      case .base64URL: byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
    }
  }

  /// A run of characters; segments follow one another with `separator` between them.
  struct Segment: Sendable {
    let alphabet: Alphabet
    let atLeast: Int
  }

  /// What messages call it: `GitHub token`.
  let name: String
  let prefixes: [[UInt8]]
  let segments: [Segment]
  let separator: UInt8

  init(
    _ name: String, _ prefixes: [String], _ segments: [Segment], separator: Character = "."
  ) {
    self.name = name
    self.prefixes = prefixes.map { Array($0.utf8) }
    self.segments = segments
    self.separator = separator.asciiValue ?? 0
  }

  /// Where a secret of this shape ends that begins at `start`, or nil where there is none.
  ///
  /// Nothing begins within a run of its own alphabet, so each run is walked once.
  func end(in bytes: [UInt8], from start: Int) -> Int? {
    if start > 0, let first = segments.first, first.alphabet.contains(bytes[start - 1]) {
      return nil
    }
    for prefix in prefixes where bytes[start...].starts(with: prefix) {
      if let end = segmentsEnd(in: bytes, from: start + prefix.count) { return end }
    }
    return nil
  }

  private func segmentsEnd(in bytes: [UInt8], from start: Int) -> Int? {
    var cursor = start
    for (index, segment) in segments.enumerated() {
      if index > 0 {
        guard cursor < bytes.count, bytes[cursor] == separator else { return nil }
        cursor += 1
      }
      let first = cursor
      while cursor < bytes.count, segment.alphabet.contains(bytes[cursor]) { cursor += 1 }
      guard cursor - first >= segment.atLeast else { return nil }
    }
    return cursor
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isAlphanumeric: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}

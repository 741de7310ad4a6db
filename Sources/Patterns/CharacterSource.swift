/// The expression as scalars, with a place in it.
struct CharacterSource {
  let scalars: [Unicode.Scalar]
  var offset = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  var next: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

  func follows(_ text: String) -> Bool {
    scalars[offset...].starts(with: text.unicodeScalars)
  }

  mutating func take() -> Unicode.Scalar? {
    guard let next else { return nil }
    offset += 1
    return next
  }

  mutating func takes(_ text: String) -> Bool {
    guard follows(text) else { return false }
    offset += text.unicodeScalars.count
    return true
  }

  /// Digits as a number; nil, and nothing taken, if there is none. Huge numbers become `Int.max`.
  mutating func takeNumber() -> Int? {
    let digits = scalars[offset...].prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    offset += digits.count
    return Int(String(String.UnicodeScalarView(digits))) ?? .max
  }

  /// A code unit of exactly so many hexadecimal digits.
  mutating func takeHex(digits count: Int) -> UInt32? {
    let digits = scalars[offset...].prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isHexDigit) else { return nil }
    offset += count
    return UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
  }

  func text(from start: Int) -> String {
    String(String.UnicodeScalarView(scalars[start..<min(offset, scalars.count)]))
  }

  func malformed(_ malformation: PatternError.Malformation, at offset: Int) -> PatternError {
    .malformed(malformation, at: offset)
  }
}

extension Unicode.Scalar {
  var isHexDigit: Bool {
    ("0"..."9").contains(self) || ("a"..."f").contains(self) || ("A"..."F").contains(self)
  }

  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}

/// The spelling of characters and sets in PCRE2's UTF mode without its UCP option, in which `\d`
/// and `\w` are those of ASCII, as in ECMA-262.
enum PCRE {
  static let anyCharacter = "[\\x{0}-\\x{10FFFF}]"
  static let noCharacter = "[^\\x{0}-\\x{10FFFF}]"

  /// Half of a surrogate pair is in no text.
  static func character(_ value: UInt32) -> String {
    guard let scalar = Unicode.Scalar(value) else { return noCharacter }
    return spelling(scalar)
  }

  /// The range without the halves of surrogate pairs; empty if it holds nothing else.
  static func range(_ values: ClosedRange<UInt32>) -> String {
    [0...0xD7FF, 0xE000...0x10_FFFF as ClosedRange<UInt32>].filter { $0.overlaps(values) }
      .map { part in
        let range = values.clamped(to: part)
        return range.lowerBound == range.upperBound
          ? hex(range.lowerBound) : "\(hex(range.lowerBound))-\(hex(range.upperBound))"
      }.joined()
  }

  static func standalone(_ set: CharacterSet) -> String {
    switch set {
    case .space: "[\(spaces)]"
    case .notSpace: "[^\(spaces)]"
    case .digit, .notDigit, .word, .notWord, .property: inClass(set)
    }
  }

  static func inClass(_ set: CharacterSet) -> String {
    switch set {
    case .digit: "\\d"
    case .notDigit: "\\D"
    case .word: "\\w"
    case .notWord: "\\W"
    case .space: spaces
    case .notSpace: notSpaces
    case .property(let name, let isNegated): isNegated ? "\\P{\(name)}" : "\\p{\(name)}"
    }
  }

  private static func spelling(_ scalar: Unicode.Scalar) -> String {
    scalar.isASCIILetter || ("0"..."9").contains(scalar) ? String(scalar) : hex(scalar.value)
  }

  private static func hex(_ value: UInt32) -> String {
    "\\x{\(String(value, radix: 16, uppercase: true))}"
  }

  /// ECMA-262's white space and line terminators, in rising order.
  private static let spaceRanges: [ClosedRange<UInt32>] = [
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ]

  private static let spaces = spaceRanges.map(range).joined()

  private static let notSpaces: String = {
    let starts = [0] + spaceRanges.map { $0.upperBound + 1 }
    let ends = spaceRanges.map { $0.lowerBound - 1 } + [0x10_FFFF]
    return zip(starts, ends).map { range($0...$1) }.joined()
  }()
}

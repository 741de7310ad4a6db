extension String {
  /// The text with everything that hides or rearranges what a person sees written as `\u{…}`:
  /// control characters but line feed and tab, directional controls, tags, noncharacters.
  ///
  /// Joiners, variation selectors and the two directional marks stay; scripts and emoji need them.
  package var visible: String {
    guard unicodeScalars.contains(where: \.isTreacherous) else { return self }
    return unicodeScalars.map { scalar in
      scalar.isTreacherous ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }.joined()
  }
}

extension Unicode.Scalar {
  /// Whether this scalar can make a text look like another one.
  package var isTreacherous: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x2028, 0x2029, 0x202A...0x202E, 0x2060...0x206F, 0x061C, 0x00AD, 0xFEFF: true
    case 0xFFF9...0xFFFB, 0xE0000...0xE00FF: true
    default: properties.isNoncharacterCodePoint
    }
  }
}

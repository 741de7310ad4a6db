/// Characters that a reader of a prompt cannot see and a model can: refused in sources.
///
/// Everything Unicode calls ignorable or a bidirectional control, and the control characters,
/// except those that scripts and emoji need: the two joiners, the left-to-right and right-to-left
/// marks, and one variation selector after a character. A run of selectors spells hidden bytes.
package enum Invisible {
  /// Whether a source must not hold this character.
  package static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E: false
    case 0x00...0x1F, 0x7F...0x9F, 0xFFF9...0xFFFB: true
    case 0x200C...0x200F: false
    default:
      (scalar.properties.isDefaultIgnorableCodePoint && !scalar.properties.isVariationSelector)
        || scalar.properties.isBidiControl
    }
  }

  /// The text with every refused character spelled `\u{…}`, for diffs and excerpts.
  package static func spelledOut(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isRefused) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isRefused(scalar) {
        result.append(contentsOf: spelling(scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// One character as `\u{202e}`.
  package static func spelling(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }

  /// The offsets of what is refused in a source, which must be UTF-8, and the character there.
  static func occurrences(in source: SourceText) -> [(offset: Int, scalar: Unicode.Scalar)] {
    var found: [(offset: Int, scalar: Unicode.Scalar)] = []
    var offset = source.textStart
    var selectorEnd = 0
    while offset < source.bytes.count {
      let byte = source.bytes[offset]
      if (0x20...0x7E).contains(byte) || byte == 0x0A {
        offset += 1
        continue
      }
      let end = min(offset + width(leading: byte), source.bytes.count)
      for scalar in String(decoding: source.bytes[offset..<end], as: UTF8.self).unicodeScalars {
        let isSelector = scalar.properties.isVariationSelector
        if isRefused(scalar) || isSelector && selectorEnd == offset {
          found.append((offset, scalar))
        }
        if isSelector { selectorEnd = end }
      }
      offset = end
    }
    return found
  }

  /// The bytes of a character by its first one.
  private static func width(leading byte: UInt8) -> Int {
    byte < 0x80 ? 1 : max(1, (~byte).leadingZeroBitCount)
  }
}

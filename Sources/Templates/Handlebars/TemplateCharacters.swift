/// Which bytes mean what inside a tag, as in Handlebars.js.
enum TemplateCharacters {
  /// Whether a byte may stand in a name; white space of 0x80 and above is asked for apart.
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "!")...UInt8(ascii: "#"), UInt8(ascii: "%")...UInt8(ascii: ","),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ";")...UInt8(ascii: ">"),
      UInt8(ascii: "@"), UInt8(ascii: "[")...UInt8(ascii: "^"), UInt8(ascii: "`"),
      UInt8(ascii: "{")...UInt8(ascii: "~"):
      false
    default: true
    }
  }

  /// The length in bytes of the white space that begins here, as JavaScript's `\s` sees it, or 0.
  static func whiteSpace(_ bytes: [UInt8], at index: Int, end: Int) -> Int {
    guard index < end else { return 0 }
    let first = bytes[index]
    if first < 0x80 { return isASCIIWhiteSpace(first) ? 1 : 0 }
    if first == 0xC2 { return index + 1 < end && bytes[index + 1] == 0xA0 ? 2 : 0 }
    guard index + 2 < end else { return 0 }
    return isWideWhiteSpace(first, bytes[index + 1], bytes[index + 2]) ? 3 : 0
  }

  /// The length in bytes of the white space that ends here, or 0.
  static func whiteSpace(_ bytes: [UInt8], before index: Int, start: Int) -> Int {
    guard index > start else { return 0 }
    let last = bytes[index - 1]
    if last < 0x80 { return isASCIIWhiteSpace(last) ? 1 : 0 }
    if index - 2 >= start, bytes[index - 2] == 0xC2 { return last == 0xA0 ? 2 : 0 }
    guard index - 3 >= start else { return 0 }
    return isWideWhiteSpace(bytes[index - 3], bytes[index - 2], last) ? 3 : 0
  }

  static func isASCIIWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// U+1680, U+2000…200A, 2028, 2029, 202F, 205F, 3000 and FEFF in UTF-8.
  private static func isWideWhiteSpace(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
    switch (a, b) {
    case (0xE1, 0x9A): c == 0x80
    case (0xE2, 0x80): (0x80...0x8A).contains(c) || c == 0xA8 || c == 0xA9 || c == 0xAF
    case (0xE2, 0x81): c == 0x9F
    case (0xE3, 0x80): c == 0x80
    case (0xEF, 0xBB): c == 0xBF
    default: false
    }
  }
}

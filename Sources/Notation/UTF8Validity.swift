extension ArraySlice<UInt8> {
  /// How many bytes from the beginning are whole, valid UTF-8 sequences.
  var validUTF8Count: Int {
    var offset = startIndex
    while let scalar = self[offset...].firstScalar { offset += UTF8.width(scalar) }
    return offset - startIndex
  }

  /// The scalar that the bytes begin with; nil at the end and for what is not UTF-8.
  var firstScalar: Unicode.Scalar? {
    guard let lead = first else { return nil }
    if lead < 0x80 { return Unicode.Scalar(lead) }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard (0xC2...0xF4).contains(lead), count >= length else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for byte in dropFirst().prefix(length - 1) {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let shortest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    return value >= shortest ? Unicode.Scalar(value) : nil
  }
}

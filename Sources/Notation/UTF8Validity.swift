extension ArraySlice<UInt8> {
  /// How many bytes from the beginning are whole, valid UTF-8 sequences.
  var validUTF8Count: Int {
    var offset = startIndex
    while offset < endIndex {
      let length = Self.sequenceLength(self[offset])
      guard length > 0, offset + length <= endIndex else { break }
      if length > 1, !isSequence(at: offset, length: length) { break }
      offset += length
    }
    return offset - startIndex
  }

  /// Zero for bytes that never begin a sequence.
  private static func sequenceLength(_ lead: UInt8) -> Int {
    switch lead {
    case 0...0x7F: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  private func isSequence(at offset: Int, length: Int) -> Bool {
    let second = self[offset + 1]
    let allowed: ClosedRange<UInt8> =
      switch self[offset] {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    guard allowed.contains(second) else { return false }
    return self[(offset + 2)..<(offset + length)].allSatisfy { $0 & 0xC0 == 0x80 }
  }
}

extension Span<UInt8> {
  /// The first place from `start` on whose byte JSON writes as an escape: a quote, a backslash or
  /// a control character; `end` where there is none. Traps outside of the span.
  package func firstEscape(from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && end <= count, "outside of the bytes")
    return unsafe withUnsafeBytes { bytes in
      var place = start
      // The last step may reach beyond the end, where what it finds does not count.
      while place < end, place <= bytes.count - 16 {
        let step = unsafe bytes.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
        let signs = Self.escapes(in: step)
        if signs.x | signs.y != 0 {
          let bit =
            signs.x != 0
            ? signs.x.trailingZeroBitCount : 64 + signs.y.trailingZeroBitCount
          return Swift.min(place + bit / 8, end)
        }
        place += 16
      }
      while place < end, unsafe !Self.isEscape(bytes[place]) { place += 1 }
      return Swift.min(place, end)
    }
  }

  /// All bits of every byte that is to be escaped, as two numbers, the first byte lowest.
  @inline(__always)
  private static func escapes(in step: SIMD16<UInt8>) -> SIMD2<UInt64> {
    let controlBits: SIMD16<UInt8> = step & SIMD16<UInt8>(repeating: 0xE0)
    let control = controlBits .== SIMD16<UInt8>(repeating: 0)
    let quote = step .== SIMD16<UInt8>(repeating: UInt8(ascii: "\""))
    let backslash = step .== SIMD16<UInt8>(repeating: UInt8(ascii: "\\"))
    let words = unsafe unsafeBitCast(control .| quote .| backslash, to: SIMD2<UInt64>.self)
    return SIMD2(words.x.littleEndian, words.y.littleEndian)
  }

  @inline(__always)
  private static func isEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// Up to eight bytes as one number, the first in its lowest byte. Traps outside of the span.
  @inline(__always)
  package func word(at place: Int, count size: Int) -> UInt64 {
    precondition(place >= 0 && size >= 0 && place <= count - size, "outside of the bytes")
    guard place <= count - 8 else {
      return (0..<Swift.min(size, 8)).reduce(0) { $0 | UInt64(self[place + $1]) << UInt64(8 * $1) }
    }
    let word = unsafe withUnsafeBufferPointer { bytes in
      unsafe UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place, as: UInt64.self)
    }
    return size >= 8 ? word.littleEndian : word.littleEndian & (1 << UInt64(8 * size) - 1)
  }
}

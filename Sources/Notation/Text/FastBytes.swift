extension MutableSpan<UInt8> {
  /// Overwrites bytes from `place` on with a part of other bytes; traps outside of either.
  ///
  /// What stands up to 16 bytes behind the written ones may change too: the caller has nothing
  /// there yet. The standard library has no such call for spans, and a loop over bytes takes
  /// three times as long; rendering does little else.
  @inlinable @inline(__always)
  package mutating func overwrite(
    at place: Int, with source: borrowing Span<UInt8>, _ part: Range<Int>
  ) {
    let size = part.count
    precondition(part.lowerBound >= 0 && part.upperBound <= source.count, "outside of the source")
    precondition(place >= 0 && place <= count - size, "outside of the target")
    let isShort =
      size <= 16 && part.lowerBound <= source.count - 16 && place <= count - 16
    unsafe source.withUnsafeBufferPointer { source in
      unsafe withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        if isShort {
          let words = unsafe UnsafeRawPointer(from + part.lowerBound).loadUnaligned(
            as: SIMD16<UInt8>.self)
          unsafe UnsafeMutableRawPointer(to + place).storeBytes(of: words, as: SIMD16<UInt8>.self)
        } else {
          unsafe (to + place).update(from: from + part.lowerBound, count: size)
        }
      }
    }
  }
}

extension Span<UInt8> {
  /// The first place from `start` on whose byte JSON writes as an escape: a quote, a backslash or
  /// a control character; `end` where there is none. Traps outside of the span.
  package func firstEscape(from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && end <= count, "outside of the bytes")
    return unsafe withUnsafeBufferPointer { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var place = start
      // The last word may reach beyond the end, where what it finds does not count.
      while place < end, place <= bytes.count - 8 {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let signs = Self.escapes(in: word.littleEndian)
        if signs != 0 { return Swift.min(place + signs.trailingZeroBitCount / 8, end) }
        place += 8
      }
      while place < end, unsafe !Self.isEscape(bytes[place]) { place += 1 }
      return Swift.min(place, end)
    }
  }

  /// The highest bit of every byte that is to be escaped; above the first, also of others.
  @inline(__always)
  private static func escapes(in word: UInt64) -> UInt64 {
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let quote = word ^ ones &* UInt64(UInt8(ascii: "\""))
    let backslash = word ^ ones &* UInt64(UInt8(ascii: "\\"))
    let control = (word &- ones &* 0x20) & ~word
    return (control | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & tops
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

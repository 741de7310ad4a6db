// Swift compares strings by canonical equivalence, so `é` typed as one scalar equals `é` typed as
// two. JSON, git and signatures compare bytes; so does everything in this target.

extension String {
  /// Whether both are the same UTF-8 bytes, which `==` does not promise.
  package func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return unsafe withBytes { mine in
      unsafe other.withBytes { theirs in
        unsafe Self.areSame(UnsafeRawBufferPointer(mine), UnsafeRawBufferPointer(theirs))
      }
    }
  }

  /// Eight bytes at a time; both are of one length.
  private static func areSame(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer
  ) -> Bool {
    var offset = 0
    while offset + 8 <= one.count {
      guard
        unsafe one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          == other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      else { return false }
      offset += 8
    }
    while offset < one.count {
      guard unsafe one[offset] == other[offset] else { return false }
      offset += 1
    }
    return true
  }

  /// Feeds the UTF-8 bytes to a hasher, to match `hasSameBytes`.
  package func hashBytes(into hasher: inout Hasher) {
    unsafe withBytes { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }

  /// Lends the UTF-8 bytes without copying them, where the string stores them in one piece.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = unsafe utf8.withContiguousStorageIfAvailable(body) { return result }
    return unsafe Array(utf8).withUnsafeBufferPointer(body)
  }

  /// Whether this sorts before another text by UTF-16 code units, the order of RFC 8785.
  ///
  /// That is the order of the UTF-8 bytes, except that U+E000 to U+FFFF come after all scalars
  /// beyond them.
  func precedesAsUTF16(_ other: String) -> Bool {
    unsafe withBytes { mine in
      unsafe other.withBytes { theirs in unsafe mine.precedesAsUTF16(theirs) }
    }
  }
}

extension Collection<UInt8> {
  /// Whether this UTF-8 sorts before another text's by UTF-16 code units.
  package func precedesAsUTF16(_ other: some Collection<UInt8>) -> Bool {
    for (mine, theirs) in zip(self, other) where mine != theirs {
      return Self.rank(mine) < Self.rank(theirs)
    }
    return count < other.count
  }

  /// EE and EF lead U+E000 to U+FFFF; F0 to F4 lead what UTF-16 writes with surrogates.
  private static func rank(_ byte: UInt8) -> UInt8 {
    byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
  }
}

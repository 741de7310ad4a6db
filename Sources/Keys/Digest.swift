import CCrypto

/// A SHA-256, written `sha256:` and 64 lower-case hexadecimal digits wherever a person sees it.
package struct Digest: Hashable, Sendable {
  /// How many bytes a digest has.
  package static let size = 32

  // Four words, so that a digest is copied, compared and hashed without an allocation.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// The digest whose 32 bytes are these; nil for any other count.
  package init?(bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == Self.size else { return nil }
    self.init(exactly: bytes.span)
  }

  /// The digest of all these bytes.
  package init(of bytes: Span<UInt8>) {
    var stream = DigestStream()
    stream.update(bytes)
    self = stream.finish()
  }

  /// The digest of all these bytes.
  package init(of bytes: [UInt8]) { self.init(of: bytes.span) }

  /// The digest of the UTF-8 of a text.
  package init(of text: String) { self.init(of: Array(text.utf8).span) }

  /// For callers that hold 32 bytes for sure.
  init(exactly bytes: Span<UInt8>) {
    precondition(bytes.count == Self.size, "a SHA-256 has \(Self.size) bytes")
    var words = InlineArray<4, UInt64>(repeating: 0)
    for place in bytes.indices {
      words[place / 8] = words[place / 8] << 8 | UInt64(bytes[place])
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    for place in 0..<4 {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word(place) >> shift))
      }
    }
    return bytes
  }

  private func word(_ place: Int) -> UInt64 {
    switch place {
    case 0: words.0
    case 1: words.1
    case 2: words.2
    default: words.3
    }
  }

  package static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}

extension Digest: Comparable {
  package static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
}

extension Digest: LosslessStringConvertible {
  private static let prefix: StaticString = "sha256:"

  /// Reads `sha256:` and 64 lower-case digits, and nothing else.
  package init?(_ text: String) {
    let utf8 = Array(text.utf8)
    let prefix = Array(Self.prefix.description.utf8)
    guard utf8.starts(with: prefix), let bytes = Hex.bytes(utf8.dropFirst(prefix.count)) else {
      return nil
    }
    self.init(bytes: bytes)
  }

  package var description: String { text(after: Self.prefix) }

  /// The 64 digits without the prefix.
  package var hex: String { text(after: "") }

  private func text(after prefix: StaticString) -> String {
    let start = prefix.utf8CodeUnitCount
    return unsafe String(unsafeUninitializedCapacity: start + 2 * Self.size) { target in
      for place in 0..<start { unsafe target[place] = prefix.utf8Start[place] }
      for place in 0..<4 {
        let word = word(place)
        for digit in 0..<16 {
          let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * digit)) & 15
          unsafe target[start + 16 * place + digit] = Hex.digit(value)
        }
      }
      return start + 2 * Self.size
    }
  }
}

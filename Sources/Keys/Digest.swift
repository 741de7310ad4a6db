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
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
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
  private static let prefix = "sha256:"

  /// Reads `sha256:` and 64 lower-case digits, and nothing else.
  package init?(_ text: String) {
    let utf8 = Array(text.utf8)
    let prefix = Array(Self.prefix.utf8)
    guard utf8.starts(with: prefix), let bytes = Hex.bytes(utf8.dropFirst(prefix.count)) else {
      return nil
    }
    self.init(bytes: bytes)
  }

  package var description: String { Hex.text(bytes, after: Self.prefix) }

  /// The 64 digits without the prefix.
  package var hex: String { Hex.text(bytes) }
}

import CCrypto

/// A SHA-256 that is fed piece by piece, and again from the start after each `finish`.
package struct DigestStream: ~Copyable {
  private var state = SHA256_CTX()

  package init() { start() }

  /// Feeds more bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    let result = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe SHA256_Update(&state, buffer.baseAddress, buffer.count)
    }
    precondition(result == 1, "SHA256_Update has no way to fail")
  }

  /// Feeds more bytes.
  package mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

  /// The digest of everything that was fed since the last start; the stream starts anew.
  package mutating func finish() -> Digest {
    var raw = InlineArray<32, UInt8>(repeating: 0)
    var bytes = raw.mutableSpan
    let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe SHA256_Final(buffer.baseAddress, &state)
    }
    precondition(result == 1, "SHA256_Final has no way to fail")
    start()
    return Digest(exactly: raw.span)
  }

  private mutating func start() {
    let result = unsafe SHA256_Init(&state)
    precondition(result == 1, "SHA256_Init has no way to fail")
  }
}

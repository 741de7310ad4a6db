import CCrypto

/// A SHA-256 that is fed piece by piece, and again from the start after each `finish`.
@safe package struct DigestStream: ~Copyable {
  private let context: OpaquePointer

  package init() {
    guard let context = unsafe EVP_MD_CTX_new() else {
      preconditionFailure("libcrypto has no memory for a digest context")
    }
    unsafe self.context = context
    start()
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Feeds more bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    let result = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
    precondition(result == 1, "EVP_DigestUpdate of SHA-256 has no way to fail")
  }

  /// Feeds more bytes.
  package mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

  /// The digest of everything that was fed since the last start; the stream starts anew.
  package mutating func finish() -> Digest {
    var raw = [UInt8](repeating: 0, count: Digest.size)
    let result = unsafe EVP_DigestFinal_ex(context, &raw, nil)
    precondition(result == 1, "EVP_DigestFinal_ex of SHA-256 has no way to fail")
    start()
    return Digest(exactly: raw)
  }

  private func start() {
    let result = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(result == 1, "libcrypto has SHA-256")
  }
}

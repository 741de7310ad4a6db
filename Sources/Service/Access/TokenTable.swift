/// What enrolled tokens open, found by the tokens' hashes; never changes.
///
/// Nobody can choose the hash of what he sends, so that the time a search takes tells nothing of a
/// hash that is enrolled; the hash found is compared in constant time all the same.
package struct TokenTable<Holder: Sendable>: Sendable {
  /// SHA-256, which this target gets from whoever may call a cryptographic library.
  package typealias Hash = @Sendable ([UInt8]) -> [UInt8]

  private let hash: Hash
  private let holders: [UInt64: [(hash: [UInt8], holder: Holder)]]

  /// The longest text that is hashed at all; a token is much shorter.
  package static var tokenByteLimit: Int { 256 }

  /// A table of the hashes of all live tokens.
  package init(
    _ entries: [(hash: [UInt8], holder: Holder)], hash: @escaping Hash
  ) {
    self.hash = hash
    holders = Dictionary(grouping: entries) { Self.place(of: $0.hash) }
  }

  /// Whether nobody is enrolled, which opens the service to its own machine.
  package var isEmpty: Bool { holders.isEmpty }

  /// Who holds a token.
  package func holder(of token: [UInt8]) -> Holder? {
    guard !token.isEmpty, token.count <= Self.tokenByteLimit else { return nil }
    let hash = hash(token)
    var found: Holder?
    for entry in holders[Self.place(of: hash)] ?? []
    where ConstantTime.areEqual(entry.hash, hash) {
      found = entry.holder
    }
    return found
  }

  /// Whether a hash is still enrolled.
  package func isLive(_ hash: [UInt8]) -> Bool {
    holders[Self.place(of: hash)]?.contains { $0.hash == hash } ?? false
  }

  private static func place(of hash: [UInt8]) -> UInt64 {
    hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

package import Keys

/// An entry that whoever verifies already knows, by its number and the SHA-256 of its commit.
package struct Checkpoint: Hashable, Sendable {
  package let number: Int
  package let commit: Digest

  /// The checkpoint that an entry makes for later.
  package init(_ entry: SignedEntry) {
    number = entry.entry.number
    commit = entry.digest
  }

  /// Reads `184:sha256:…`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Decimal.read(parts[0]), number > 0,
      let commit = Digest(String(parts[1]))
    else { return nil }
    self.number = number
    self.commit = commit
  }
}

extension Checkpoint: CustomStringConvertible {
  package var description: String { "\(number):\(commit)" }
}

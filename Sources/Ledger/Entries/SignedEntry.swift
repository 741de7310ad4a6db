package import Git
package import Keys

/// An entry with its signature: one commit, byte for byte.
package struct SignedEntry: Hashable, Sendable {
  /// The commit's name in git.
  package let id: ObjectID
  /// What it says.
  package let entry: Entry
  /// The armoured signature, final line feed included.
  package let signature: [UInt8]
  /// The whole commit.
  package let bytes: [UInt8]
  /// The SHA-256 of the whole commit; of the first entry, the ledger's id.
  package let digest: Digest

  /// `Ledger-Id` of every entry that follows.
  package var ledgerID: Digest { entry.place.link?.ledgerID ?? digest }

  /// Reads a commit; throws what is wrong with it if it is not exactly in our grammar.
  package init(commit bytes: [UInt8], id: ObjectID) throws(Violation) {
    let (entry, signature) = try EntryReader.read(bytes)
    // The reader is strict; that nothing of the bytes escaped it is not left to belief.
    guard entry.commit(signature: signature) == bytes else {
      throw Violation(.grammar, "the commit is not written as its content would be")
    }
    self.init(entry, signature: signature, bytes: bytes, id: id)
  }

  init(_ entry: Entry, signature: [UInt8], bytes: [UInt8], id: ObjectID) {
    self.id = id
    self.entry = entry
    self.signature = signature
    self.bytes = bytes
    digest = Digest(of: bytes)
  }
}

package import Keys

/// What a ledger is about: the half of `verify`, and of the index, that this layer cannot know.
///
/// A rule may look at the transition alone. It must give the same answer for the same transition at
/// any time, in any version of the program: what is judged by better and better code is no rule.
package protocol Rules: Sendable {
  /// The size of the largest file that may lie at this path; nil where none may lie at all (I5).
  func byteLimit(at path: String) -> Int?

  /// Adds everything of I14 to I27 that the transition breaks, and I3 for a headline that is not
  /// the one of its change; nothing when it may be.
  ///
  /// Called from several threads at once, with entries whose grammar is sound; the first of a
  /// ledger, and no other, has number 1 and nothing before it. Throws where something cannot be
  /// read, after all that could be judged without it.
  func judge(_ transition: Transition, _ found: inout [Violation]) throws(LedgerError)

  /// What entries are looked up by.
  var indexing: Indexing { get }
}

/// One entry between the two states it joins.
package struct Transition: Sendable {
  /// What the commit says of itself.
  package let entry: Entry
  /// The key whose signature the commit bears.
  package let signer: PublicKey
  /// The tree of the parent; empty before the first entry.
  package let before: any TreeReader
  /// The tree of this entry.
  package let after: any TreeReader
  /// Every path whose file is not the same in both trees, sorted by the path's bytes, those where
  /// nothing may lie included; nil where the trees are not such that this could be said.
  package let changes: [PathChange]?

  package init(
    _ entry: Entry, signer: PublicKey, before: any TreeReader, after: any TreeReader,
    changes: [PathChange]?
  ) {
    self.entry = entry
    self.signer = signer
    self.before = before
    self.after = after
    self.changes = changes
  }
}

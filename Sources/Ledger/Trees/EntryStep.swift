/// An entry with what it did to the files: the trees on both sides of it, and where they differ.
package struct EntryStep: Sendable {
  /// The entry itself.
  package let entry: SignedEntry
  /// The tree of its parent; empty before the first entry.
  package let before: any TreeReader
  /// The tree that it left.
  package let after: any TreeReader
  /// Every path whose file is not the same in both, sorted by the path's bytes.
  package let changes: [PathChange]
}

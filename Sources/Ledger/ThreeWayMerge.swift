import Git

/// One text made of two that began as the same, line by line, as git does it.
package struct ThreeWayMerge: Hashable, Sendable {
  /// The lines of both; where both changed a line, both stand there between conflict marks.
  package let bytes: [UInt8]
  /// Whether there are conflict marks.
  package let hasConflicts: Bool

  /// Merges; the labels are what the marks of a conflict name the two sides.
  package init(
    base: [UInt8], ours: (label: String, bytes: [UInt8]), theirs: (label: String, bytes: [UInt8])
  ) throws(LedgerError) {
    do throws(GitError) {
      let merged = try Merge(
        base: base, ours: ours.bytes, theirs: theirs.bytes,
        labels: (ours: ours.label, theirs: theirs.label)
      ).merged()
      bytes = merged.bytes
      hasConflicts = merged.hasConflicts
    } catch {
      throw .git(error)
    }
  }
}

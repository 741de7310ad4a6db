import Git

/// A path whose file came, went or changed.
package struct PathChange: Hashable, Sendable {
  /// What happened to the file.
  package enum Kind: Hashable, Sendable {
    case added, changed, removed
  }

  /// The path from the top of the tree.
  package let path: String
  /// What happened there.
  package let kind: Kind

  package init(_ path: String, _ kind: Kind) {
    self.path = path
    self.kind = kind
  }
}

extension PathChange {
  init(_ change: TreeChange) {
    let kind: Kind =
      switch (change.before, change.after) {
      case (nil, _): .added
      case (_, nil): .removed
      case (_, _): .changed
      }
    self.init(change.path, kind)
  }
}

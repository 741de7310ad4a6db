import CGit2

/// The four kinds of object that git stores.
package enum ObjectKind: String, Hashable, Sendable, CaseIterable {
  case blob, tree, commit, tag

  var raw: git_object_t {
    switch self {
    case .blob: GIT_OBJECT_BLOB
    case .tree: GIT_OBJECT_TREE
    case .commit: GIT_OBJECT_COMMIT
    case .tag: GIT_OBJECT_TAG
    }
  }

  init?(_ raw: git_object_t) {
    guard let kind = Self.allCases.first(where: { $0.raw == raw }) else { return nil }
    self = kind
  }
}

/// What is known of an object before its content is read.
package struct ObjectHeader: Hashable, Sendable {
  /// Its kind.
  package let kind: ObjectKind
  /// The length of its content in bytes.
  package let size: Int
}

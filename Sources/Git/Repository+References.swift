import CGit2

/// What came of an attempt to move a reference from one commit to another.
package enum SwapOutcome: Hashable, Sendable {
  /// It moved, and that is on the disk.
  case swapped
  /// It stands elsewhere than expected; nothing was changed.
  case modified
  /// Somebody holds its lock file; nothing was changed.
  case locked
  /// The call failed, perhaps after the move: read the reference to learn which.
  case ambiguous(GitError)
}

/// A reference and the object it names.
package struct Reference: Hashable, Sendable {
  /// The full name, such as `refs/heads/main`.
  package let name: String
  /// The object.
  package let id: ObjectID
}

extension Repository {
  /// The object a reference names, loose or packed; nil where there is no such reference.
  package borrowing func reference(_ name: String) throws(GitError) -> ObjectID? {
    do throws(GitError) {
      let reference = try unsafe Handle("git_reference_lookup", name, free: git_reference_free) {
        [handle = unsafe handle.raw] in unsafe git_reference_lookup($0, handle, name)
      }
      guard let id = unsafe git_reference_target(reference.raw) else {
        throw .symbolicReference(name: name)
      }
      return unsafe ObjectID(id.pointee)
    } catch .missing {
      return nil
    }
  }

  /// Moves a reference to `id` if it stands at `expected`, or makes it if that is nil and there is
  /// none. `id` must name a stored object.
  package borrowing func compareAndSwap(
    _ name: String, to id: ObjectID, expecting expected: ObjectID?
  ) -> SwapOutcome {
    var new = id.raw
    var old = (expected ?? .zero).raw
    var made: OpaquePointer?
    let code = unsafe git_reference_create_matching(
      &made, handle.raw, name, &new, 1, &old, "stet")
    unsafe git_reference_free(made)
    switch code {
    case 0...: return .swapped
    case GIT_EMODIFIED.rawValue, GIT_ENOTFOUND.rawValue: return .modified
    case GIT_ELOCKED.rawValue: return .locked
    default: return .ambiguous(failure("git_reference_create_matching", name, code))
    }
  }

  /// All references whose names begin with `prefix`, sorted by name; symbolic ones are left out.
  package borrowing func references(under prefix: String) throws(GitError) -> [Reference] {
    let iterator = try unsafe Handle(
      "git_reference_iterator_glob_new", prefix, free: git_reference_iterator_free
    ) { [handle = unsafe handle.raw] in
      unsafe git_reference_iterator_glob_new($0, handle, "\(prefix)*")
    }
    var references: [Reference] = []
    while true {
      var raw: OpaquePointer?
      let code = unsafe git_reference_next(&raw, iterator.raw)
      defer { unsafe git_reference_free(raw) }
      if code == GIT_ITEROVER.rawValue { break }
      try check("git_reference_next", prefix, code)
      if let id = unsafe git_reference_target(raw), let name = unsafe git_reference_name(raw) {
        unsafe references.append(Reference(name: String(cString: name), id: ObjectID(id.pointee)))
      }
    }
    return references.sorted { $0.name < $1.name }
  }
}

extension Repository {
  /// Sets a reference of our own, below `refs/stet/`, wherever it stood before.
  package borrowing func setOwnReference(_ name: String, to id: ObjectID) throws(GitError) {
    precondition(name.hasPrefix(Self.ownPrefix), "only our own references are moved by force")
    var raw = id.raw
    var made: OpaquePointer?
    let code = unsafe git_reference_create(&made, handle.raw, name, &raw, 1, "stet")
    unsafe git_reference_free(made)
    try check("git_reference_create", name, code)
  }

  /// Deletes a reference of our own; one that is not there is no error.
  ///
  /// Throws `.packedReference` where git has packed it: libgit2 rewrites the list of packed
  /// references in a way that loses what git writes at the same time.
  package borrowing func deleteOwnReference(_ name: String) throws(GitError) {
    precondition(name.hasPrefix(Self.ownPrefix), "only our own references are deleted")
    if try isPacked(name) { throw .packedReference(name: name) }
    do throws(GitError) {
      try check("git_reference_remove", name, unsafe git_reference_remove(handle.raw, name))
    } catch .missing {
      return
    }
  }

  private borrowing func isPacked(_ name: String) throws(GitError) -> Bool {
    let ending = Array(" \(name)".utf8)
    let list = try RepositoryFiles.content(
      "\(path)/packed-refs", limit: Self.packedReferencesLimit)
    return list?.split(separator: UInt8(ascii: "\n"))
      .contains { $0.suffix(ending.count) == ending[...] } ?? false
  }

  private static let ownPrefix = "refs/stet/"
  /// The longest list of packed references that is looked through, in bytes.
  private static let packedReferencesLimit = 64 << 20
}

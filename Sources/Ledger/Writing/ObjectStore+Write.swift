import Git

/// The part of a change that changes something, and the tree that results from it.
struct WrittenChange {
  let change: Change
  let tree: ObjectID
}

extension ObjectStore {
  /// Changes of more files than this become one pack: thousands of loose files would slow every
  /// later command.
  private static let looseLimit = 100

  /// Writes the files and folders of a change onto a tree.
  ///
  /// What lies there already is left out, so that the change is the difference of the two trees.
  func write(_ change: Change, onto base: ObjectID?) throws(LedgerError) -> WrittenChange {
    let effective: Change
    let tree: ObjectID?
    do throws(GitError) {
      effective = try with { repository throws(GitError) in
        try Self.effective(change, on: base, in: repository)
      }
      tree = try writeTree(effective, onto: base)
    } catch {
      throw .git(error)
    }
    guard let tree else { throw .emptyChange }
    return WrittenChange(change: effective, tree: tree)
  }

  /// Writes a commit; no reference names it yet.
  func write(commit bytes: [UInt8]) throws(LedgerError) -> ObjectID {
    do throws(GitError) {
      return try with { repository throws(GitError) in try repository.write(.commit, bytes) }
    } catch {
      throw .git(error)
    }
  }

  /// Nil where nothing changes or nothing would be left.
  private func writeTree(_ change: Change, onto base: ObjectID?) throws(GitError) -> ObjectID? {
    guard !change.isEmpty else { return nil }
    guard change.count > Self.looseLimit else {
      return try with { repository throws(GitError) in
        try Self.write(change, onto: base, in: repository)
      }
    }
    let gathering = try Gathering(path)
    let tree = try Self.write(change, onto: base, in: gathering.repository)
    _ = try gathering.finish()
    return tree
  }

  private static func write(
    _ change: Change, onto base: ObjectID?, in repository: borrowing Repository
  ) throws(GitError) -> ObjectID? {
    var edits: [TreeEdit] = []
    for edit in change.edits {
      var blob: ObjectID?
      if let content = edit.content { blob = try repository.write(.blob, content) }
      edits.append(TreeEdit(path: edit.path, blob: blob))
    }
    return try repository.applying(edits, to: base)
  }

  private static func effective(
    _ change: Change, on base: ObjectID?, in repository: borrowing Repository
  ) throws(GitError) -> Change {
    var effective = Change()
    for edit in change.edits {
      var old: TreeEntry?
      if let base { old = try repository.entry(at: edit.path, in: base) }
      let oldFile = old?.kind == .file ? old?.id : nil
      if let content = edit.content {
        if try ObjectID.of(.blob, content) != oldFile { effective.set(edit.path, to: content) }
      } else if oldFile != nil {
        effective.remove(edit.path)
      }
    }
    return effective
  }
}

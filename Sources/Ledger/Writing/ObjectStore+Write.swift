import Git
import Platform

/// The part of a change that changes something, the tree that results from it, and the objects
/// that are to be stored for it.
struct PreparedChange {
  let change: Change
  let tree: ObjectID
  private(set) var objects: ObjectBatch

  /// Takes the commit of the tree and returns the name that it will have.
  mutating func add(commit bytes: [UInt8]) throws(LedgerError) -> ObjectID {
    do throws(GitError) { return try objects.add(.commit, bytes) } catch { throw .git(error) }
  }
}

extension ObjectStore {
  /// What a change makes of a tree; nothing is stored yet.
  ///
  /// What lies there already is left out, so that the change is the difference of the two trees.
  func prepare(_ change: Change, onto base: ObjectID?) throws(LedgerError) -> PreparedChange {
    do throws(GitError) {
      let prepared = try with { repository throws(GitError) in
        try Self.prepare(change, onto: base, in: repository)
      }
      if let prepared { return prepared }
    } catch {
      throw .git(error)
    }
    throw .emptyChange
  }

  /// Stores objects; they are on the disk when this returns, and no reference names them yet.
  func store(_ objects: ObjectBatch) throws(LedgerError) {
    // Git takes a file of this name for what a writer left behind that died.
    var files = FileBatch(draftPrefix: "\(path)/objects/tmp_obj_")
    do throws(GitError) {
      let loose = try with { repository throws(GitError) in
        try repository.files(storing: objects)
      }
      for file in loose { files.add(file.path, file.bytes, permissions: 0o444) }
    } catch {
      throw .git(error)
    }
    do throws(PlatformError) { try files.create() } catch { throw .platform(error) }
  }

  /// Nil where nothing changes or nothing would be left.
  private static func prepare(
    _ change: Change, onto base: ObjectID?, in repository: borrowing Repository
  ) throws(GitError) -> PreparedChange? {
    let effective = try effective(change, on: base, in: repository)
    guard !effective.isEmpty else { return nil }
    var objects = ObjectBatch()
    var edits: [TreeEdit] = []
    for edit in effective.edits {
      var blob: ObjectID?
      if let content = edit.content { blob = try objects.add(.blob, content) }
      edits.append(TreeEdit(path: edit.path, blob: blob))
    }
    guard let tree = try repository.applying(edits, to: base, into: &objects) else { return nil }
    return PreparedChange(change: effective, tree: tree, objects: objects)
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

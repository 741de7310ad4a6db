/// One file to be put into a tree or taken out of it.
package struct TreeEdit: Hashable, Sendable {
  /// The path from the root, with `/` between its parts.
  package let path: String
  /// The blob that is to stand there; nil takes the file away.
  package let blob: ObjectID?

  package init(path: String, blob: ObjectID?) {
    self.path = path
    self.blob = blob
  }
}

extension Repository {
  /// The tree that results from edits on a base, its new folders added to a batch.
  ///
  /// Untouched folders are neither read nor made anew. A folder that the edits empty goes; the
  /// result is nil where nothing is left. The order of edits does not matter, but of two for one
  /// path the later counts. Throws `.tree` where a name would become both a file and a folder.
  package borrowing func applying(
    _ edits: [TreeEdit], to base: ObjectID?, into batch: inout ObjectBatch
  ) throws(GitError) -> ObjectID? {
    var root = EditedFolder()
    for edit in edits {
      let names = edit.path.split(separator: "/", omittingEmptySubsequences: false)
      for name in names where !TreeReader.isAllowed(name.utf8) {
        throw .tree(path: edit.path, .name(String(name)))
      }
      root.insert(names[...], edit.blob)
    }
    return try apply(root, to: base, at: "", &batch)
  }

  /// As the other, and the new folders are stored at once.
  package borrowing func applying(
    _ edits: [TreeEdit], to base: ObjectID?
  ) throws(GitError) -> ObjectID? {
    var batch = ObjectBatch()
    let tree = try applying(edits, to: base, into: &batch)
    for folder in batch.objects { try write(folder.kind, folder.bytes) }
    return tree
  }

  private borrowing func apply(
    _ edited: EditedFolder, to base: ObjectID?, at path: String, _ batch: inout ObjectBatch
  ) throws(GitError) -> ObjectID? {
    let old = try base.map { id throws(GitError) in try tree(id, at: path) }
    var entries =
      old?.entries.filter { edited.files[$0.name] == nil && edited.folders[$0.name] == nil } ?? []
    for name in edited.names {
      let before = old?[name]
      let file = edited.files[name] ?? (before?.kind == .file ? before?.id : nil)
      var folder = before?.kind == .folder ? before?.id : nil
      if let inner = edited.folders[name] {
        folder = try apply(
          inner, to: folder, at: path.isEmpty ? name : "\(path)/\(name)", &batch)
      }
      switch (file, folder) {
      case (nil, nil): break
      case (let file?, nil): entries.append(TreeEntry(name: name, kind: .file, id: file))
      case (nil, let folder?): entries.append(TreeEntry(name: name, kind: .folder, id: folder))
      case (_?, _?): throw .tree(path: path, .duplicate(name: name))
      }
    }
    return entries.isEmpty ? nil : try batch.add(.tree, Tree.bytes(entries))
  }
}

/// The edits of one folder: its own files, and the folders in it that edits are about.
private struct EditedFolder {
  private(set) var files: [String: ObjectID?] = [:]
  private(set) var folders: [String: EditedFolder] = [:]

  /// Every name that an edit is about, once.
  var names: Set<String> { Set(files.keys).union(folders.keys) }

  mutating func insert(_ path: ArraySlice<Substring>, _ blob: ObjectID?) {
    guard let first = path.first else { return }
    if path.count == 1 {
      files[String(first)] = .some(blob)
    } else {
      folders[String(first), default: EditedFolder()].insert(path.dropFirst(), blob)
    }
  }
}

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
  /// The tree that results from edits on a base, written from the changed folders up.
  ///
  /// Untouched folders are neither read nor written. A folder that an edit empties goes; the
  /// result is nil where nothing is left. A file takes the place of a folder of its name and the
  /// other way round. Of two edits of one path the later counts.
  package borrowing func applying(
    _ edits: [TreeEdit], to base: ObjectID?
  ) throws(GitError) -> ObjectID? {
    var root = EditNode()
    for edit in edits {
      root.insert(edit.path.split(separator: "/")[...], edit.blob)
    }
    return try apply(root, to: base, at: "")
  }

  private borrowing func apply(
    _ node: EditNode, to base: ObjectID?, at path: String
  ) throws(GitError) -> ObjectID? {
    var entries: [String: TreeEntry] = [:]
    if let base {
      for entry in try tree(base, at: path).entries { entries[entry.name] = entry }
    }
    for (name, blob) in node.files {
      switch (blob, entries[name]?.kind) {
      case (let blob?, _): entries[name] = TreeEntry(name: name, kind: .file, id: blob)
      case (nil, .file): entries[name] = nil
      case (nil, .folder), (nil, nil): break
      }
    }
    for (name, inner) in node.folders {
      let old = entries[name]
      let below = old?.kind == .folder ? old?.id : nil
      if let id = try apply(inner, to: below, at: "\(path)\(name)/") {
        entries[name] = TreeEntry(name: name, kind: .folder, id: id)
      } else if old?.kind == .folder {
        entries[name] = nil
      }
    }
    if entries.isEmpty { return nil }
    return try write(.tree, Tree.bytes(entries.values))
  }
}

/// Edits, sorted into the folders that they are about.
private struct EditNode {
  private(set) var files: [String: ObjectID?] = [:]
  private(set) var folders: [String: EditNode] = [:]

  mutating func insert(_ path: ArraySlice<Substring>, _ blob: ObjectID?) {
    guard let first = path.first else { return }
    let name = String(first)
    if path.count == 1 {
      files[name] = .some(blob)
    } else {
      folders[name, default: EditNode()].insert(path.dropFirst(), blob)
    }
  }
}

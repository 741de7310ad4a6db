import Keys

/// A tree that is a dictionary: what a pure test starts from, and the state before the first entry.
package struct MemoryTree: TreeReader, Hashable {
  /// Every file by its path.
  package private(set) var files: [String: [UInt8]]

  package init(_ files: [String: [UInt8]] = [:]) { self.files = files }

  package func blob(at path: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    guard let bytes = files[path] else { return nil }
    guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
    return bytes
  }

  package func children(of folder: String) throws(LedgerError) -> [TreeChild] {
    var children: [String: TreeChild] = [:]
    for path in paths(under: folder) {
      let rest = folder.isEmpty ? path[...] : path.dropFirst(folder.count + 1)
      let name = String(rest.prefix { $0 != "/" })
      children[name] = TreeChild(name: name, isFolder: name.utf8.count < rest.utf8.count)
    }
    return children.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  package func content(at path: String) throws(LedgerError) -> ContentID? {
    if let bytes = files[path] { return ContentID(Digest(of: bytes).bytes) }
    let inside = paths(under: path)
    guard !inside.isEmpty else { return nil }
    var change = Change()
    for inner in inside { change.set(String(inner.dropFirst(path.count)), to: files[inner] ?? []) }
    return ContentID(change.digest.bytes)
  }

  package func holds(_ bytes: [UInt8]?, at path: String) throws(LedgerError) -> Bool {
    files[path] == bytes
  }

  /// The tree after a change.
  package func applying(_ change: Change) -> MemoryTree {
    var tree = self
    for edit in change.edits { tree.files[edit.path] = edit.content }
    return tree
  }

  /// What turns this tree into another.
  package func changes(to other: MemoryTree) -> [PathChange] {
    var changes: [PathChange] = []
    for path in Set(files.keys).union(other.files.keys) {
      switch (files[path], other.files[path]) {
      case (nil, _): changes.append(PathChange(path, .added))
      case (_, nil): changes.append(PathChange(path, .removed))
      case (let old, let new): if old != new { changes.append(PathChange(path, .changed)) }
      }
    }
    return changes.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private func paths(under folder: String) -> [String] {
    folder.isEmpty ? Array(files.keys) : files.keys.filter { $0.hasPrefix(folder + "/") }
  }
}

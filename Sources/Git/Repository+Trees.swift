extension Repository {
  /// The entries of a tree; `path` is where it stands, for the error that names a bad one.
  package borrowing func tree(_ id: ObjectID, at path: String = "") throws(GitError) -> Tree {
    Tree(try checkedTree(id, at: path))
  }

  /// The tree, checked now or a moment ago.
  borrowing func checkedTree(_ id: ObjectID, at path: String) throws(GitError) -> CheckedTree {
    if let known = cache.tree(id) { return known }
    let bytes = try stored(id, Demand(kind: .tree, limit: Tree.sizeLimit))
    do throws(TreeProblem) {
      let tree = try CheckedTree(bytes)
      cache.keep(id, tree)
      return tree
    } catch {
      throw .tree(path: path, error)
    }
  }

  /// What stands at a path below a tree; nil where there is nothing. The empty path is no path.
  ///
  /// Reads one tree for each part of the path and makes no list of its entries.
  package borrowing func entry(
    at path: String, in tree: ObjectID
  ) throws(GitError) -> TreeEntry? {
    var found = TreeEntry(name: "", kind: .folder, id: tree)
    for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard found.kind == .folder, let next = try entry(named: Array(part), in: found.id) else {
        return nil
      }
      found = next
    }
    return found
  }

  /// The content of the file at a path below a tree; nil where there is no file.
  package borrowing func file(
    at path: String, in tree: ObjectID, limit: Int
  ) throws(GitError) -> [UInt8]? {
    guard let entry = try entry(at: path, in: tree), entry.kind == .file else { return nil }
    return try read(entry.id, .blob, limit: limit)
  }

  private borrowing func entry(
    named name: [UInt8], in id: ObjectID
  ) throws(GitError) -> TreeEntry? {
    let tree = try checkedTree(id, at: "")
    guard let place = tree.place(of: name, .folder) ?? tree.place(of: name, .file) else {
      return nil
    }
    return TreeEntry(name: tree.name(at: place), kind: tree.kind(at: place), id: tree.id(at: place))
  }
}

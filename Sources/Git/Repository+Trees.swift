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
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      guard found.kind == .folder, let next = try entry(named: part, in: found.id) else {
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
    named name: Substring, in id: ObjectID
  ) throws(GitError) -> TreeEntry? {
    let tree = try checkedTree(id, at: "")
    let wanted = Array(name.utf8)
    guard let place = tree.place(of: wanted, .folder) ?? tree.place(of: wanted, .file) else {
      return nil
    }
    return TreeEntry(name: String(name), kind: tree.kind(at: place), id: tree.id(at: place))
  }
}

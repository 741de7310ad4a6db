/// A file that two trees do not agree on.
package struct TreeChange: Hashable, Sendable {
  /// The path from the root, with `/` between its parts.
  package let path: String
  /// The blob in the first tree; nil where it has no such file.
  package let before: ObjectID?
  /// The blob in the second tree; nil where it has no such file.
  package let after: ObjectID?
}

extension Repository {
  /// The files in which two trees differ, sorted by the bytes of their paths; nil is no tree.
  ///
  /// Folders that are equal are never loaded, so the cost follows the difference, not the trees.
  /// Throws `.tree` for any tree on the way that is not canonical, an empty one included.
  package borrowing func changes(
    from first: ObjectID?, to second: ObjectID?, limit: Int
  ) throws(GitError) -> [TreeChange] {
    var changes = Changes(limit: limit)
    try collect(first, second, Place(path: "", depth: 0), into: &changes)
    return changes.found
  }

  /// Every file below a tree with its path, in the order of `changes`.
  package borrowing func files(
    in tree: ObjectID, limit: Int
  ) throws(GitError) -> [(path: String, id: ObjectID)] {
    try changes(from: nil, to: tree, limit: limit).compactMap { change in
      change.after.map { (change.path, $0) }
    }
  }

  private borrowing func collect(
    _ first: ObjectID?, _ second: ObjectID?, _ place: Place, into changes: inout Changes
  ) throws(GitError) {
    if first == second { return }
    if place.depth > Tree.depthLimit { throw .tree(path: place.path, .tooDeep) }
    let before = try entries(first, place.path)
    let after = try entries(second, place.path)
    var left = before[...]
    var right = after[...]
    while let pair = Pair(&left, &right) {
      if pair.first?.id == pair.second?.id { continue }
      let inner = place.below(pair.name)
      switch pair.kind {
      case .folder: try collect(pair.first?.id, pair.second?.id, inner, into: &changes)
      case .file: try changes.add(inner.path, pair.first?.id, pair.second?.id)
      }
    }
  }

  private borrowing func entries(
    _ tree: ObjectID?, _ path: String
  ) throws(GitError) -> [TreeEntry] {
    guard let tree else { return [] }
    return try self.tree(tree, at: path).entries
  }
}

/// Where a walk stands.
private struct Place {
  let path: String
  let depth: Int

  func below(_ name: String) -> Place {
    Place(path: path.isEmpty ? name : "\(path)/\(name)", depth: depth + 1)
  }
}

private struct Changes {
  let limit: Int
  private(set) var found: [TreeChange] = []

  init(limit: Int) { self.limit = limit }

  mutating func add(
    _ path: String, _ before: ObjectID?, _ after: ObjectID?
  ) throws(GitError) {
    if found.count == limit { throw .tooManyChanges(limit: limit) }
    found.append(TreeChange(path: path, before: before, after: after))
  }
}

/// The next name of two sorted lists, with the entry of each that has it. A file and a folder of
/// one name are two names: git sorts them apart.
private struct Pair {
  let first: TreeEntry?
  let second: TreeEntry?
  let name: String
  let kind: TreeEntry.Kind

  init?(_ left: inout ArraySlice<TreeEntry>, _ right: inout ArraySlice<TreeEntry>) {
    switch (left.first, right.first) {
    case (nil, nil):
      return nil
    case (let one?, nil):
      self.init(one, nil, of: one)
    case (nil, let other?):
      self.init(nil, other, of: other)
    case (let one?, let other?) where one.name == other.name && one.kind == other.kind:
      self.init(one, other, of: one)
    case (let one?, let other?):
      if TreeOrder.precedes(one, other) {
        self.init(one, nil, of: one)
      } else {
        self.init(nil, other, of: other)
      }
    }
    if first != nil { left.removeFirst() }
    if second != nil { right.removeFirst() }
  }

  private init(_ first: TreeEntry?, _ second: TreeEntry?, of entry: TreeEntry) {
    self.first = first
    self.second = second
    name = entry.name
    kind = entry.kind
  }
}

/// A file that two trees do not agree on.
package struct TreeChange: Hashable, Sendable {
  /// The path from the root, with `/` between its parts.
  package let path: String
  /// The blob in the first tree; nil where it has no such file.
  package let before: ObjectID?
  /// The blob in the second tree; nil where it has no such file.
  package let after: ObjectID?

  package init(path: String, before: ObjectID?, after: ObjectID?) {
    self.path = path
    self.before = before
    self.after = after
  }
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

  /// Every file below a tree, in the order of `changes`; `before` is nil throughout.
  package borrowing func files(
    in tree: ObjectID, limit: Int
  ) throws(GitError) -> [TreeChange] {
    try changes(from: nil, to: tree, limit: limit)
  }

  private borrowing func collect(
    _ first: ObjectID?, _ second: ObjectID?, _ place: Place, into changes: inout Changes
  ) throws(GitError) {
    if first == second { return }
    if place.depth > Tree.depthLimit { throw .tree(path: place.path, .tooDeep) }
    var pairs = Pairs(try entries(first, place.path), try entries(second, place.path))
    while let pair = pairs.next() {
      if pair.before == pair.after { continue }
      let inner = place.below(pair.name)
      switch pair.kind {
      case .folder: try collect(pair.before, pair.after, inner, into: &changes)
      case .file: try changes.add(inner.path, pair.before, pair.after)
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

/// What a walk has found so far.
private struct Changes {
  let limit: Int
  private(set) var found: [TreeChange] = []

  init(limit: Int) { self.limit = limit }

  mutating func add(_ path: String, _ before: ObjectID?, _ after: ObjectID?) throws(GitError) {
    if found.count == limit { throw .tooManyChanges(limit: limit) }
    found.append(TreeChange(path: path, before: before, after: after))
  }
}

/// The names of two sorted lists, each once, with what each list has under it. A file and a folder
/// of one name are two names: git sorts them apart.
private struct Pairs {
  struct Pair {
    let name: String
    let kind: TreeEntry.Kind
    let before: ObjectID?
    let after: ObjectID?
  }

  private let left: [TreeEntry]
  private let right: [TreeEntry]
  private var leftNext = 0
  private var rightNext = 0

  init(_ left: [TreeEntry], _ right: [TreeEntry]) {
    self.left = left
    self.right = right
  }

  mutating func next() -> Pair? {
    let one = leftNext < left.count ? left[leftNext] : nil
    let two = rightNext < right.count ? right[rightNext] : nil
    guard let first = earlier(one, two) else { return nil }
    let before = one?.name == first.name && one?.kind == first.kind ? one?.id : nil
    let after = two?.name == first.name && two?.kind == first.kind ? two?.id : nil
    if before != nil { leftNext += 1 }
    if after != nil { rightNext += 1 }
    return Pair(name: first.name, kind: first.kind, before: before, after: after)
  }

  private func earlier(_ one: TreeEntry?, _ two: TreeEntry?) -> TreeEntry? {
    guard let one, let two else { return one ?? two }
    return TreeOrder.precedes((two.name, two.kind), (one.name, one.kind)) ? two : one
  }
}

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
    var sides = Sides(try side(first, at: place.path), try side(second, at: place.path))
    while let pair = sides.next() {
      let inner = place.below(pair.name)
      switch pair.kind {
      case .folder: try collect(pair.before, pair.after, inner, into: &changes)
      case .file: try changes.add(inner.path, pair.before, pair.after)
      }
    }
  }

  private borrowing func side(
    _ tree: ObjectID?, at path: String
  ) throws(GitError) -> CheckedTree? {
    try tree.map { tree throws(GitError) in try checkedTree(tree, at: path) }
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

/// Two trees that are read side by side; nil is no tree. Names that both have under the same id
/// are passed over and never become text. A file and a folder of one name are two names: git sorts
/// them apart.
private struct Sides {
  struct Pair {
    let name: String
    let kind: TreeEntry.Kind
    let before: ObjectID?
    let after: ObjectID?
  }

  private let left: CheckedTree?
  private let right: CheckedTree?
  private var leftPlace = 0
  private var rightPlace = 0

  init(_ left: CheckedTree?, _ right: CheckedTree?) {
    self.left = left
    self.right = right
  }

  /// The next name under which the two do not have the same.
  mutating func next() -> Pair? {
    skipSame()
    let one = left.flatMap { leftPlace < $0.count ? $0 : nil }
    let two = right.flatMap { rightPlace < $0.count ? $0 : nil }
    let order: Int
    switch (one, two) {
    case (nil, nil): return nil
    case (_, nil): order = -1
    case (nil, _): order = 1
    case (let one?, let two?): order = one.order(leftPlace, two, rightPlace)
    }
    defer {
      if order <= 0 { leftPlace += 1 }
      if order >= 0 { rightPlace += 1 }
    }
    let before = order <= 0 ? one?.id(at: leftPlace) : nil
    let after = order >= 0 ? two?.id(at: rightPlace) : nil
    let (named, place) = order <= 0 ? (one, leftPlace) : (two, rightPlace)
    return named.map {
      Pair(name: $0.name(at: place), kind: $0.kind(at: place), before: before, after: after)
    }
  }

  private mutating func skipSame() {
    guard let left, let right else { return }
    while leftPlace < left.count, rightPlace < right.count,
      left.isSame(leftPlace, right, rightPlace)
    {
      leftPlace += 1
      rightPlace += 1
    }
  }
}

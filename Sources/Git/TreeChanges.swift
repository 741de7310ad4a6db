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
    var sides = Sides(try side(first), try side(second))
    while let pair = try next(of: &sides, at: place) {
      let inner = place.below(pair.name)
      switch pair.kind {
      case .folder: try collect(pair.before, pair.after, inner, into: &changes)
      case .file: try changes.add(inner.path, pair.before, pair.after)
      }
    }
  }

  private borrowing func side(_ tree: ObjectID?) throws(GitError) -> Side? {
    guard let tree else { return nil }
    return Side(try read(tree, .tree, limit: Tree.sizeLimit))
  }

  private borrowing func next(
    of sides: inout Sides, at place: Place
  ) throws(GitError) -> Sides.Pair? {
    do throws(TreeProblem) { return try sides.next() } catch {
      throw .tree(path: place.path, error)
    }
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

  private var left: Side?
  private var right: Side?

  init(_ left: Side?, _ right: Side?) {
    self.left = left
    self.right = right
  }

  /// The next name under which the two do not have the same.
  mutating func next() throws(TreeProblem) -> Pair? {
    while true {
      let one = try left?.peek()
      let two = try right?.peek()
      guard let order = order(one, two) else { return nil }
      if order <= 0 { left?.take() }
      if order >= 0 { right?.take() }
      let before = order <= 0 ? one?.id : nil
      let after = order >= 0 ? two?.id : nil
      guard before != after, let named = order <= 0 ? one : two else { continue }
      return Pair(name: named.text, kind: named.kind, before: before, after: after)
    }
  }

  /// Negative where the left name comes first, zero where both are one; nil where there is none.
  private func order(_ one: Side.Item?, _ two: Side.Item?) -> Int? {
    switch (one, two) {
    case (nil, nil): nil
    case (_, nil): -1
    case (nil, _): 1
    case (let one?, let two?): one.compare(two)
    }
  }
}

/// One tree, read entry by entry.
private struct Side {
  private let bytes: [UInt8]
  private var reader: TreeReader
  private var current: TreeReader.Entry?
  private var isAtStart = true

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = TreeReader(bytes)
  }

  /// The entry that comes next, without taking it.
  mutating func peek() throws(TreeProblem) -> Item? {
    if current == nil { current = try reader.next() }
    guard let current else {
      if isAtStart { throw .empty }
      return nil
    }
    isAtStart = false
    return Item(bytes: bytes, entry: current)
  }

  mutating func take() { current = nil }

  struct Item {
    let bytes: [UInt8]
    let entry: TreeReader.Entry

    var kind: TreeEntry.Kind { entry.kind }
    var id: ObjectID { ObjectID(bytes, at: entry.idStart) }
    var text: String { String(decoding: bytes[entry.name], as: UTF8.self) }

    /// By git's order, as `TreeOrder` has it.
    func compare(_ other: Item) -> Int {
      let common = min(entry.name.count, other.entry.name.count)
      for place in 0..<common {
        let (one, two) = (self.byte(place), other.byte(place))
        if one != two { return Int(one) - Int(two) }
      }
      return Int(byte(common)) - Int(other.byte(common))
    }

    private func byte(_ place: Int) -> UInt8 {
      place < entry.name.count
        ? bytes[entry.name.lowerBound + place] : TreeOrder.end(entry.kind)
    }
  }
}

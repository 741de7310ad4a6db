/// One name in a git tree.
package struct TreeEntry: Hashable, Sendable {
  /// What a name stands for. Git knows more kinds (programs, links, other repositories), and a
  /// tree that has one of them is refused.
  package enum Kind: Hashable, Sendable {
    case file, folder

    var mode: String {
      switch self {
      case .file: "100644"
      case .folder: "40000"
      }
    }
  }

  /// One part of a path.
  package let name: String
  /// Whether it is a file or a folder.
  package let kind: Kind
  /// The blob or the tree.
  package let id: ObjectID

  package init(name: String, kind: Kind, id: ObjectID) {
    self.name = name
    self.kind = kind
    self.id = id
  }
}

/// What makes the bytes of a tree other than git would have written them.
package enum TreeProblem: Error, Hashable, Sendable {
  /// The bytes end, or go wrong, inside the entry that starts at this offset.
  case malformed(offset: Int)
  /// A mode other than `100644` and `40000`.
  case mode(name: String, mode: String)
  /// A name that is empty, has a `/`, is no UTF-8, or is `.`, `..` or a form of `.git`.
  case name(String)
  /// The name comes twice, perhaps once as a file and once as a folder.
  case duplicate(name: String)
  /// The name stands behind one that git sorts after it.
  case unsorted(name: String)
  /// There is no entry at all.
  case empty
  /// The tree lies deeper below the root than any path we write.
  case tooDeep
}

/// The entries of one git tree, in git's order, with nothing in them that git would not write.
package struct Tree: Hashable, Sendable {
  /// The entries, sorted as git sorts: a folder as if its name ended with `/`.
  package let entries: [TreeEntry]

  /// The largest tree that is read, in bytes.
  package static let sizeLimit = 16 << 20
  /// The most folders that a path may have.
  package static let depthLimit = 32

  /// Reads the raw content of a tree object; refuses whatever is not canonical, and no entries.
  package init(_ bytes: [UInt8]) throws(TreeProblem) {
    self.init(try CheckedTree(bytes))
  }

  init(_ tree: CheckedTree) {
    entries = (0..<tree.count).map {
      TreeEntry(name: tree.name(at: $0), kind: tree.kind(at: $0), id: tree.id(at: $0))
    }
  }

  /// The entry of that name; costs a binary search.
  package subscript(name: String) -> TreeEntry? {
    entry(name, .file) ?? entry(name, .folder)
  }

  private func entry(_ name: String, _ kind: TreeEntry.Kind) -> TreeEntry? {
    var range = entries.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      let found = entries[middle]
      if found.name == name && found.kind == kind { return found }
      if TreeOrder.precedes((found.name, found.kind), (name, kind)) {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return nil
  }

  /// The raw content of the tree object that has these entries, in whatever order they come.
  package static func bytes(_ entries: some Sequence<TreeEntry>) -> [UInt8] {
    let sorted = entries.sorted { TreeOrder.precedes(($0.name, $0.kind), ($1.name, $1.kind)) }
    var bytes: [UInt8] = []
    for entry in sorted {
      bytes.append(contentsOf: entry.kind.mode.utf8)
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: entry.name.utf8)
      bytes.append(0)
      entry.id.append(to: &bytes)
    }
    return bytes
  }
}

import Git
import TestSupport
import Testing

@Suite struct TreeTests {
  private static let id = ObjectID(Array(1...20), at: 0)

  private static func raw(_ entries: (mode: String, name: String)...) -> [UInt8] {
    entries.flatMap { Array("\($0.mode) \($0.name)\0".utf8) + Self.id.bytes }
  }

  @Test func `what is written is read back in git's order`() throws {
    let entries = [
      TreeEntry(name: "a", kind: .folder, id: Self.id),
      TreeEntry(name: "a.b", kind: .file, id: Self.id),
      TreeEntry(name: "a-b", kind: .file, id: Self.id),
      TreeEntry(name: "a0", kind: .file, id: Self.id),
    ]
    let tree = try Tree(Tree.bytes(entries))
    #expect(tree.entries.map(\.name) == ["a-b", "a.b", "a", "a0"])
    #expect(Set(tree.entries) == Set(entries))
    for entry in entries { #expect(tree[entry.name] == entry) }
    #expect(tree["b"] == nil)
  }

  @Test(arguments: [
    ("nothing at all", raw(), TreeProblem.empty),
    ("one name twice", raw(("100644", "a"), ("100644", "a")), .duplicate(name: "a")),
    ("a folder twice", raw(("40000", "a"), ("40000", "a")), .duplicate(name: "a")),
    (
      "a file and a folder of one name", raw(("100644", "a"), ("40000", "a")),
      .duplicate(name: "a")
    ),
    (
      "the same with others between",
      raw(("100644", "a"), ("100644", "a-b"), ("100644", "a.b"), ("40000", "a")),
      .duplicate(name: "a")
    ),
    ("out of order", raw(("100644", "b"), ("100644", "a")), .unsorted(name: "a")),
    (
      "a folder sorted as a file", raw(("40000", "a"), ("100644", "a.b")),
      .unsorted(name: "a.b")
    ),
    ("a program", raw(("100755", "a")), .mode(name: "a", mode: "100755")),
    ("a link", raw(("120000", "a")), .mode(name: "a", mode: "120000")),
    ("another repository", raw(("160000", "a")), .mode(name: "a", mode: "160000")),
    ("a mode with a leading zero", raw(("040000", "a")), .mode(name: "a", mode: "040000")),
    ("an old mode", raw(("100664", "a")), .mode(name: "a", mode: "100664")),
    ("no name", raw(("100644", "")), .name("")),
    ("a path", raw(("100644", "a/b")), .name("a/b")),
    ("this folder", raw(("40000", ".")), .name(".")),
    ("the folder above", raw(("40000", "..")), .name("..")),
    ("git's folder", raw(("40000", ".git")), .name(".git")),
    ("git's folder in capitals", raw(("40000", ".GiT")), .name(".GiT")),
    ("git's folder by its short name", raw(("40000", "GIT~1")), .name("GIT~1")),
    ("no space", Array("100644".utf8), .malformed(offset: 0)),
    ("no end of the name", Array("100644 a".utf8), .malformed(offset: 0)),
    ("bytes behind the end", raw(("100644", "a")) + [0], .malformed(offset: 29)),
  ])
  func `a tree that git would not write is refused`(
    what: String, bytes: [UInt8], problem: TreeProblem
  ) {
    #expect(throws: problem, "\(what)") { try Tree(bytes) }
  }

  @Test func `a tree cut anywhere is refused, but between entries`() throws {
    let bytes = Self.raw(("100644", "a"), ("40000", "b"), ("100644", "c"))
    for end in 1..<bytes.count where end % 29 != 0 && end != 57 {
      #expect(throws: TreeProblem.self, "\(end)") { try Tree(Array(bytes[..<end])) }
    }
  }

  @Test func `names that are no UTF-8 are refused`() {
    let bytes = Array("100644 ".utf8) + [0xff, 0] + Self.id.bytes
    #expect(throws: TreeProblem.name("\u{fffd}")) { try Tree(bytes) }
  }

  @Test func `whatever a seeded mess of names is read as, writing it gives the same bytes`() throws
  {
    var random = SeededGenerator(seed: 7)
    let letters = Array("ab.-0".utf8)
    var accepted = 0
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 1...4, using: &random)).flatMap { _ in
        let name = (0..<Int.random(in: 1...3, using: &random)).map { _ in
          letters.randomElement(using: &random) ?? 97
        }
        let mode = ["100644 ", "40000 "].randomElement(using: &random) ?? ""
        return Array(mode.utf8) + name + [0] + Self.id.bytes
      }
      guard let tree = try? Tree(bytes) else { continue }
      accepted += 1
      #expect(Tree.bytes(tree.entries) == bytes)
      #expect(Set(tree.entries.map(\.name)).count == tree.entries.count)
    }
    #expect(accepted > 1000)
  }
}

@Suite struct TreeAgainstGitTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// A random set of files, few names so that files and folders collide.
  private func files(_ random: inout SeededGenerator) -> [String: String] {
    var files: [String: String] = [:]
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let depth = Int.random(in: 1...3, using: &random)
      let path = (0..<depth).map { _ in
        ["a", "a.b", "a-b", "b", "c"].randomElement(using: &random) ?? "a"
      }.joined(separator: "/")
      let collides = files.keys.contains { $0.hasPrefix(path + "/") || path.hasPrefix($0 + "/") }
      if !collides { files[path] = String(Int.random(in: 0...3, using: &random)) }
    }
    return files
  }

  /// What turns one set of files into another, in random order.
  private func edits(
    _ repository: borrowing Repository, from old: [String: String], to new: [String: String],
    _ random: inout SeededGenerator
  ) throws -> [TreeEdit] {
    var edits: [TreeEdit] = []
    for path in Set(old.keys).union(new.keys) where old[path] != new[path] {
      let blob = try new[path].map { try repository.write(.blob, Array($0.utf8)) }
      edits.append(TreeEdit(path: path, blob: blob))
    }
    return edits.shuffled(using: &random)
  }

  @Test func `edits on a base give the tree of the files that result, whatever their order`()
    throws
  {
    var random = SeededGenerator(seed: 11)
    let repository = try fixture.open()
    var old: [String: String] = [:]
    var tree: ObjectID?
    for _ in 0..<200 {
      let new = files(&random)
      let edits = try edits(repository, from: old, to: new, &random)
      let edited = try repository.applying(edits, to: tree)
      #expect(try edited == repository.tree(of: new))
      let changes = try repository.changes(from: tree, to: edited, limit: 100)
      #expect(Set(changes.map(\.path)) == Set(edits.map(\.path)))
      #expect(
        changes.map(\.path)
          == changes.map(\.path).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
      )
      (old, tree) = (new, edited)
    }
    try fixture.checkWithGit()
  }

  @Test func `a name cannot become both a file and a folder`() throws {
    let repository = try fixture.open()
    let blob = try repository.write(.blob, [])
    let base = try repository.tree(of: ["a/x": "1", "a/y": "2", "b": "3"])
    for edits in [["a"], ["b/c"], ["c", "c/d"]] {
      #expect(throws: GitError.self, "\(edits)") {
        try repository.applying(edits.map { TreeEdit(path: $0, blob: blob) }, to: base)
      }
    }
  }

  @Test func `changes are those that git itself lists`() throws {
    var random = SeededGenerator(seed: 13)
    let repository = try fixture.open()
    for _ in 0..<10 {
      let first = try #require(try repository.tree(of: files(&random).merging(["z": "z"]) { $1 }))
      let second = try #require(try repository.tree(of: files(&random).merging(["z": "z"]) { $1 }))
      let listed = try fixture.git(
        "diff-tree", "-r", "--no-renames", "--no-abbrev", first.hex, second.hex)
      let ours = try repository.changes(from: first, to: second, limit: 100).map { change in
        let modes = (
          change.before == nil ? "000000" : "100644", change.after == nil ? "000000" : "100644"
        )
        let letter = change.before == nil ? "A" : change.after == nil ? "D" : "M"
        let ids = (change.before ?? .zero, change.after ?? .zero)
        return ":\(modes.0) \(modes.1) \(ids.0) \(ids.1) \(letter)\t\(change.path)\n"
      }
      #expect(Set(ours) == Set(listed.split(separator: "\n").map { "\($0)\n" }))
    }
  }

  @Test func `folders that are equal are not even read`() throws {
    let repository = try fixture.open()
    // The folder's tree does not exist: whoever reads it fails.
    let absent = try ObjectID.of(.tree, [1, 2, 3])
    let file = try repository.write(.blob, [])
    let folder = TreeEntry(name: "same", kind: .folder, id: absent)
    let first = try repository.write(
      .tree, Tree.bytes([folder, TreeEntry(name: "a", kind: .file, id: file)]))
    let second = try repository.applying([TreeEdit(path: "b", blob: file)], to: first)
    #expect(
      try repository.changes(from: first, to: second, limit: 9)
        == [TreeChange(path: "b", before: nil, after: file)])
    #expect(throws: GitError.missing(subject: absent.hex)) {
      try repository.files(in: first, limit: 9)
    }
  }

  @Test func `an empty folder, a deep one and too many changes are errors`() throws {
    let repository = try fixture.open()
    let empty = try repository.write(.tree, [])
    func above(_ id: ObjectID) throws -> ObjectID {
      try repository.write(.tree, Tree.bytes([TreeEntry(name: "d", kind: .folder, id: id)]))
    }
    #expect(throws: GitError.tree(path: "d", .empty)) {
      try repository.files(in: try above(empty), limit: 9)
    }
    #expect(throws: GitError.tree(path: "", .empty)) { try repository.files(in: empty, limit: 9) }
    let file = try repository.write(.blob, [])
    var deep = try repository.write(
      .tree, Tree.bytes([TreeEntry(name: "f", kind: .file, id: file)]))
    for _ in 0..<Tree.depthLimit { deep = try above(deep) }
    #expect(try repository.files(in: deep, limit: 9).count == 1)
    deep = try above(deep)
    let path = Array(repeating: "d", count: Tree.depthLimit + 1).joined(separator: "/")
    #expect(throws: GitError.tree(path: path, .tooDeep)) {
      try repository.files(in: deep, limit: 9)
    }
    let two = try #require(try repository.tree(of: ["a": "", "b": ""]))
    #expect(try repository.files(in: two, limit: 2).count == 2)
    #expect(throws: GitError.tooManyChanges(limit: 1)) {
      try repository.files(in: two, limit: 1)
    }
  }

  @Test func `a lookup refuses a tree that shows one reader this and another that`() throws {
    let repository = try fixture.open()
    let one = try repository.write(.blob, [1])
    let two = try repository.write(.blob, [2])
    let twice = [one, two].flatMap { Array("100644 a\0".utf8) + $0.bytes }
    let tree = try repository.write(.tree, twice)
    #expect(throws: GitError.tree(path: "", .duplicate(name: "a"))) {
      try repository.entry(at: "a", in: tree)
    }
    #expect(throws: GitError.tree(path: "", .duplicate(name: "a"))) {
      try repository.entry(at: "b", in: tree)
    }
  }

  @Test func `a path is found only as it is written`() throws {
    let repository = try fixture.open()
    let tree = try #require(try repository.tree(of: ["a/b": "1"]))
    #expect(try repository.entry(at: "a/b", in: tree)?.kind == .file)
    #expect(try repository.entry(at: "a", in: tree)?.kind == .folder)
    for path in ["", "/a/b", "a/b/", "a//b", "a/b/c", "A/b", "a/./b", "a/c"] {
      #expect(try repository.entry(at: path, in: tree) == nil, "\(path)")
    }
    #expect(try repository.file(at: "a", in: tree, limit: 9) == nil)
  }

  @Test(arguments: ["", "a//b", "/a", "a/", "../a", "a/.git/b", "a\0b"])
  func `an edit of a path that git would not have is refused`(path: String) throws {
    let repository = try fixture.open()
    let blob = try repository.write(.blob, [])
    #expect(throws: GitError.self) {
      try repository.applying([TreeEdit(path: path, blob: blob)], to: nil)
    }
  }
}

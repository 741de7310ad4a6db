import Foundation
@testable import Git
import TestSupport
import Testing

@Suite struct RepositoryTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  @Test func `what we write git finds sound, and both read the same`() throws {
    let repository = try fixture.open()
    let files = ["a/b/c.txt": "deep", "a/b.txt": "flat", "z": "last", "a.txt": "dot"]
    let tree = try #require(try repository.tree(of: files))
    let commit = try repository.commit(tree)
    let outcome = repository.compareAndSwap("refs/heads/main", to: commit, expecting: nil)
    #expect(outcome == .swapped)
    try fixture.checkWithGit()
    #expect(
      try fixture.git("ls-tree", "-r", "--name-only", "main")
        == "a.txt\na/b.txt\na/b/c.txt\nz\n")
    for (path, content) in files {
      #expect(try fixture.git("show", "main:\(path)") == content)
      #expect(try repository.file(at: path, in: tree, limit: 10) == Array(content.utf8))
    }
  }

  @Test func `what git writes we read, loose and packed`() throws {
    for (path, content) in [("work/a", "one"), ("work/d/b", "two")] {
      let url = URL(fileURLWithPath: fixture.folder.path + "/" + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content.utf8).write(to: url)
    }
    let work = fixture.folder.path + "/work"
    try fixture.git("-c", "core.bare=false", "--work-tree", work, "add", work)
    try fixture.git("-c", "core.bare=false", "--work-tree", work, "commit", "-qm", "x")
    let repository = try fixture.open()
    for isPacked in [false, true] {
      if isPacked { try fixture.git("gc", "-q", "--prune=now") }
      let head = try #require(try repository.reference("refs/heads/main"))
      #expect(try fixture.git("rev-parse", "main") == "\(head)\n")
      let commit = String(
        decoding: try repository.read(head, .commit, limit: 1000), as: UTF8.self)
      let tree = try #require(ObjectID(hex: commit.dropFirst(5).prefix(40)))
      #expect(try repository.files(in: tree, limit: 9).map(\.path) == ["a", "d/b"])
      #expect(try repository.file(at: "d/b", in: tree, limit: 3) == Array("two".utf8))
    }
  }

  @Test func `an object's header tells kind and size before its content is read`() throws {
    let repository = try fixture.open()
    let blob = try repository.write(.blob, [1, 2, 3])
    #expect(try repository.header(of: blob) == ObjectHeader(kind: .blob, size: 3))
    #expect(try repository.read(blob, .blob, limit: 3) == [1, 2, 3])
    #expect(throws: GitError.tooLarge(blob, size: 3, limit: 2)) {
      try repository.read(blob, .blob, limit: 2)
    }
    #expect(throws: GitError.wrongKind(blob, found: .blob)) {
      try repository.read(blob, .tree, limit: 3)
    }
  }

  @Test func `what was read before is judged like what is read now`() throws {
    let repository = try fixture.open()
    let tree = try #require(try repository.tree(of: ["a": "1"]))
    let bytes = try repository.read(tree, .tree, limit: 100)
    #expect(try repository.read(tree, .tree, limit: bytes.count) == bytes)
    #expect(throws: GitError.tooLarge(tree, size: bytes.count, limit: 5)) {
      try repository.read(tree, .tree, limit: 5)
    }
    #expect(throws: GitError.wrongKind(tree, found: .tree)) {
      try repository.read(tree, .commit, limit: 100)
    }
  }

  @Test func `more trees than are kept in mind are read as well`() throws {
    let repository = try fixture.open()
    let blob = try repository.write(.blob, [])
    let trees = try (0..<12).map { number in
      let entries = (0..<10_000).map { name in
        TreeEntry(
          name: "\(number)-\(name)-\(String(repeating: "x", count: 30))", kind: .file, id: blob)
      }
      return try repository.write(.tree, Tree.bytes(entries))
    }
    for tree in trees + trees {
      #expect(try repository.tree(tree).entries.count == 10_000)
    }
  }

  @Test func `an object that is not there is missing`() throws {
    let repository = try fixture.open()
    let absent = try ObjectID.of(.blob, [9, 9])
    #expect(repository.contains(absent) == false)
    #expect(throws: GitError.missing(subject: absent.hex)) { try repository.header(of: absent) }
    #expect(throws: GitError.missing(subject: absent.hex)) {
      try repository.read(absent, .blob, limit: 9)
    }
  }

  @Test func `the name of content is the one git gives it`() throws {
    let expected = try fixture.run("git", ["hash-object", "--stdin"], input: "Hello\n")
    let id = try ObjectID.of(.blob, Array("Hello\n".utf8))
    #expect("\(id)\n" == expected)
    #expect(ObjectID(hex: id.hex) == id)
    #expect(try ObjectID.of(.blob, []).hex == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
  }

  @Test func `an object whose bytes are another's is corrupt`() throws {
    let repository = try fixture.open()
    let first = try repository.write(.blob, Array("first".utf8))
    let second = try repository.write(.blob, Array("other".utf8))
    func file(_ id: ObjectID) -> URL {
      URL(fileURLWithPath: "\(fixture.path)/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))")
    }
    try FileManager.default.removeItem(at: file(first))
    try FileManager.default.copyItem(at: file(second), to: file(first))
    let reopened = try fixture.open()
    #expect(throws: GitError.corrupt(subject: first.hex)) {
      try reopened.read(first, .blob, limit: 9)
    }
  }

  @Test func `only the very folder is opened, nothing above or below`() throws {
    let inner = fixture.path + "/objects"
    #expect(throws: GitError.missing(subject: inner)) { _ = try Repository.open(inner) }
    #expect(throws: GitError.missing(subject: fixture.folder.path)) {
      _ = try Repository.open(fixture.folder.path)
    }
    try FileManager.default.moveItem(atPath: fixture.path, toPath: fixture.folder.path + "/.git")
    #expect(throws: GitError.missing(subject: fixture.folder.path)) {
      _ = try Repository.open(fixture.folder.path)
    }
    _ = try Repository.open(fixture.folder.path + "/.git")
  }

  @Test func `a repository is made once, and holds only the settings we name`() throws {
    #expect(throws: GitError.exists(subject: fixture.path)) {
      _ = try Repository.create(fixture.path)
    }
    let config = try Data(contentsOf: URL(fileURLWithPath: fixture.path + "/config"))
    #expect(Set(try Config.entries(Array(config))) == Set(ConfigEntry.ours))
    #expect(
      try fixture.git("config", "--list", "--local")
        .split(separator: "\n").sorted().map(String.init)
        == ConfigEntry.ours.map { "\($0.key)=\($0.value)" }.sorted())
    #expect(try fixture.git("symbolic-ref", "HEAD") == "refs/heads/main\n")
  }

  @Test func `another user's repository is refused`() throws {
    guard getuid() == 0 else { return print("skipped: only root can give a folder away") }
    try fixture.run("chown", ["-R", "12345", fixture.path])
    #expect(throws: GitError.foreignOwner(path: fixture.path)) {
      _ = try Repository.open(fixture.path)
    }
  }
}

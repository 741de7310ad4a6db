import Foundation
@testable import Git
import TestSupport
import Testing

@Suite struct ReferenceTests {
  let fixture: Fixture
  let main = "refs/heads/main"

  init() throws { fixture = try Fixture() }

  /// Two commits that differ.
  private func commits(_ repository: borrowing Repository) throws -> (ObjectID, ObjectID) {
    let tree = try #require(try repository.tree(of: ["a": "1"]))
    let first = try repository.commit(tree)
    return (first, try repository.commit(tree, parent: first))
  }

  @Test func `a reference moves only from where it was expected`() throws {
    let repository = try fixture.open()
    let (first, second) = try commits(repository)
    #expect(try repository.reference(main) == nil)
    #expect(repository.compareAndSwap(main, to: first, expecting: second) == .modified)
    #expect(try repository.reference(main) == nil)
    #expect(repository.compareAndSwap(main, to: first, expecting: nil) == .swapped)
    #expect(repository.compareAndSwap(main, to: second, expecting: nil) == .modified)
    #expect(repository.compareAndSwap(main, to: first, expecting: second) == .modified)
    #expect(try repository.reference(main) == first)
    #expect(repository.compareAndSwap(main, to: second, expecting: first) == .swapped)
    #expect(try fixture.git("rev-parse", "main") == "\(second)\n")
  }

  @Test func `a packed reference is read and swapped like a loose one`() throws {
    let repository = try fixture.open()
    let (first, second) = try commits(repository)
    #expect(repository.compareAndSwap(main, to: first, expecting: nil) == .swapped)
    try fixture.git("pack-refs", "--all")
    #expect(FileManager.default.fileExists(atPath: "\(fixture.path)/\(main)") == false)
    #expect(try repository.reference(main) == first)
    #expect(repository.compareAndSwap(main, to: second, expecting: nil) == .modified)
    #expect(repository.compareAndSwap(main, to: second, expecting: first) == .swapped)
    #expect(try repository.reference(main) == second)
    try fixture.checkWithGit()
  }

  @Test func `a lock file of somebody else's is told apart and left there`() throws {
    let repository = try fixture.open()
    let (first, second) = try commits(repository)
    #expect(repository.compareAndSwap(main, to: first, expecting: nil) == .swapped)
    let lock = URL(fileURLWithPath: "\(fixture.path)/\(main).lock")
    try Data().write(to: lock)
    #expect(repository.compareAndSwap(main, to: second, expecting: first) == .locked)
    #expect(FileManager.default.fileExists(atPath: lock.path))
    #expect(try repository.reference(main) == first)
  }

  @Test func `a reference to an object that is not there is not made`() throws {
    let repository = try fixture.open()
    let absent = try ObjectID.of(.commit, [1])
    guard case .ambiguous = repository.compareAndSwap(main, to: absent, expecting: nil) else {
      Issue.record("the move was not refused")
      return
    }
    #expect(try repository.reference(main) == nil)
  }

  @Test func `a reference to a reference is an error`() throws {
    let repository = try fixture.open()
    let (first, _) = try commits(repository)
    try fixture.git("update-ref", "refs/heads/other", first.hex)
    try fixture.git("symbolic-ref", main, "refs/heads/other")
    #expect(throws: GitError.symbolicReference(name: main)) { try repository.reference(main) }
    #expect(repository.compareAndSwap(main, to: first, expecting: first) == .modified)
  }

  @Test func `a list holds loose and packed references below a prefix, by name`() throws {
    let repository = try fixture.open()
    let (first, second) = try commits(repository)
    try fixture.git("update-ref", "refs/stet/outbox/b", first.hex)
    try fixture.git("pack-refs", "--all")
    try fixture.git("update-ref", "refs/stet/outbox/a", second.hex)
    try fixture.git("update-ref", "refs/heads/main", second.hex)
    #expect(
      try repository.references(under: "refs/stet/") == [
        Reference(name: "refs/stet/outbox/a", id: second),
        Reference(name: "refs/stet/outbox/b", id: first),
      ])
    #expect(try repository.references(under: "refs/replace/") == [])
  }

  @Test func `of many writers that race, each move is seen by exactly one`() async throws {
    let path = fixture.path
    let repository = try fixture.open()
    let (root, _) = try commits(repository)
    #expect(repository.compareAndSwap(main, to: root, expecting: nil) == .swapped)
    let (writers, moves) = (4, 25)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<writers {
        group.addTask { try Self.append(moves, at: path) }
      }
      try await group.waitForAll()
    }
    #expect(
      try fixture.git("rev-list", "--count", "main") == "\(1 + writers * moves)\n")
    try fixture.checkWithGit()
  }

  /// Adds commits on top of whatever the tip is, and repeats where it was not first.
  private static func append(_ moves: Int, at path: String) throws {
    let repository = try Repository.open(path)
    var done = 0
    while done < moves {
      let tip = try repository.reference("refs/heads/main")
      let tree = try #require(try repository.tree(of: ["by": UUID().uuidString]))
      let commit = try repository.commit(tree, parent: tip)
      switch repository.compareAndSwap("refs/heads/main", to: commit, expecting: tip) {
      case .swapped: done += 1
      case .modified, .locked: continue
      case .ambiguous(let error): throw error
      }
    }
  }
}

@Suite struct OwnReferenceTests {
  let fixture: Fixture
  let name = "refs/stet/outbox/1"

  init() throws { fixture = try Fixture() }

  @Test func `a reference of our own is set, moved and deleted`() throws {
    let repository = try fixture.open()
    let first = try repository.commit(try #require(try repository.tree(of: ["a": "1"])))
    let second = try repository.commit(try #require(try repository.tree(of: ["a": "2"])))
    try repository.setOwnReference(name, to: first)
    try repository.setOwnReference(name, to: second)
    #expect(try repository.reference(name) == second)
    try repository.deleteOwnReference(name)
    try repository.deleteOwnReference(name)
    #expect(try repository.reference(name) == nil)
  }

  @Test func `a packed reference is left to the git program`() throws {
    let repository = try fixture.open()
    let first = try repository.commit(try #require(try repository.tree(of: ["a": "1"])))
    try repository.setOwnReference(name, to: first)
    try fixture.git("pack-refs", "--all")
    #expect(throws: GitError.packedReference(name: name)) {
      try repository.deleteOwnReference(name)
    }
    #expect(try repository.reference(name) == first)
    try repository.deleteOwnReference("refs/stet/outbox")
  }
}

import Foundation
@testable import Git
import TestSupport
import Testing

@Suite struct GatheringTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func packs() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: fixture.path + "/objects/pack")
      .filter { $0.hasSuffix(".pack") }
  }

  @Test func `many objects become one pack, seen by handles that were open before`() throws {
    let before = try fixture.open()
    let gathering = try Gathering(fixture.path)
    var edits: [TreeEdit] = []
    for number in 0..<500 {
      let blob = try gathering.repository.write(.blob, Array("text \(number)".utf8))
      edits.append(TreeEdit(path: "f\(number % 7)/\(number)", blob: blob))
    }
    let tree = try #require(try gathering.repository.applying(edits, to: nil))
    let commit = try gathering.repository.commit(tree)
    #expect(before.contains(commit) == false)
    let objects = try gathering.finish()
    #expect(objects == 500 + 7 + 1 + 1)
    #expect(try packs().count == 1)
    #expect(try before.clutter() == Clutter(looseObjects: 0, packs: 1))
    #expect(before.compareAndSwap("refs/heads/main", to: commit, expecting: nil) == .swapped)
    #expect(try before.files(in: tree, limit: 1000).count == 500)
    try fixture.checkWithGit()
  }

  @Test func `a second gathering holds only what is new`() throws {
    let first = try Gathering(fixture.path)
    let tree = try first.repository.tree(of: ["a/x": "1", "b/x": "2"])
    let objects = try first.finish()
    #expect(objects == 5)
    let second = try Gathering(fixture.path)
    let next = try second.repository.tree(of: ["a/x": "3"], on: tree)
    // The new blob, its folder and the root.
    let more = try second.finish()
    #expect(more == 3)
    let repository = try fixture.open()
    #expect(try repository.files(in: try #require(next), limit: 9).map(\.path) == ["a/x", "b/x"])
  }

  @Test func `given up, nothing is left`() throws {
    let blob = try abandoned()
    let isThere = try fixture.open().contains(blob)
    #expect(isThere == false)
    #expect(try packs() == [])
    let objects = try Gathering(fixture.path).finish()
    #expect(objects == 0)
    #expect(try packs() == [])
  }

  private func abandoned() throws -> ObjectID {
    let gathering = try Gathering(fixture.path)
    let blob = try gathering.repository.write(.blob, [1])
    let isGathered = gathering.repository.contains(blob)
    #expect(isGathered)
    return blob
  }

  @Test func `what a killed writer leaves of a pack harms nobody`() throws {
    let gathering = try Gathering(fixture.path)
    let commit = try gathering.repository.commit(
      try #require(try gathering.repository.tree(of: ["a": "1"])))
    _ = try gathering.finish()
    let repository = try fixture.open()
    #expect(repository.compareAndSwap("refs/heads/main", to: commit, expecting: nil) == .swapped)
    // The index gets its name before the pack does.
    let folder = URL(fileURLWithPath: fixture.path + "/objects/pack")
    let index = try #require(
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .first { $0.pathExtension == "idx" })
    let orphan = "pack-" + String(repeating: "0", count: 40) + ".idx"
    try FileManager.default.copyItem(at: index, to: folder.appendingPathComponent(orphan))
    try Data([1, 2, 3]).write(to: folder.appendingPathComponent("pack_git2_0123456789abcdef"))
    let reopened = try fixture.open()
    #expect(try reopened.read(commit, .commit, limit: 999).isEmpty == false)
    try fixture.checkWithGit()
  }
}

import Keys
import Testing

@testable import Ledger

@Suite struct ChangeTests {
  @Test func theDigestIsThatOfOneLineAPathSortedByBytes() {
    var change = Change()
    change.set("b", to: [1])
    change.remove("a/c")
    change.set("a.c", to: [])
    let lines =
      "a.c\0\(Digest(of: [UInt8]()))\n" + "a/c\0-\n" + "b\0\(Digest(of: [1]))\n"
    #expect(change.digest == Digest(of: lines))
    #expect(change.edits.map(\.path) == ["a.c", "a/c", "b"])
  }

  @Test func theLastWordOnAPathCounts() {
    var change = Change()
    change.set("a", to: [1])
    change.remove("a")
    #expect(change.edits == [Change.Edit(path: "a", content: nil)])
    change.set("a", to: [2])
    #expect(change.edits == [Change.Edit(path: "a", content: [2])])
    #expect(change.count == 1)
  }
}

@Suite struct MemoryTreeTests {
  let tree = MemoryTree(["a/b": [1], "a/c/d": [2], "a.b": [3], "ab": [4]])

  @Test func filesAreReadWithinTheirLimit() throws {
    #expect(try tree.blob(at: "a/b", limit: 1) == [1])
    #expect(try tree.blob(at: "a", limit: 1) == nil)
    #expect(try tree.blob(at: "b", limit: 1) == nil)
    #expect(throws: LedgerError.tooLarge(path: "ab", limit: 0)) {
      try tree.blob(at: "ab", limit: 0)
    }
  }

  @Test func aFolderListsWhatLiesDirectlyInIt() throws {
    #expect(
      try tree.children(of: "") == [
        TreeChild(name: "a", isFolder: true), TreeChild(name: "a.b", isFolder: false),
        TreeChild(name: "ab", isFolder: false),
      ])
    #expect(
      try tree.children(of: "a") == [
        TreeChild(name: "b", isFolder: false), TreeChild(name: "c", isFolder: true),
      ])
    #expect(try tree.children(of: "a/b").isEmpty)
    #expect(try tree.children(of: "x").isEmpty)
  }

  @Test func contentIsNamedByWhatItIsAndNotWhereItLies() throws {
    let other = MemoryTree(["x/b": [1], "x/c/d": [2], "y/b": [1], "y/c/d": [9]])
    #expect(try tree.content(at: "a") == other.content(at: "x"))
    #expect(try tree.content(at: "a") != other.content(at: "y"))
    #expect(try tree.content(at: "a/b") == other.content(at: "y/b"))
    #expect(try tree.content(at: "nothing") == nil)
  }

  @Test func aChangeIsWhatTurnsOneTreeIntoAnother() {
    var change = Change()
    change.set("a/b", to: [9])
    change.remove("ab")
    change.set("n", to: [5])
    change.set("a.b", to: [3])
    let after = tree.applying(change)
    #expect(after == MemoryTree(["a/b": [9], "a/c/d": [2], "a.b": [3], "n": [5]]))
    #expect(
      tree.changes(to: after) == [
        PathChange("a/b", .changed), PathChange("ab", .removed), PathChange("n", .added),
      ])
  }
}

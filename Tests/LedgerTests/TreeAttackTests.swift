import Foundation
import Git
import Keys
import TestSupport
import Testing

@testable import Ledger

@Suite struct TreeAttackTests {
  let book: Notebook
  let good: SignedEntry
  let blob: ObjectID

  init() throws {
    book = try Notebook()
    good = try book.write(["notes/a": "one"], nonce: "1")
    blob = try book.store("blob", Array("one".utf8))
  }

  /// An entry that puts a forged `notes` folder in place.
  private func verdict(
    notes: [(mode: String, name: String, id: ObjectID)]
  ) throws -> Verdict {
    try verdict(notesID: book.storeTree(notes))
  }

  private func verdict(notesID: ObjectID) throws -> Verdict {
    let members = try #require(
      try book.open().store.with { repository throws(GitError) in
        try repository.entry(at: "members", in: good.entry.tree)?.id
      })
    return try verdict(
      root: book.storeTree([("40000", "members", members), ("40000", "notes", notesID)]))
  }

  private func verdict(root: ObjectID) throws -> Verdict {
    try book.force(good.id)
    var entry = try book.next()
    entry.tree = root
    return try book.verdict(on: entry)
  }

  @Test func twoEntriesOfOneName() throws {
    let other = try book.store("blob", Array("decoy".utf8))
    #expect(
      try verdict(notes: [("100644", "a", blob), ("100644", "a", other)]).invariants
        .contains(.trees))
    let folder = try book.storeTree([("100644", "x", blob)])
    #expect(
      try verdict(notes: [("100644", "a", blob), ("40000", "a", folder)]).invariants
        .contains(.trees))
    #expect(
      try verdict(notes: [("100644", "a", blob), ("100644", "a.b", blob), ("40000", "a", folder)])
        .invariants.contains(.trees))
  }

  @Test func anEmptyTree() throws {
    let empty = try book.storeTree([])
    #expect(try verdict(notesID: empty).invariants.contains(.trees))
    #expect(
      try verdict(notes: [("100644", "a", blob), ("40000", "b", empty)]).invariants
        .contains(.trees))
    #expect(try verdict(root: empty).invariants.contains(.trees))
  }

  @Test(arguments: ["100755", "120000", "160000", "100664", "0100644", "040000", "644", ""])
  func aModeThatIsNeitherAFileNorAFolder(mode: String) throws {
    #expect(try verdict(notes: [(mode, "a", blob)]).invariants.contains(.trees))
  }

  @Test(arguments: ["", ".", "..", ".git", ".GIT", "a/b", "git~1"])
  func aNameThatIsNone(name: String) throws {
    #expect(try verdict(notes: [("100644", name, blob)]).invariants.contains(.trees))
  }

  @Test func entriesThatAreNotInOrder() throws {
    #expect(
      try verdict(notes: [("100644", "b", blob), ("100644", "a", blob)]).invariants
        .contains(.trees))
  }

  @Test func aPlaceWhereNothingMayLie() throws {
    let notes = try book.storeTree([("100644", "a", blob)])
    #expect(
      try verdict(root: book.storeTree([("40000", "elsewhere", notes), ("40000", "notes", notes)]))
        .invariants.contains(.trees))
  }

  @Test func aFileThatIsTooLargeIsNotRead() throws {
    let large = try book.store("blob", [UInt8](repeating: 1, count: NotebookRules.noteLimit + 1))
    let verdict = try verdict(notes: [("100644", "a", large)])
    #expect(verdict.invariants.contains(.trees))
    #expect(verdict.broken?.violations.contains { $0.message.contains("notes/a") } == true)
  }

  @Test func aFolderWhereTheTreeSaysFileAndTheOtherWayRound() throws {
    let folder = try book.storeTree([("100644", "x", blob)])
    #expect(try verdict(notes: [("100644", "a", folder)]).invariants.contains(.trees))
    #expect(try verdict(notes: [("40000", "a", blob)]).invariants.contains(.trees))
  }

  @Test func anObjectThatIsMissing() throws {
    let nowhere = try Sample.id("7")
    #expect(try verdict(notes: [("100644", "a", nowhere)]).invariants.contains(.objectNames))
    #expect(try verdict(notes: [("40000", "a", nowhere)]).invariants.contains(.objectNames))
    #expect(try verdict(root: nowhere).invariants.contains(.objectNames))
  }

  @Test func aParentThatIsMissing() throws {
    var entry = try book.next()
    entry.place.link?.parent = try Sample.id("7")
    #expect(throws: LedgerError.self) { try book.verdict(on: entry) }
  }

  @Test func foldersThatNeverEnd() throws {
    var folder = try book.storeTree([("100644", "x", blob)])
    for _ in 0..<40 { folder = try book.storeTree([("40000", "d", folder)]) }
    #expect(try verdict(notesID: folder).invariants.contains(.trees))
  }
}

@Suite struct DetourTests {
  private func detours(_ spoil: (Notebook) throws -> Void) throws -> Set<Invariant> {
    let book = try Notebook()
    try book.write(["notes/a": "one"], nonce: "1")
    try spoil(book)
    do {
      _ = try book.open().standing()
      _ = try book.open(remembering: false).verify()
      return []
    } catch LedgerError.broken(let broken) {
      return Set(broken.violations.map(\.invariant))
    }
  }

  private func put(_ book: Notebook, _ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: book.path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func replaceParent(_ book: Notebook) throws {
    let tip = try book.tip()
    guard let parent = tip.entry.place.link?.parent,
      try book.git.run(["replace", tip.id.hex, parent.hex]).succeeded
    else { throw Sample.Failure() }
  }

  @Test func replacementsAreNamed() throws {
    #expect(try detours(replaceParent) == [.noDetours])
    let packed = try detours { book in
      try replaceParent(book)
      _ = try book.git.run(["pack-refs", "--all"])
    }
    #expect(packed == [.noDetours])
  }

  @Test(arguments: ["info/grafts", "shallow", "objects/info/alternates"])
  func filesThatShowGitAnotherHistoryAreNamed(file: String) throws {
    #expect(try detours { try put($0, file, "\($0.tip().id)\n") } == [.noDetours])
  }

  @Test func aPlainRepositoryHasNone() throws {
    #expect(try detours { _ in } == [])
  }
}

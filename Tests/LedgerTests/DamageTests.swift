import Foundation
import Git
import Keys
import TestSupport
import Testing

@testable import Ledger

/// What a disk may do to a ledger: verify names an invariant, or provably nothing was lost.
@Suite struct DamageTests {
  /// What the machine lacks or somebody spoilt is no fault of this program's.
  @Test func whatKeepsALedgerFromBeingUsedIsSaid() throws {
    func obstacle(_ body: () throws -> Void) -> Obstacle? {
      let error = #expect(throws: LedgerError.self) { try body() }
      #expect(error?.hint != nil)
      return error?.obstacle
    }
    for content in ["", "garbage\n", "ref: refs/heads/other\n"] {
      let book = try Notebook()
      _ = try book.git.run(["update-ref", "refs/heads/other", "main"])
      try content.write(
        toFile: book.path + "/refs/heads/main", atomically: true, encoding: .utf8)
      #expect(obstacle { _ = try book.open().standing() } == .reference, "\(content)")
    }
    let book = try Notebook()
    let journal = try book.open()
    let nowhere = GitCaller(["PATH": "/nonexistent"], company: .alone)
    #expect(obstacle { _ = try journal.pack(nowhere) } == .absent)
    let lock = book.path + "/writer.lock"
    try FileManager.default.removeItem(atPath: lock)
    try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: true)
    #expect(obstacle { try book.write(["notes/a": "x"], nonce: "1") } == .absent)
  }

  /// Everything that can be read of a ledger, by path.
  private func content(_ book: Notebook) throws -> [[UInt8]] {
    let journal = try book.open(remembering: false)
    var all: [[UInt8]] = []
    var entry = try journal.standing().tip
    while let found = entry {
      all.append(found.bytes)
      for path in ["members/alice", "notes/a", "notes/b/c"] {
        all.append(try journal.tree(of: found).blob(at: path, limit: 1000) ?? [])
      }
      entry = try journal.parent(of: found)
    }
    return all
  }

  private func inspect(_ book: Notebook, _ sound: [[UInt8]], _ place: String) throws {
    do {
      let verdict = try book.open(remembering: false).verify()
      guard verdict.broken == nil else { return }
      #expect(try content(book) == sound, "\(place)")
    } catch LedgerError.broken(let broken) {
      #expect(!broken.violations.isEmpty, "\(place)")
    } catch LedgerError.git(let error) {
      Issue.record("\(place): \(error)")
    }
  }

  private func invertEveryByte(
    of file: URL, _ book: Notebook, _ sound: [[UInt8]], stride step: Int = 1
  ) throws {
    let bytes = Array(try Data(contentsOf: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    for place in Swift.stride(from: 0, to: bytes.count, by: step) {
      var damaged = bytes
      damaged[place] ^= 0xff
      try Data(damaged).write(to: file)
      try inspect(book, sound, "\(file.lastPathComponent) byte \(place)")
    }
    try Data(bytes).write(to: file)
  }

  private func files(_ book: Notebook, _ folder: String) throws -> [URL] {
    let root = URL(fileURLWithPath: book.path).appendingPathComponent(folder)
    let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? []).filter { !$0.hasDirectoryPath }
      .sorted { $0.path < $1.path }
  }

  private func small() throws -> Notebook {
    let book = try Notebook()
    try book.write(["notes/a": "one", "notes/b/c": "two"], nonce: "1")
    try book.write(["notes/a": "three"], nonce: "2")
    return book
  }

  @Test func everyByteOfEveryLooseObject() throws {
    let book = try small()
    let sound = try content(book)
    let objects = try files(book, "objects")
    #expect(objects.count > 10)
    for file in objects { try invertEveryByte(of: file, book, sound) }
    #expect(try content(book) == sound)
  }

  @Test func everyByteOfThePack() throws {
    let book = try small()
    let sound = try content(book)
    #expect(try book.git.run(["repack", "-a", "-d", "-q"]).succeeded)
    let packs = try files(book, "objects/pack").filter {
      ["pack", "idx"].contains($0.pathExtension)
    }
    #expect(packs.count == 2)
    for file in packs { try invertEveryByte(of: file, book, sound) }
    #expect(try content(book) == sound)
  }

  @Test func aLedgerThatDoesNotVerifyIsNotExtended() throws {
    let book = try small()
    let objects = try files(book, "objects")
    for file in objects {
      let bytes = Array(try Data(contentsOf: file))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      var damaged = bytes
      damaged[bytes.count / 2] ^= 0xff
      try Data(damaged).write(to: file)
      try expectNoExtension(book, remembering: false, "\(file.lastPathComponent)")
      try Data(bytes).write(to: file)
    }
    #expect(try files(book, "objects") == objects)
    // Whoever has verified all of it before reads the newest entry again all the same.
    let tip = try #require(try book.open().standing().tip).id.hex
    let file = URL(fileURLWithPath: "\(book.path)/objects/\(tip.prefix(2))/\(tip.dropFirst(2))")
    let bytes = try Data(contentsOf: file)
    try Data(bytes.dropLast()).write(to: file)
    try expectNoExtension(book, remembering: true, "the newest entry")
    try bytes.write(to: file)
    try book.write(["notes/a": "four"], nonce: "3")
  }

  private func expectNoExtension(_ book: Notebook, remembering: Bool, _ place: String) throws {
    do {
      try Notebook.write(book.open(remembering: remembering), ["notes/d": "more"], nonce: "9")
      Issue.record("extended although \(place) is damaged")
    } catch LedgerError.broken(let broken) {
      #expect(!broken.violations.isEmpty, "\(place)")
    }
  }

  @Test func aLostObjectIsNamed() throws {
    let book = try small()
    for file in try files(book, "objects") {
      let bytes = try Data(contentsOf: file)
      try FileManager.default.removeItem(at: file)
      var named: [Invariant] = []
      do {
        named = try book.open(remembering: false).verify().broken?.violations.map(\.invariant) ?? []
      } catch LedgerError.broken(let broken) {
        named = broken.violations.map(\.invariant)
      }
      #expect(named == [.objectNames], "\(file.path)")
      try bytes.write(to: file)
    }
  }
}

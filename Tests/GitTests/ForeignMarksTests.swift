import Foundation
@testable import Git
import TestSupport
import Testing

@Suite struct ForeignMarksTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func put(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: "\(fixture.path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  @Test func `our own repository bears no marks`() throws {
    let repository = try fixture.open()
    #expect(try repository.foreignMarks() == [])
  }

  @Test func `replace references are found, loose and packed`() throws {
    let repository = try fixture.open()
    let first = try repository.commit(try #require(try repository.tree(of: ["a": "1"])))
    let second = try repository.commit(try #require(try repository.tree(of: ["a": "2"])))
    try fixture.git("replace", first.hex, second.hex)
    #expect(try repository.foreignMarks() == [.replacements])
    try fixture.git("pack-refs", "--all")
    #expect(try repository.foreignMarks() == [.replacements])
    // What git would show is not what we read.
    let shown = try fixture.git("cat-file", "commit", first.hex)
    #expect(try repository.read(first, .commit, limit: 999) != Array(shown.utf8))
  }

  @Test(arguments: [
    ("info/grafts", ForeignMark.grafts), ("objects/info/alternates", .alternates),
    ("objects/info/http-alternates", .remoteAlternates), ("shallow", .shallow),
  ])
  func `a file that bends history is found, and an empty one is none`(
    name: String, mark: ForeignMark
  ) throws {
    try put(name, "")
    let repository = try fixture.open()
    #expect(try repository.foreignMarks() == [])
    try put(name, "0123456789012345678901234567890123456789\n")
    #expect(try repository.foreignMarks() == [mark])
  }

  @Test func `clutter is counted as git counts it`() throws {
    let repository = try fixture.open()
    #expect(try repository.clutter() == Clutter(looseObjects: 0, packs: 0))
    let fanOut = "\(fixture.path)/objects/17"
    try FileManager.default.createDirectory(atPath: fanOut, withIntermediateDirectories: true)
    for number in 0..<3 {
      let name = String(format: "%038x", number)
      try Data().write(to: URL(fileURLWithPath: "\(fanOut)/\(name)"))
    }
    #expect(try repository.clutter() == Clutter(looseObjects: 768, packs: 0))
  }
}

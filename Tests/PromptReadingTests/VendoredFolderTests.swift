import Foundation
import Testing

@testable import PromptReading

struct VendoredFolderTests {
  @Test func `what no pin has is a stray, a folder as a whole`() throws {
    let folder = try Folder()
    let pins = folder.lock.pins
    #expect(try folder.vendored.strays(beside: pins).isEmpty)
    for file in [
      "notes.txt", "support.triage/extra.prompt", "support.triage/support/extra.prompt",
      "old/deep/old.prompt",
    ] {
      let url = URL(fileURLWithPath: "\(folder.vendored.path)/\(file)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: url)
    }
    try FileManager.default.createDirectory(
      atPath: "\(folder.vendored.path)/support.triage/empty", withIntermediateDirectories: false)
    #expect(
      try folder.vendored.strays(beside: pins) == [
        "notes.txt", "old/", "support.triage/empty/", "support.triage/extra.prompt",
        "support.triage/support/extra.prompt",
      ])
    #expect(
      try folder.vendored.strays(beside: []) == ["notes.txt", "old/", "support.triage/"])
  }

  @Test func `a link in the place of a folder is a stray, whatever it leads to`() throws {
    let folder = try Folder()
    let place = "\(folder.vendored.path)/support.triage"
    try FileManager.default.moveItem(atPath: place, toPath: "\(folder.home.path)/elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: place, withDestinationPath: "\(folder.home.path)/elsewhere")
    #expect(try folder.vendored.strays(beside: folder.lock.pins) == ["support.triage"])
  }

  @Test func `a folder that is not there has no strays`() throws {
    let folder = try Folder()
    let none = VendoredFolder(path: folder.home.path + "/none")
    #expect(try none.strays(beside: folder.lock.pins).isEmpty)
  }
}

import Contracts
import Keys
import Testing

@testable import PromptReading

struct PinLockTests {
  @Test func `a lock is read as it was written, and written in one form`() throws {
    let lock = try Folder().lock
    let again = try PinLock(bytes: lock.bytes)
    #expect(again == lock)
    let loose = String(decoding: lock.bytes, as: UTF8.self).filter { !$0.isWhitespace }
    #expect(try PinLock(bytes: Array(loose.utf8)).bytes == lock.bytes)
  }

  @Test func `pins are sorted and each name stands once`() throws {
    var lock = try Folder().lock
    let text = PinnedText(source: [], includes: [:])
    for (name, minor) in [("b", 0), ("a", 0), ("b", 1)] {
      let version = PinnedVersion(
        name: name, version: SemanticVersion(1, minor, 0), text, includes: [])
      lock.put(Pin(ask: name, version, inputs: []))
    }
    #expect(lock.pins.map(\.name) == ["a", "b", "support/triage"])
    #expect(lock["b"]?.version == SemanticVersion(1, 1, 0))
  }

  @Test(arguments: [
    ("\"format\": 1", "\"format\": 2", LockFault.newerFormat(2)),
    ("\"entry\": 7", "\"entry\": -1", .wrongType(field: "entry", expected: "a number")),
    ("\"entry\": 7,", "", .missing(field: "entry")),
    ("\"url\": null", "\"url\": null, \"x\": 1", .unknown(field: "registry.x")),
    (
      "\"name\": \"support/triage\"", "\"name\": \"../triage\"",
      .wrongType(field: "prompts[0].name", expected: "the name of a prompt")
    ),
    (
      "\"name\": \"support/_tone\"", "\"name\": \"/etc/passwd\"",
      .wrongType(field: "prompts[0].includes[0].name", expected: "the name of a prompt")
    ),
  ])
  func `a lock that says something else is refused with the place`(
    old: String, new: String, fault: LockFault
  ) throws {
    let text = String(decoding: try Folder().lock.bytes, as: UTF8.self)
    try #require(text.contains(old))
    let found = #expect(throws: LockFault.self) {
      try PinLock(bytes: Array(text.replacing(old, with: new).utf8))
    }
    #expect(found == fault)
  }
}

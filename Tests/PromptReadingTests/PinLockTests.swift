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

  @Test(arguments: [
    ("\"entry\": 7", "\"entry\": 8"), ("\"url\": null", "\"url\": \"https://example.com\""),
    ("\"id\": \"sha256:", "\"id\": \"sha256:f"), ("triage@^1", "triage@^1.0"),
    ("\"name\": \"support/triage\"", "\"name\": \"support/route\""),
    ("\"version\": \"1.0.0\"", "\"version\": \"1.0.1\""),
    ("\"digest\": \"sha256:", "\"digest\": \"sha256:f"), ("\"inputs\": []", "\"inputs\": [\"x\"]"),
    ("\"name\": \"support/_tone\"", "\"name\": \"support/_tune\""),
  ])
  func `a lock that says what was not written is refused`(old: String, new: String) throws {
    let text = String(decoding: try Folder().lock.bytes, as: UTF8.self)
    let places = text.ranges(of: old)
    try #require(!places.isEmpty)
    for place in places {
      // A digest keeps its length.
      let after = new.hasSuffix(":f") ? text.index(after: place.upperBound) : place.upperBound
      let changed = text.replacingCharacters(in: place.lowerBound..<after, with: new)
      try #require(changed != text)
      let fault = #expect(throws: LockFault.self) { try PinLock(bytes: Array(changed.utf8)) }
      #expect(fault == .changed)
    }
  }

  @Test func `a lock without its digest vouches for nothing`() throws {
    let lines = String(decoding: try Folder().lock.bytes, as: UTF8.self).split(separator: "\n")
    let rest = lines.filter { !$0.hasPrefix("  \"digest\"") }.joined(separator: "\n") + "\n"
    try #require(rest.count < lines.joined(separator: "\n").count)
    #expect(throws: LockFault.changed) { try PinLock(bytes: Array(rest.utf8)) }
    let found = try FoundLock(bytes: Array(rest.utf8))
    #expect(try found.lock == Folder().lock)
    #expect(lines[1] == "  \"digest\": \"\(Digest(of: rest))\",")
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

import Testing

@testable import Templates

@Suite struct PartialNameTests {
  @Test(
    "a partial's file is marked in the last part of its path",
    arguments: [
      ("tone", "_tone"), ("support/tone", "support/_tone"), ("a/b/c", "a/b/_c"),
    ])
  func path(_ name: String, _ path: String) {
    #expect(PartialName.path(of: name) == path)
    #expect(PartialName.name(at: path) == name)
  }

  @Test("the path of a prompt is no partial's", arguments: ["triage", "support/triage", "_a/b"])
  func prompt(_ path: String) {
    #expect(PartialName.name(at: path) == nil)
  }
}

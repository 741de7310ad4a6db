import Testing

@testable import PromptRegistry

struct NamesTests {
  @Test(
    "a name is lower-case segments with single inner hyphens",
    arguments: ["a", "support/triage", "a-b/c1/2d", "support/_tone", "a/b/c/d/e/f"])
  func good(_ text: String) throws {
    #expect(try PromptName(text).description == text)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "/", "a/", "/a", "a//b", "A", "a.b", "a_b", "-a", "a-", "a--b", "_a/b", "__a", "_",
      "a/b/c/d/e/f/g", "con", "a/nul", "com1", "a/_lpt9", "ä", "a b", "a\u{0}", "..", "a@1",
      String(repeating: "a", count: 129),
    ])
  func bad(_ text: String) {
    #expect(throws: InvalidName.self) { try PromptName(text) }
  }

  @Test("a partial is included by its name without the mark")
  func partials() throws {
    let tone = try PromptName("support/_tone")
    #expect(tone.isPartial)
    #expect(tone.includeName == "support/tone")
    #expect(try PromptName(including: "support/tone") == tone)
    #expect(try PromptName(including: "tone").text == "_tone")
    #expect(throws: InvalidName.self) { try PromptName(including: "support/_tone") }
    #expect(throws: InvalidName.self) { try PromptName(including: "../tone") }
  }

  @Test(
    "environments and members are words, and no word that means something else",
    arguments: ["latest", "draft", "", "1a", "-a", "a_b", "A", String(repeating: "a", count: 33)])
  func words(_ text: String) {
    #expect(throws: InvalidName.self) { try EnvironmentName(text) }
    #expect(throws: InvalidName.self) { try MemberName(text) }
  }

  @Test(
    "a pattern matches whole segments",
    arguments: [
      ("billing/**", "billing/a", true), ("billing/**", "billing/a/b", true),
      ("billing/**", "other/a", false), ("billing/*", "billing/a/b", false),
      ("**", "a/b/c", true), ("*/triage", "support/triage", true), ("a*c/d", "abc/d", true),
      ("a*c/d", "ab/d", false), ("**/x", "a/b/x", true), ("**/x", "x", true),
      ("a/**/b", "a/b", true), ("a/**/b", "a/c/d/b", true), ("a/**/b", "a/c", false),
      ("a*b*c", "axbxc", true), ("a*b*c", "axc", false), ("*-*", "a-b", true),
    ])
  func patterns(_ pattern: String, _ name: String, _ matches: Bool) throws {
    let pattern = try #require(NamePattern(pattern))
    #expect(pattern.matches(try PromptName(name)) == matches)
  }

  @Test("no pattern takes long, however many stars it has")
  func patternIsBounded() throws {
    let pattern = try #require(NamePattern(String(repeating: "*a", count: 60) + "b"))
    #expect(!pattern.matches(try PromptName(String(repeating: "a", count: 120))))
  }

  @Test(
    "what is no name is told what was meant",
    arguments: [
      ("support/triage.prompt", "support/triage"), ("prompts/a/_b.prompt", "a/_b"),
      ("./prompts/a.prompt", "a"), ("Support/Triage", "support/triage"), ("a b", nil),
      ("1.0.0", nil), ("prompts/.prompt", nil), ("", nil),
    ] as [(String, String?)])
  func guess(text: String, meant: String?) {
    let error = #expect(throws: InvalidName.self) { try PromptName(text) }
    #expect(error?.guess == meant)
  }

  @Test("the nearest word is offered only when it is near")
  func nearest() throws {
    let names = try ["support/triage", "billing/summarise"].map { try PromptName($0) }
    #expect(Nearest.name(to: try PromptName("suport/triage"), among: names) == names[0])
    #expect(Nearest.name(to: try PromptName("x"), among: names) == nil)
  }
}

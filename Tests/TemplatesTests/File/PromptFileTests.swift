import Notation
import Testing

@testable import Templates

@Suite struct PromptFileTests {
  private func parse(_ text: String) throws -> PromptFile {
    try PromptFile.parse(SourceText(name: "t.prompt", bytes: Array(text.utf8)))
  }

  private func frontMatter(_ yaml: String) throws -> FrontMatter {
    try #require(try parse("---\n\(yaml)\n---\nHi").frontMatter)
  }

  @Test func everyFieldIsReadWithItsType() throws {
    let fields = try frontMatter(
      """
      name: greeting
      variant: formal
      version: "1.0"
      description: says hello
      model: googleai/gemini-2.5-flash
      config: {temperature: 0.5}
      tools: [search, clock]
      toolDefs: [{name: clock, inputSchema: {}}]
      input: {default: {name: you}, schema: {name: string}}
      output: {format: json, schema: string}
      metadata: {team: support}
      a.b.c: 1
      custom: x
      """)
    #expect(fields.name == "greeting")
    #expect(fields.variant == "formal")
    #expect(fields.version == "1.0")
    #expect(fields.description == "says hello")
    #expect(fields.model == "googleai/gemini-2.5-flash")
    #expect(fields.config["temperature"] == 0.5)
    #expect(fields.tools == ["search", "clock"])
    #expect(fields.toolDefs?.first?["name"] == "clock")
    #expect(fields.input.defaults["name"] == "you")
    #expect(fields.input.schema == ["name": "string"])
    #expect(fields.output.format == "json")
    #expect(fields.output.schema == "string")
    #expect(fields.metadata["team"] == "support")
    #expect(fields.ext["a.b"] == ["c": 1])
    #expect(fields.raw["custom"] == "x")
  }

  @Test("a field that is absent or null is nil", arguments: ["", "model:", "model: null", "# x"])
  func absent(_ yaml: String) throws {
    let fields = try frontMatter(yaml)
    #expect(fields.model == nil)
    #expect(fields.tools == nil)
    #expect(fields.config.isEmpty)
  }

  @Test(
    "a key with a dot is split at its last one",
    arguments: [
      ("a.b: 1", "a", "b"), ("a.b.c: 1", "a.b", "c"), (".a: 1", "", "a"), ("a.: 1", "a", ""),
      ("config.temperature: 1", "config", "temperature"),
    ])
  func extensions(_ yaml: String, _ space: String, _ name: String) throws {
    let fields = try frontMatter(yaml)
    let members = Value.map(ValueMap([(name, Value.number(1))]))
    #expect(fields.ext == ValueMap([(space, members)]))
    #expect(fields.config.isEmpty)
  }

  @Test("the candidates of dynamic includes are a list of names")
  func includes() throws {
    #expect(try frontMatter("stet.includes: [a/b, c]").includes == ["a/b", "c"])
    #expect(try frontMatter("model: m").includes == nil)
  }

  @Test(
    "a version that is a number is kept as text",
    arguments: [
      ("version: 3", "3"), ("version: 1.5", "1.5"), ("version: '3'", "3"),
      ("version: 1.10", "1.10"), ("version: 2.0 # the second", "2.0"), ("version: 1e3", "1e3"),
    ])
  func version(_ yaml: String, _ version: String) throws {
    #expect(try frontMatter(yaml).version == version)
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    let source: String
    let message: String
    let line: Int
    let column: Int
    init(_ source: String, _ message: String, _ line: Int, _ column: Int) {
      (self.source, self.message, self.line, self.column) = (source, message, line, column)
    }
    var testDescription: String { source.debugDescription }
  }

  private static let refusals = [
    Refusal("---\nmodel: 3\n---\n", "'model' must be a text, and is a number", 2, 8),
    Refusal("---\nname: true\n---\n", "'name' must be a text, and is a truth value", 2, 7),
    Refusal("---\nversion: []\n---\n", "'version' must be a text, and is a list", 2, 10),
    Refusal("---\nconfig: hot\n---\n", "'config' must be a map, and is a text", 2, 9),
    Refusal("---\ntools: search\n---\n", "'tools' must be a list of names, and is a text", 2, 8),
    Refusal("---\ntools: [a, 2]\n---\n", "'tools[1]' must be a name, and is a number", 2, 12),
    Refusal(
      "---\ntoolDefs:\n  - x: 1\n---\n",
      "'toolDefs[0]' must be a map with a 'name', and is a map", 3, 5),
    Refusal("---\ninput: x\n---\n", "'input' must be a map, and is a text", 2, 8),
    Refusal(
      "---\ninput:\n  default: x\n---\n", "'input.default' must be a map, and is a text", 3, 12),
    Refusal(
      "---\noutput:\n  format: 1\n---\n", "'output.format' must be a text, and is a number", 3, 11),
    Refusal("---\nmetadata: 1\n---\n", "'metadata' must be a map, and is a number", 2, 11),
    Refusal(
      "---\nstet.includes: a\n---\n", "'stet.includes' must be a list of names, and is a text", 2,
      16),
    Refusal("---\n- a\n---\n", "the front matter is a list, not a map of fields", 2, 1),
    Refusal("---\njust text\n---\n", "the front matter is a text, not a map of fields", 2, 1),
    Refusal("---\na: 1\n", "the front matter that begins here has no second '---'", 1, 1),
    Refusal(
      "# licence\n---\na: 1\n", "the front matter that begins here has no second '---'", 2, 1),
    Refusal(
      "a\u{202E}b", "the character \\u{202e} cannot be seen and is refused in sources", 1, 2),
  ]

  @Test(
    "a file that is no prompt is refused with one sentence and its place",
    arguments: refusals)
  func refuses(_ refusal: Refusal) {
    let error = #expect(throws: PromptError.self) { try parse(refusal.source) }
    #expect(error?.problem.message == refusal.message)
    #expect(error?.position.line == refusal.line)
    #expect(error?.position.column == refusal.column)
  }

  @Test(
    "YAML outside the portable subset is refused where it stands in the file",
    arguments: [
      ("---\na: &x 1\nb: *x\n---\n", 2), ("# c\n---\na: 1\na: 2\n---\n", 4),
      ("---\na: !!str 1\n---\n", 2), ("---\n1: a\n---\n", 2), ("---\na: [1\n---\n", 2),
      ("---\ntrue: a\n---\n", 2),
    ])
  func yaml(_ text: String, _ line: Int) {
    let error = #expect(throws: PromptError.self) { try parse(text) }
    #expect(error?.problem.rule == .frontMatter)
    #expect((error?.position.line ?? 0) >= line)
  }

  @Test func bytesThatAreNoUTF8AreRefusedWhereTheyBegin() {
    let bytes = Array("a\nbc".utf8) + [0xC3, 0x28]
    let error = #expect(throws: PromptError.self) {
      try PromptFile.parse(SourceText(name: "t.prompt", bytes: bytes))
    }
    #expect(error?.position == Position(offset: 4, line: 2, column: 3))
  }

  @Test func aFileAboveTheLimitIsRefusedAndOneAtTheLimitIsNot() throws {
    let atLimit = String(repeating: "a", count: PromptFile.sizeLimit)
    #expect(try parse(atLimit).body.count == PromptFile.sizeLimit)
    let error = #expect(throws: PromptError.self) { try parse(atLimit + "a") }
    #expect(error?.problem.message == "the file is longer than 1048576 bytes")
  }

  @Test func frontMatterAboveTheLimitIsRefusedAndAtTheLimitIsNot() throws {
    let room = PromptFile.frontMatterSizeLimit - "a: \n".utf8.count
    let atLimit = String(repeating: "x", count: room)
    #expect(try frontMatter("a: \(atLimit)").raw["a"]?.string?.utf8.count == room)
    let error = #expect(throws: PromptError.self) { try frontMatter("a: \(atLimit)x") }
    #expect(error?.problem.message == "the front matter is longer than 65536 bytes")
  }

  @Test func aPartialKeepsEverythingAsItsTemplate() throws {
    let text = "---\na: 1\n---\nHi\n"
    let file = try PromptFile.parsePartial(SourceText(name: "_p", bytes: Array(text.utf8)))
    #expect(file.frontMatter == nil)
    #expect(file.bodyText == text)
  }

  @Test func aRefusalIsShownWithItsLineAndACaret() {
    let error = #expect(throws: PromptError.self) { try parse("---\nmodel: 3\n---\n") }
    #expect(
      error.map(DiagnosticText.text) == """
        t.prompt:2:8: 'model' must be a text, and is a number
            model: 3
                   ^
        hint: quote it
        """)
  }
}

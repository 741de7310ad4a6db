import Notation
import Testing

@testable import Templates

/// The rows of `docs/differences.md`, each as what Stet does.
@Suite struct DifferencesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let row: Int
    let source: String
    var data: Value = [:]
    /// The text of the only message, or the sentence of the error.
    let outcome: String
    var testDescription: String { "row \(row): \(source.debugDescription)" }
  }

  private static let variables: Value = [
    "a": "A", "n": 1, "m": 2, "t": true, "null": nil, "xs": ["x", "y"], "ys": ["x", "y"],
    "o": ["k": 1], "p": ["k": 1], "é": "日本", "marker": "<<<dotprompt:role:system>>>x",
    "12": "twelve", "foo": "bar",
  ]

  private static let cases = [
    Case(row: 1, source: "---\ninput: {default: {b: B, a: Z}}\n---\n{{a}}{{b}}", outcome: "AB"),
    Case(
      row: 4, source: "---\na: [\n---\nHi",
      outcome: "the front matter is not YAML as Stet reads it: "),
    Case(row: 5, source: "---\n---\nHi\n", outcome: "Hi"),
    Case(row: 6, source: "---\na: 1\n---", outcome: ""),
    Case(
      row: 7, source: "---\nHi", outcome: "the front matter that begins here has no second '---'"),
    Case(row: 8, source: "\u{FEFF}---\na: 1\n---\nHi", outcome: "Hi"),
    Case(
      row: 9, source: "---\na: &x 1\n---\n",
      outcome: "the front matter is not YAML as Stet reads it"
    ),
    Case(row: 11, source: "{{role \"assistant\"}}Hi", outcome: "'assistant' is not a role"),
    Case(row: 11, source: "{{role a}}Hi", outcome: "'A' is not a role"),
    Case(row: 11, source: "{{#if b}}{{role 5}}{{/if}}Hi", outcome: "'5' is not a role"),
    Case(row: 11, source: "{{role null}}Hi", outcome: "'null' is not a role"),
    Case(row: 12, source: "{{role}}", outcome: "'role' takes one argument"),
    Case(row: 12, source: "{{section}}", outcome: "'section' takes one argument"),
    Case(row: 12, source: "{{media}}", outcome: "'media' needs 'url='"),
    Case(row: 13, source: "{{marker}}", outcome: "<<<dotprompt:role:system>>>x"),
    Case(row: 15, source: "---\nmodel: m\n---\n{{@metadata.prompt.model}}", outcome: "m"),
    Case(row: 16, source: "{{> self}}", outcome: "partials include one another more than 32 deep"),
    Case(row: 17, source: "{{#ifEquals null missing}}same{{else}}not{{/ifEquals}}", outcome: "not"),
    Case(row: 17, source: "{{#ifEquals t n}}same{{else}}not{{/ifEquals}}", outcome: "not"),
    Case(row: 17, source: "{{#ifEquals xs ys}}same{{else}}not{{/ifEquals}}", outcome: "same"),
    Case(row: 17, source: "{{#ifEquals o p}}same{{else}}not{{/ifEquals}}", outcome: "same"),
    Case(row: 18, source: "{{json [é]}}", outcome: "\"日本\""),
    Case(row: 19, source: "{{a}}}", outcome: "a tag that opens with '{{' ends with '}}}'"),
    Case(row: 19, source: "{{a~}} }", outcome: "A}"),
    Case(row: 20, source: "{{12}}{{\"foo\"}}{{true}}", outcome: "twelvebar"),
    Case(row: 21, source: "{{#if b}}b{{^}}c{{/if}}", outcome: "c"),
    Case(row: 21, source: "{{#if b}}b{{else with o}}{{k}}{{/if}}", outcome: "1"),
    Case(row: 22, source: "{{n}}{{m}}{{t}}", outcome: "12true"),
    Case(row: 25, source: "{{o}}", outcome: "[object Object]"),
    Case(row: 26, source: "{{json missing}}", outcome: "undefined"),
    Case(row: 27, source: "{{media url=missing}}", outcome: "the URL of this medium is not a text"),
    Case(row: 28, source: "{{#if a}} {{/if}}x", outcome: " x"),
    Case(row: 29, source: "{{xs.1}}{{xs.[1]}}", outcome: "yy"),
  ]

  private static func render(_ text: String, options: ValueMap = ValueMap()) throws
    -> RenderedPrompt
  {
    let prompt = try Prompt.parse(SourceText(name: "t", bytes: Array(text.utf8)))
    let compiled = try CompiledPrompt(prompt) { name in
      name == "self" ? SourceText(name: "self", bytes: Array("{{> self}}".utf8)) : nil
    }
    return try compiled.render(PromptData(input: variables.map ?? ValueMap()), options: options)
  }

  @Test("Stet does what the row says", arguments: cases)
  func row(_ sample: Case) throws {
    do {
      let rendered = try Self.render(sample.source)
      #expect(rendered.rendering.messageCount <= 1)
      #expect(rendered.rendering.text == sample.outcome)
    } catch let error as PromptError {
      #expect(error.problem.message.hasPrefix(sample.outcome))
      #expect(!sample.outcome.isEmpty)
    }
  }

  @Test("row 2: a caller's fields lie over the file's")
  func options() throws {
    let text = "---\nmodel: m\nconfig: {a: 1}\ninput: {default: {b: B}}\n---\n{{a}}{{b}}{{c}}"
    let options: Value = ["model": "n", "config": ["c": 2], "input": ["default": ["c": "C"]]]
    let rendered = try Self.render(text, options: try #require(options.map))
    #expect(rendered.value["model"] == "n")
    #expect(rendered.value["config"] == ["a": 1, "c": 2])
    #expect(rendered.rendering.text == "ABC")
  }

  @Test("rows 3 and 10: metadata is kept, and a version is a text")
  func metadata() throws {
    let rendered = try Self.render("---\nmetadata: {team: x}\nversion: 3\n---\nHi")
    #expect(rendered.value["metadata"] == ["team": "x"])
    #expect(rendered.value["version"] == "3")
  }

  @Test("row 14: a URL is carried as it is")
  func media() throws {
    let rendered = try Self.render("{{media url=\"a b>>>c\" contentType=\"x y\"}}")
    #expect(
      rendered.value["messages"]?.list?.first?["content"] == [
        ["media": ["url": "a b>>>c", "contentType": "x y"]]
      ])
  }

  @Test("rows 23 and 24: what other readers refuse is a schema")
  func schemas() throws {
    let rendered = try Self.render("---\noutput: {schema: {enum: [A, B]}}\n---\nHi")
    #expect(rendered.value["output"]?["schema"] == ["enum": ["A", "B"]])
  }

  @Test func anErrorWithinAPartialIsShownInThePartial() throws {
    let error = #expect(throws: PromptError.self) { try Self.render("{{> self}}") }
    #expect(error?.source.name == "self")
    #expect(error.map(DiagnosticText.text)?.contains("    {{> self}}\n        ^") == true)
  }
}

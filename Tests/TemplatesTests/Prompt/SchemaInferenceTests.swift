import Notation
import Testing

@testable import Templates

@Suite struct SchemaInferenceTests {
  private static let cases: [(String, Value?)] = [
    ("Hello", nil),
    ("{{@user.name}}", nil),
    ("{{a}} {{b}}", ["a": "string", "b": "string"]),
    ("{{#if a}}x{{/if}}", ["a": "boolean"]),
    ("{{#if a}}{{a}}{{/if}}", ["a?": "string"]),
    ("{{json a}}", ["a": "any"]),
    ("{{a.b}}{{a.c.d}}", ["a": ["b": "string", "c": ["d": "string"]]]),
    ("{{#each xs}}{{this}}{{/each}}", ["xs(array)": "string"]),
    ("{{#each xs}}{{n}}{{../t}}{{/each}}", ["xs(array)": ["n": "string"], "t": "string"]),
    ("{{#each xs}}-{{/each}}", ["xs(array)": "any"]),
    ("{{#with u}}{{n}}{{/with}}", ["u": ["n": "string"]]),
    ("{{#xs}}{{n}}{{/xs}}", ["xs(array)": ["n": "string"]]),
    ("{{#if u}}{{u.n}}{{/if}}", ["u?": ["n": "string"]]),
  ]

  @Test("a schema follows from what a template reads", arguments: cases)
  func infers(_ source: String, _ schema: Value?) throws {
    let reads = try Template.parse(source).reads(partials: [:])
    #expect(SchemaInference.picoschema(for: reads) == schema)
  }

  @Test("what is inferred is Picoschema, and lint has nothing to say about it", arguments: cases)
  func isClean(_ source: String, _ schema: Value?) throws {
    guard let schema else { return }
    let input: Value = ["input": ["schema": schema]]
    let map = try #require(input.map)
    let text = PromptWriter.text(map, body: source)
    let findings = Lint.findings(
      inPrompt: SourceText(name: "t", bytes: Array(text.utf8)), .init(partial: { _ in nil }))
    #expect(findings.map(DiagnosticText.text) == [])
  }
}

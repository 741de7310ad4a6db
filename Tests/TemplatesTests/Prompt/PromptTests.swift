import Notation
import Testing

@testable import Templates

@Suite struct PromptTests {
  private static func source(_ name: String, _ text: String) -> SourceText {
    SourceText(name: name, bytes: Array(text.utf8))
  }

  private func parse(_ text: String) throws -> Prompt {
    try Prompt.parse(Self.source("t.prompt", text))
  }

  private func closure(_ text: String, _ partials: [String: String]) throws -> Closure {
    try parse(text).closure { name in partials[name].map { Self.source(name, $0) } }
  }

  @Test func schemasAreCompiledInTheMetadataToo() throws {
    let prompt = try parse(
      "---\ninput: {schema: {a: string}}\noutput: {schema: number}\n---\n{{a}}")
    #expect(prompt.inputSchema?.value["required"] == ["a"])
    let metadata = try prompt.metadata().values
    #expect(metadata["input"]?["schema"] == prompt.inputSchema?.value)
    #expect(metadata["output"]?["schema"] == ["type": "number"])
  }

  @Test func whatACallerGivesLiesOverTheFileAndIsResolvedWithIt() throws {
    var environment = PromptEnvironment()
    environment.tool = { $0 == "clock" ? ["name": "clock"] : nil }
    environment.modelConfig = { $0 == "n" ? Value(dictionaryLiteral: ("topK", 1)).map : nil }
    let prompt = try Prompt.parse(
      Self.source("t", "---\nmodel: m\ninput: {schema: {a: string}}\n---\n"), in: environment)
    let options: Value = ["model": "n", "tools": ["clock"], "input": ["schema": "number"]]
    let metadata = try prompt.metadata(overlaying: try #require(options.map)).values
    #expect(metadata["config"] == ["topK": 1])
    #expect(metadata["tools"] == [])
    #expect(metadata["toolDefs"] == [["name": "clock"]])
    #expect(metadata["input"]?["schema"] == ["type": "number"])
    let broken: Value = ["output": ["schema": "text"]]
    let fields = try #require(broken.map)
    #expect(throws: PromptError.self) { try prompt.metadata(overlaying: fields) }
  }

  @Test(
    "what is wrong with the template or a schema is placed in the file",
    arguments: [
      ("---\nmodel: m\n---\n\n {{#if a}}", "the block 'if' is never closed", 5, 2),
      (
        "---\noutput:\n  schema: [a]\n---\n",
        "a schema is a type or a map of fields, and this is a list", 3, 11
      ),
      (
        "---\ninput:\n  schema:\n    a(list): string\n---\n",
        "a field can be (array), (object) or (enum), not (list)", 4, 5
      ),
    ])
  func refuses(_ text: String, _ message: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: PromptError.self) { try parse(text) }
    #expect(error?.problem.message == message)
    #expect(error?.position.line == line)
    #expect(error?.position.column == column)
  }

  @Test func aClosureNamesEachPartialOnceInTheOrderOfReading() throws {
    let closure = try closure(
      "{{> b}}{{#if x}}{{> a/x}}{{/if}}{{> b}}{{> (lookup . \"d\")}}",
      ["b": "{{> c}}{{> a/x}}", "c": "", "a/x": "{{> b}}", "z": ""])
    #expect(closure.names == ["b", "c", "a/x"])
    #expect(closure.missing.isEmpty)
    #expect(closure.dynamic.count == 1)
  }

  @Test func theCandidatesOfADynamicIncludeBelongToTheClosure() throws {
    let closure = try closure(
      "---\nstet.includes: [c, a]\n---\n{{> b}}{{> (lookup . \"d\")}}{{> a}}",
      ["a": "", "b": "", "c": "{{> e}}", "e": ""])
    #expect(closure.names == ["b", "c", "e", "a"])
    #expect(closure.dynamic.isEmpty)
  }

  @Test func whatIsMissingIsNamedWithItsPlace() throws {
    let closure = try closure("{{> a}} {{> gone}}{{#> lost}}x{{/lost}}", ["a": "{{> none}}"])
    #expect(closure.missing.map(\.name) == ["none", "gone"])
    #expect(closure.missing.map(\.template.name) == ["a", "t.prompt"])
    #expect(closure.missing.map(\.range) == [4..<8, 12..<16])
    #expect(closure.missing.map(\.tag) == [4..<5, 12..<16])
  }

  @Test func readsOfPartialsAreReadsOfThePrompt() throws {
    let prompt = try parse("{{> row title=name}}{{#each xs}}{{> row}}{{/each}}")
    let closure = try prompt.closure { _ in Self.source("row", "{{title}}{{cell}}{{@user}}") }
    #expect(prompt.reads(closure).variables == ["name", "cell", "xs"])
    #expect(prompt.reads(closure).isComplete)
  }
}

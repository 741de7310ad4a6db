import Notation
import Testing

@testable import Templates

@Suite struct LintTests {
  private static let partials = [
    "tone": "Be {{tone}} to {{name}}.", "outer": "{{> gone}}", "choice": "{{> (lookup . \"x\")}}",
    "broken": "{{#if a}}", "layout": "<{{> nav}}>",
  ]

  /// The findings as `line:column id`, apart from the suggestion of a schema.
  private func lint(_ text: String, name: String = "t.prompt") -> [String] {
    Lint.findings(inPrompt: Self.source(name, text), Self.surroundings)
      .filter { $0.rule != .noSchema }.map(Self.short)
  }

  private func lint(partial text: String) -> [String] {
    Lint.findings(inPartial: Self.source("_p", text), Self.surroundings).map(Self.short)
  }

  private static func source(_ name: String, _ text: String) -> SourceText {
    SourceText(name: name, bytes: Array(text.utf8))
  }

  private static var surroundings: Lint.Surroundings {
    Lint.Surroundings(partial: { name in
      partials[name].map { source(name, $0) }
    })
  }

  private static func short(_ finding: Finding) -> String {
    "\(finding.line):\(finding.column) \(finding.id)"
  }

  private func schema(_ fields: String, _ body: String) -> String {
    "---\ninput:\n  schema:\n    \(fields)\n---\n\(body)"
  }

  @Test func aFixShowsWhatTheTemplateWrites() {
    let text = schema(
      "list(array):\n      key: string",
      "{{#each list}}{{this}}{{/each}}{{#each list as |item|}}{{item}}{{/each}}")
    let fixes = Lint.findings(inPrompt: Self.source("t.prompt", text), Self.surroundings)
      .filter { $0.rule == .objectAsText }.map(\.fix)
    #expect(fixes == ["write '{{json this}}'", "write '{{json item}}'"])
  }

  @Test func oneFaultDoesNotHideAnother() {
    let text = """
      ---
      model: acme/latest
      input:
        schema:
          tags: string[]
          name: text
      config: hot
      ---
      {{#if a > 1}}{{foo x}}{{/if}} {{bar y}}
      {{role "assistant"}}{{x}}}
      {{/section}}
      """
    #expect(
      lint(text) == [
        "2:8 floating-model", "5:11 list-brackets", "6:11 picoschema", "7:9 field-type",
        "9:9 operator", "9:16 unknown-helper", "9:33 unknown-helper", "10:8 unknown-role",
        "10:21 closing-brace", "11:1 section-block",
      ])
  }

  @Test(
    "a fault of the parser is named once, by its most exact rule",
    arguments: [
      ("{{#if a >= 1}}x{{/if}}", ["1:9 operator"]),
      ("{{x}}}", ["1:1 closing-brace"]),
      ("{{section}}\nBe\n{{/section}}", ["3:1 section-block"]),
      ("{{#section \"a\"}}x{{/section}}", ["1:1 section-block", "1:18 section-block"]),
      ("{{else if (foo a)}}", ["1:11 unknown-helper"]),
      ("{{#if a}}x", ["1:1 template"]),
      ("a\n{{role}}", ["2:3 template"]),
      ("{{media}}", ["1:1 template"]),
      ("<<<dotprompt:role:assistant>>>", ["1:1 unknown-role"]),
      ("{{", ["1:1 template"]),
    ])
  func once(_ text: String, _ findings: [String]) {
    #expect(lint(text) == findings)
  }

  @Test(
    "operators are found with and without spaces, and not within texts",
    arguments: [
      ("{{#if a==b}}x{{/if}}", ["1:7 operator"]), ("{{#if !a}}x{{/if}}", ["1:7 operator"]),
      ("{{#if a && b}}x{{/if}}", ["1:9 operator"]), ("{{#if \"a >= b\"}}x{{/if}}", []),
      ("{{> tone name=\"a\" tone=\"b\"}}", []), ("{{! a >= b }}", []), ("\\{{a >= b}}", []),
      ("{{{{raw}}}}{{a >= b}}{{{{/raw}}}}", []),
    ])
  func operators(_ text: String, _ findings: [String]) {
    #expect(lint(text).filter { $0.hasSuffix("operator") } == findings)
  }

  @Test func aPartialIsJudgedWhereItIsIncluded() {
    #expect(lint(partial: "Be {{tone}}.") == [])
    #expect(lint(schema("name: string", "{{> tone}}")) == ["6:1 undeclared"])
    #expect(lint(schema("name: string", "{{> tone tone=\"kind\"}}")) == [])
    #expect(lint(schema("name: string", "{{#if name}}{{> tone}}{{/if}}")) == ["6:13 undeclared"])
  }

  @Test func whatAPartialLacksIsShownInItAndWhereItIsIncluded() {
    #expect(lint(partial: "{{> gone}}") == ["1:5 missing-partial"])
    #expect(lint("Hi {{> outer}}") == ["1:8 missing-partial"])
    #expect(lint("{{> broken}}") == ["1:1 template"])
  }

  @Test func aFallbackOrAnInlinePartialStandsInForAMissingOne() {
    #expect(lint("{{#> gone}}x{{/gone}}") == [])
    #expect(lint("{{#*inline \"gone\"}}x{{/inline}}{{> gone}}") == [])
    #expect(lint("{{#> layout}}{{#*inline \"nav\"}}x{{/inline}}{{/layout}}") == [])
    #expect(lint("{{> layout}}") == ["1:5 missing-partial"])
  }

  @Test func onlyAPromptCanListWhatADynamicIncludeChoosesFrom() {
    #expect(lint(partial: "{{> (lookup . \"x\")}}") == [])
    #expect(lint("{{> choice}}") == ["1:5 dynamic-partial"])
    #expect(lint("---\nstet.includes: [tone]\n---\n{{> choice}}") == [])
    #expect(lint("---\nstet.includes: [gone]\n---\n{{> choice}}") == ["4:5 missing-partial"])
  }

  @Test(
    "what is read and what is declared are compared part by part",
    arguments: [
      ("u:\n      p: string", "{{u.p}}{{u.m}}", ["7:10 undeclared"]),
      (
        "xs(array):\n      p: string", "{{#each xs}}{{p}}{{m}}{{../q}}{{/each}}",
        ["7:20 undeclared", "7:25 undeclared"]
      ),
      ("xs(array):\n      p: string", "{{#xs}}{{p}}{{m}}{{/xs}}", ["7:15 undeclared"]),
      ("flag: boolean\n    p: string", "{{#flag}}{{p}}{{/flag}}", []),
      ("u:\n      p: string", "{{#with u}}{{p}}{{m}}{{/with}}", ["7:19 undeclared"]),
      ("a: any", "{{a.b.c}}", []),
      ("(*): string", "{{a}}", []),
      ("a: string", "{{json this}}", []),
      ("a: string", "{{lookup this \"a\"}}", []),
      ("xs(array): string", "{{xs}}{{xs.length}}", []),
      ("xs(array):\n      p: string", "{{xs}}", ["7:3 object-as-text"]),
      ("role: string", "{{role \"user\"}}", ["4:5 helper-name"]),
      ("role: string", "{{this.role}}", []),
      ("a: string", "{{@user.name}}{{a}}", []),
    ])
  func variables(_ fields: String, _ body: String, _ findings: [String]) {
    #expect(lint(schema(fields, body)) == findings)
  }

  @Test(
    "a model's name is exact with a date, a version or a build",
    arguments: [
      ("gpt-4o-2024-08-06", true), ("claude-3-opus-20240229", true), ("gpt-4-0613", true),
      ("googleai/gemini-2.5-flash", true), ("gemini-pro-001", true), ("llama3:8b", true),
      ("model@sha256", true), ("gpt-4o", false), ("claude-3-5-sonnet-latest", false),
      ("gemini-pro", false), ("vertexai/gemini-2.0-flash-preview", false), ("v2.1/model", false),
    ])
  func models(_ model: String, _ isExact: Bool) {
    #expect(ModelName.isExact(model) == isExact)
  }

  @Test func aPromptWithoutASchemaIsShownOneThatFits() {
    let text = "Hi {{> tone}}\n{{#each xs}}{{this}}{{/each}}"
    let findings = Lint.findings(inPrompt: Self.source("t", text), Self.surroundings)
    #expect(findings.map(Self.short) == ["1:4 no-schema"])
    #expect(
      findings.first?.fix == """
        declare them in the front matter:
        input:
          schema:
            tone: string
            name: string
            xs(array): string

        """)
    #expect(lint("Hello") == [])
  }

  @Test func aSecretIsNeverShown() {
    let token = "ghp_" + String(repeating: "aB3", count: 12)
    let findings = Lint.findings(inPrompt: Self.source("t", "use \(token)!"), Self.surroundings)
    #expect(findings.map(\.id) == ["secret"])
    #expect(findings.allSatisfy { !DiagnosticText.text($0).contains("aB3") })
  }

  @Test func aFileThatIsNoTextHasOneFinding() {
    let source = SourceText(name: "t", bytes: [0x61, 0xFF, 0x62])
    #expect(Lint.findings(inPrompt: source, Self.surroundings).map(\.id) == ["encoding"])
    let long = SourceText(name: "t", bytes: Array(repeating: 0x61, count: PromptFile.sizeLimit + 1))
    #expect(Lint.findings(inPrompt: long, Self.surroundings).map(\.id) == ["limit"])
  }

  @Test func aByteOrderMarkShiftsNoColumn() {
    #expect(lint("\u{FEFF}{{#if a}}x") == ["1:1 template"])
    #expect(lint("\u{FEFF}{{foo x}}") == ["1:3 unknown-helper"])
  }

  @Test func theNumberOfRemarksOfOneKindIsBounded() {
    #expect(lint(String(repeating: "\u{202E}", count: 50)).count == 20)
  }

  @Test func partialsThatMultiplyOneAnotherAreFollowedInBoundedTime() {
    let surroundings = Lint.Surroundings(partial: { name in
      guard let number = Int(name), number < 40 else { return Self.source(name, "{{a}}") }
      return Self.source(name, "{{> \(number + 1)}}{{> \(number + 1)}}")
    })
    let text = schema("a: string\n    b: string", "{{> 1}}")
    let findings = Lint.findings(inPrompt: Self.source("t", text), surroundings)
    #expect(findings.map(Self.short) == [])
  }
}

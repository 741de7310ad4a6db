import Foundation
import Notation
import TestSupport
import Testing

@testable import Templates

/// The examples of `docs/lint.md`, run.
@Suite struct LintRulesTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let id: String
    let bad: String?
    let good: String?
    var testDescription: String { id }
  }

  static let page =
    (try? String(
      contentsOf: Checkout.root.appendingPathComponent("docs/lint.md"), encoding: .utf8)) ?? ""

  static let examples: [Example] = page.components(separatedBy: "\n### `").dropFirst().map { part in
    let section = part.components(separatedBy: "\n## ")[0]
    let blocks = section.components(separatedBy: "```text\n").dropFirst().map {
      ($0.components(separatedBy: "\n```")[0] + "\n")
        .replacingOccurrences(of: "\\u{202e}", with: "\u{202E}")
    }
    return Example(
      id: String(part.prefix { $0 != "`" }), bad: blocks.first, good: blocks.dropFirst().first)
  }

  static func lint(_ text: String) -> [Finding] {
    let tone = SourceText(name: "support/tone", bytes: Array("Be {{#if kind}}kind{{/if}}.".utf8))
    return Lint.findings(
      inPrompt: SourceText(name: "t.prompt", bytes: Array(text.utf8)),
      Lint.Surroundings(
        partial: { $0 == "support/tone" ? tone : nil }, partialNames: ["support/tone"]))
  }

  @Test func thePageNamesEveryRuleOnceAndNoOther() {
    #expect(Self.examples.map(\.id).sorted() == LintRule.allCases.map(\.rawValue).sorted())
  }

  @Test("the page says of each rule how grave it is", arguments: LintRule.allCases)
  func severity(_ rule: LintRule) {
    #expect(Self.page.contains("### `\(rule.rawValue)`\n\n*\(rule.severity.rawValue).*"))
  }

  @Test("the page names every shape of a secret", arguments: Set(SecretShape.names))
  func shapes(_ name: String) {
    #expect(Self.page.contains(name))
  }

  @Test("the bad example has the finding, and no other error", arguments: examples)
  func bad(_ example: Example) {
    guard let bad = example.bad else { return }
    let findings = Self.lint(bad)
    #expect(findings.contains { $0.id == example.id })
    #expect(findings.allSatisfy { $0.id == example.id || $0.severity == .warning })
  }

  @Test("the good example has no finding, but that it may lack a schema", arguments: examples)
  func good(_ example: Example) {
    guard let good = example.good else { return }
    let findings = Self.lint(good).filter { $0.rule != .noSchema || example.id == $0.id }
    #expect(findings.map(DiagnosticText.text) == [])
  }

  @Test func onlyRulesAboutWholeFilesHaveNoExample() {
    #expect(
      Self.examples.filter { $0.bad == nil || $0.good == nil }.map(\.id) == ["encoding", "limit"])
  }
}

import TestSupport
import Testing

@testable import Templates

/// Sources that nobody writes by mistake.
@Suite struct HostileSourceTests {
  private static let pieces = [
    "{{", "}}", "{{{", "}}}", "{{{{", "{{!--", "--}}", "{{\"", "{{#if a}}", "{{/if}}", "{{else}}",
    "{{> a}}", "\\{{", "<<<dotprompt:", "<<<dotprompt:section ", "<<<dotprompt:role:", ">>>",
    "---\n", "\r", "# \n", "eyJ-", "sk-", "{{a.b ", "(", "[", "|", "a: ", "- ", "{a", "&x ", "\"",
    "\u{FE00}", "\u{FEFF}", "é",
  ]

  private static func lint(_ text: String) -> [Finding] {
    let source = SourceText(name: "t", bytes: Array(text.utf8))
    return Lint.findings(inPrompt: source, .init(partial: { _ in source }))
  }

  /// Where the work grew with the square of the length, nobody would wait for the end of this.
  @Test("one piece over and over is linted to the end", arguments: pieces)
  func repeated(_ piece: String) {
    let text = String(repeating: piece, count: (32 << 10) / piece.utf8.count)
    for source in [text, "---\na: 1\n---\n" + text] {
      #expect(Self.lint(source).allSatisfy { $0.position.offset <= source.utf8.count })
    }
  }

  @Test(
    "any mixture of pieces is linted, and every place lies within the source",
    arguments: 0..<300)
  func mixed(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let count = Int.random(in: 0...40, using: &random)
    let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    for finding in Self.lint(text) {
      #expect((0...text.utf8.count).contains(finding.position.offset))
      #expect(!DiagnosticText.text(finding).isEmpty)
    }
  }

  @Test("any bytes are linted", arguments: 0..<300)
  func bytes(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let count = Int.random(in: 0...60, using: &random)
    let bytes =
      Array("---\n".utf8) + (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    let source = SourceText(name: "t", bytes: bytes)
    let findings = Lint.findings(inPrompt: source, .init(partial: { _ in nil }))
    #expect(findings.allSatisfy { $0.position.offset <= bytes.count })
  }
}

import Notation
import TestSupport
import Testing

@testable import Templates

@Suite struct PromptWriterTests {
  private func parse(_ text: String) throws -> PromptFile {
    try PromptFile.parse(SourceText(name: "t", bytes: Array(text.utf8)))
  }

  @Test("what is written is read back the same", arguments: 0..<200)
  func roundTrip(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let fields = Self.map(depth: 2, &random)
    let body = Self.text(&random)
    let file = try parse(PromptWriter.text(fields, body: body))
    if let frontMatter = file.frontMatter {
      #expect(frontMatter.raw == fields)
      #expect(file.bodyText == Self.trimmed(body))
    } else {
      #expect(fields.isEmpty)
      #expect(file.bodyText == body)
    }
  }

  @Test(
    "a template that looks like front matter is kept as a template",
    arguments: [
      "---\na: 1\n---\nHi", "---", "# x\n---\n---\n", "----", "#\n",
    ])
  func fences(_ body: String) throws {
    let file = try parse(PromptWriter.text(ValueMap(), body: body))
    #expect(file.bodyText == body || file.bodyText == Self.trimmed(body))
    #expect(file.frontMatter?.raw.isEmpty != false)
  }

  @Test(
    "the file of a new prompt renders and lint has nothing to say",
    arguments: [
      Scaffold.Style.text, .chat,
    ])
  func scaffold(_ style: Scaffold.Style) throws {
    let source = SourceText(name: "new.prompt", bytes: Array(Scaffold.prompt(style).utf8))
    let prompt = try Prompt.parse(source)
    #expect(prompt.inputSchema?.value["required"] == ["text"])
    let findings = Lint.findings(inPrompt: source, .init(partial: { _ in nil }))
    #expect(findings.map(DiagnosticText.text) == [])
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars.drop(while: \.isTrimmed)
    let end = scalars.lastIndex { !$0.isTrimmed }.map { scalars.index(after: $0) }
    return String(scalars[..<(end ?? scalars.startIndex)])
  }

  private static let pieces = [
    "a", "yes", "---", "\n", "\n---\n", " ", "\t", "#", ":", "- ", "é", "日本", "{{x}}", "'", "\"",
    "1e3", "\\", "\r\n", "🎉", "&a", "*", "| ", "null", "\u{3000}", "%",
  ]

  private static func text(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...8, using: &random)
    return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  private static func map(depth: Int, _ random: inout SeededGenerator) -> ValueMap {
    var map = ValueMap()
    for index in 0..<Int.random(in: 0...4, using: &random) {
      map["x\(index)\(text(&random))"] = value(depth: depth - 1, &random)
    }
    return map
  }

  private static func value(depth: Int, _ random: inout SeededGenerator) -> Value {
    switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .number(Double(Int.random(in: -1000...1000, using: &random)) / 4)
    case 3, 4: .string(text(&random))
    case 5: .list((0..<2).map { _ in value(depth: depth - 1, &random) })
    default: .map(map(depth: depth, &random))
    }
  }
}

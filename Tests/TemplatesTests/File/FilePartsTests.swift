import Testing

@testable import Templates

@Suite struct FilePartsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let source: String
    let header: String
    let frontMatter: String?
    let body: String
    init(_ source: String, header: String = "", _ frontMatter: String?, _ body: String) {
      self.source = source
      self.header = header
      self.frontMatter = frontMatter
      self.body = body
    }
    var testDescription: String { source.debugDescription }
  }

  private static let cases = [
    Case("---\na: 1\n---\nHello\n", "a: 1\n", "Hello"),
    Case("---\r\na: 1\r\n---\r\nHello\r\n", "a: 1\r\n", "Hello"),
    Case("---\ra: 1\r---\rHello\r", "a: 1\r", "Hello"),
    Case("---  \na: 1\n---\t\n\n Hello \n ", "a: 1\n", "Hello"),
    Case("# licence\n\n#x\n---\na: 1\n---\nHi", header: "# licence\n\n#x\n", "a: 1\n", "Hi"),
    Case("# licence\r\n\r\n---\r\n---\r\nHi", header: "# licence\r\n\r\n", "", "Hi"),
    Case("---\n---\nHi", "", "Hi"),
    Case("---\na: 1\n---", "a: 1\n", ""),
    Case("---\na: |\n  ---\n  x\n---\nHi", "a: |\n  ---\n  x\n", "Hi"),
    Case("---\na: 1\n---\nHi\n---\nmore", "a: 1\n", "Hi\n---\nmore"),
    Case("---\n---\n\u{A0}\u{3000}\u{FEFF}Hi\u{2003}\u{2028}", "", "Hi"),
    Case("---\n---\n \n\t\n", "", ""),
    Case("\u{FEFF}---\na: 1\n---\nHi", "a: 1\n", "Hi"),
    Case("\u{FEFF}Hi\n", nil, "Hi\n"),
    Case("Hello\n", nil, "Hello\n"),
    Case("", nil, ""),
    Case("# heading\nText\n", nil, "# heading\nText\n"),
    Case("Text\n---\na: 1\n---\n", nil, "Text\n---\na: 1\n---\n"),
    Case(" ---\na: 1\n---\n", nil, " ---\na: 1\n---\n"),
    Case("----\na: 1\n----\n", nil, "----\na: 1\n----\n"),
    Case("--- # comment\na: 1\n---\n", nil, "--- # comment\na: 1\n---\n"),
  ]

  @Test("a file falls into its parts", arguments: cases)
  func parts(_ sample: Case) throws {
    let source = SourceText(name: "t.prompt", bytes: Array(sample.source.utf8))
    let parts = try FileParts(of: source)
    func text(_ range: Range<Int>) -> String {
      String(decoding: source.bytes[range], as: UTF8.self)
    }
    #expect(text(parts.header) == sample.header)
    #expect(parts.frontMatter.map(text) == sample.frontMatter)
    #expect(text(parts.body) == sample.body)
  }

  @Test(
    "a fence that is never closed is an error where it opens",
    arguments: [
      ("---\na: 1\n", 0), ("---", 0), ("# l\n---\n--- x\n ---\n", 4), ("---\nHi\n----\n", 0),
    ])
  func unclosed(_ text: String, _ offset: Int) {
    let error = #expect(throws: FileParts.UnclosedFence.self) {
      try FileParts(of: SourceText(name: "t.prompt", bytes: Array(text.utf8)))
    }
    #expect(error?.offset == offset)
  }

  @Test func aFenceInAPartialIsText() {
    let text = "---\na: 1\n---\nHi\n"
    let parts = FileParts(ofPartial: SourceText(name: "_p", bytes: Array(text.utf8)))
    #expect(parts.frontMatter == nil)
    #expect(parts.body == 0..<text.utf8.count)
  }
}

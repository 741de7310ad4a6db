import Notation
import Testing

@Suite struct PartsTests {
  @Test(arguments: [
    ("", [""]), ("a", ["a"]), ("a/b", ["a", "b"]), ("/a//", ["", "a", "", ""]),
    ("é/日本/x", ["é", "日本", "x"]),
  ])
  func `a text is its parts with the separator between them`(_ text: String, _ parts: [Substring]) {
    #expect(text.parts(between: "/") == parts)
    #expect(text.dropFirst(0).parts(between: "/").joined(separator: "/") == text)
  }

  @Test func `a separator with an accent upon it still separates`() {
    #expect(
      "a/\u{301}b".parts(between: "/").map { Array($0.unicodeScalars) } == [
        ["a"], ["\u{301}", "b"],
      ])
  }

  @Test func `the last of a few parts has the rest`() {
    #expect("1-a-b".parts(between: "-", maxSplits: 1) == ["1", "a-b"])
  }
}

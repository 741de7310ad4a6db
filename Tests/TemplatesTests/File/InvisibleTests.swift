import Testing

@testable import Templates

@Suite struct InvisibleTests {
  private func offsets(_ text: String) -> [Int] {
    Invisible.occurrences(in: SourceText(name: "t", bytes: Array(text.utf8))).map(\.offset)
  }

  @Test(
    "what a reader cannot see is refused",
    arguments: [
      "\u{202E}", "\u{2066}", "\u{61C}", "\u{E0041}", "\u{200B}", "\u{2060}", "\u{AD}", "\u{FEFF}",
      "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{3164}", "\u{FFF9}",
    ])
  func refused(_ character: String) {
    #expect(offsets("é" + character + "b") == [2])
  }

  @Test(
    "what scripts and emoji need is allowed",
    arguments: [
      "a\tb\r\nc\n", "می\u{200C}خواهم", "👩‍👩‍👧‍👦", "❤\u{FE0F}", "\u{200E}a\u{200F}", "葛\u{E0100}", "日本語",
      "e\u{301}",
    ])
  func allowed(_ text: String) {
    #expect(offsets(text).isEmpty)
  }

  @Test func aSecondVariationSelectorInARowCarriesHiddenBytes() {
    #expect(offsets("a\u{FE00}\u{FE01}b") == [4])
  }

  @Test func aByteOrderMarkInFrontIsNoFinding() {
    #expect(offsets("\u{FEFF}a") == [])
    #expect(offsets("\u{FEFF}\u{FEFF}") == [3])
  }

  @Test func refusedCharactersAreSpelledOutForPeople() {
    #expect(Invisible.spelledOut("a\u{202E}b\u{200D}") == "a\\u{202e}b\u{200D}")
  }
}

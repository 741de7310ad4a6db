import Notation
import Testing

@testable import Templates

@Suite struct ExcerptTests {
  private func excerpt(
    _ line: String, column: Int, length: Int = 1, _ subject: Excerpt.Subject = .asIs
  ) -> [String] {
    let source = SourceText(name: "t", bytes: Array("first\n\(line)\nlast".utf8))
    let place = Position(offset: 0, line: 2, column: column)
    let excerpt = Excerpt(of: source, at: place, length: length, showing: subject)
    return [excerpt.line, excerpt.marker]
  }

  @Test func theMarkerStandsUnderThePlace() {
    #expect(excerpt("abc def", column: 5, length: 3) == ["abc def", "    ^~~"])
  }

  @Test func aPlaceBehindTheLineIsMarkedThere() {
    #expect(excerpt("ab", column: 3, length: 9) == ["ab", "  ^"])
  }

  @Test func tabsStayAndWideCharactersTakeTwoColumns() {
    #expect(excerpt("\t日é x", column: 5, length: 1) == ["\t日é x", "\t    ^"])
  }

  @Test func whatCannotBeSeenIsSpelledOutAndCounted() {
    #expect(excerpt("a\u{202E}b", column: 3) == ["a\\u{202e}b", "         ^"])
  }

  @Test func aSecretIsShownAsStars() {
    #expect(excerpt("key abc!", column: 5, length: 3, .starred) == ["key ***!", "    ^~~"])
  }

  @Test func aLongLineIsCutAroundThePlace() {
    let line = String(repeating: "a", count: 100) + "X" + String(repeating: "b", count: 1000)
    let shown = excerpt(line, column: 101)
    #expect(
      shown[0] == "…" + String(repeating: "a", count: 60) + "X" + String(repeating: "b", count: 59)
        + "…")
    #expect(shown[1] == String(repeating: " ", count: 61) + "^")
  }
}

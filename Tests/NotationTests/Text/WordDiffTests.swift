import Notation
import Testing

struct WordDiffTests {
  @Test func `only the words that differ are marked`() {
    let diff = WordDiff(removed: ["Answer in two sentences."], added: ["Answer in one sentence."])
    #expect(marked(diff.removed) == ["Answer in [two] [sentences]."])
    #expect(marked(diff.added) == ["Answer in [one] [sentence]."])
  }

  @Test func `a line that was broken in two marks no words`() {
    let diff = WordDiff(removed: ["be kind and brief"], added: ["be kind", "and brief"])
    #expect(marked(diff.added) == ["be kind", "and brief"])
  }

  @Test func `lines that share next to nothing are left unmarked`() {
    let diff = WordDiff(removed: ["one two three four"], added: ["alpha beta gamma delta"])
    #expect(marked(diff.removed) == ["one two three four"])
    #expect(marked(diff.added) == ["alpha beta gamma delta"])
  }

  @Test func `letters of any script make words and accents stay with them`() {
    let diff = WordDiff(removed: ["Grüße cafe\u{301} 東京 a"], added: ["Grüße cafe\u{301} 東京 b"])
    #expect(marked(diff.removed) == ["Grüße cafe\u{301} 東京 [a]"])
  }

  @Test func `an empty line has no pieces`() {
    #expect(WordDiff(removed: [""], added: ["", "x"]).added.map(\.count) == [0, 1])
  }

  private func marked(_ lines: [[WordDiff.Piece]]) -> [String] {
    lines.map { line in line.map { $0.isChanged ? "[\($0.text)]" : $0.text }.joined() }
  }
}

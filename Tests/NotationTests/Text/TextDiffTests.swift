import Notation
import TestSupport
import Testing

struct TextDiffTests {
  @Test func `a changed line is shown with three lines on either side`() {
    let old = (1...9).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 5\n", with: "line five\n")
    #expect(
      TextDiff(from: old, to: new).unified(from: "a", to: "b") == """
        --- a
        +++ b
        @@ -2,7 +2,7 @@
         line 2
         line 3
         line 4
        -line 5
        +line five
         line 6
         line 7
         line 8

        """)
  }

  @Test func `the same bytes have no hunks and print nothing`() {
    let diff = TextDiff(from: "a\nb", to: "a\nb")
    #expect(diff.hunks.isEmpty)
    #expect(diff.unified(from: "a", to: "b") == "")
  }

  @Test func `a last line without a line feed differs from one with it`() {
    #expect(
      TextDiff(from: "a\nb", to: "a\nb\n").unified(from: "a", to: "b") == """
        --- a
        +++ b
        @@ -1,2 +1,2 @@
         a
        -b
        \\ No newline at end of file
        +b

        """)
  }

  @Test func `letters that only look the same are a change`() {
    let hunks = TextDiff(from: "caf\u{E9}\n", to: "cafe\u{301}\n").hunks
    #expect(hunks.first?.lines.map(\.fate) == [.goes, .comes])
  }

  @Test func `a carriage return belongs to its line`() {
    #expect(TextLine.lines(of: "a\r\nb\r\n").map(\.text) == ["a\r", "b\r"])
  }

  @Test func `a text that begins is numbered from zero on the empty side`() {
    let hunk = TextDiff(from: "", to: "a\nb\n").hunks.first
    #expect(hunk?.heading == "@@ -0,0 +1,2 @@")
  }

  @Test func `changes that are near each other share a hunk and others do not`() {
    let old = (1...40).map { "\($0)\n" }.joined()
    let new = old.replacing("\n10\n", with: "\nten\n").replacing("\n16\n", with: "\nx\n")
      .replacing("\n30\n", with: "\ny\n")
    #expect(
      TextDiff(from: old, to: new).hunks.map(\.heading)
        == ["@@ -7,13 +7,13 @@", "@@ -27,7 +27,7 @@"])
    #expect(TextDiff(from: old, to: new, context: 0).hunks.count == 3)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `the hunks laid over the old text give the new one`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<2).map { _ in randomText(&generator) }
    let diff = TextDiff(from: texts[0], to: texts[1], context: Int(seed % 4))
    #expect(applying(diff, to: texts[0]) == texts[1], "seed \(seed)")
  }

  private func randomText(_ generator: inout SeededGenerator) -> String {
    let lines = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
      "line \(Int.random(in: 0..<6, using: &generator))"
    }
    return lines.joined(separator: "\n") + (Bool.random(using: &generator) ? "\n" : "")
  }

  private func applying(_ diff: TextDiff, to text: String) -> String {
    let old = TextLine.lines(of: text)
    var new: [TextLine] = []
    var next = 0
    for hunk in diff.hunks {
      let start = hunk.old.count == 0 ? hunk.old.start : hunk.old.start - 1
      new += old[next..<start]
      #expect(new.count == (hunk.new.count == 0 ? hunk.new.start : hunk.new.start - 1))
      new += hunk.lines.filter { $0.fate != .goes }.map(\.line)
      next = start + hunk.old.count
    }
    new += old[next...]
    return new.map { $0.text + ($0.isTerminated ? "\n" : "") }.joined()
  }
}

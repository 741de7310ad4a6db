import Foundation
@testable import Git
import TestSupport
import Testing

@Suite struct MergeTests {
  private func merge(_ base: String, _ ours: String, _ theirs: String) throws -> MergedText {
    try Merge(
      base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8),
      labels: ("draft", "1.3.0")
    ).merged()
  }

  @Test func `changes at different places are both kept`() throws {
    let merged = try merge("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n")
    #expect(String(decoding: merged.bytes, as: UTF8.self) == "A\nb\nc\nD\n")
    #expect(merged.hasConflicts == false)
  }

  @Test func `changes of one line stand between marks that name the two sides`() throws {
    let merged = try merge("a\nb\n", "a\nX\n", "a\nY\n")
    #expect(
      String(decoding: merged.bytes, as: UTF8.self)
        == "a\n<<<<<<< draft\nX\n=======\nY\n>>>>>>> 1.3.0\n")
    #expect(merged.hasConflicts)
  }

  @Test func `texts may be empty, equal, or without a last line end`() throws {
    #expect(try merge("", "", "").bytes == [])
    #expect(try merge("a", "a", "b").bytes == Array("b".utf8))
    #expect(try merge("a\n", "b\n", "b\n") == merge("b\n", "b\n", "b\n"))
  }

  @Test func `a merge is what the git program makes of it`() throws {
    let fixture = try Fixture()
    var random = SeededGenerator(seed: 17)
    func text(_ lines: [Int]) -> String { lines.map { "line \($0)\n" }.joined() }
    for _ in 0..<20 {
      let base = (0..<12).map { $0 }
      let sides = (0..<2).map { side in
        base.flatMap { line -> [Int] in
          switch Int.random(in: 0..<8, using: &random) {
          case 0: []
          case 1: [line + 100 * (side + 1)]
          case 2: [line, line + 1000 * (side + 1)]
          default: [line]
          }
        }
      }
      let texts = [text(sides[0]), text(base), text(sides[1])]
      for (name, text) in zip(["ours", "base", "theirs"], texts) {
        try Data(text.utf8).write(to: fixture.folder.url.appendingPathComponent(name))
      }
      let script = "git merge-file -p -L draft -L base -L 1.3.0 ours base theirs || true"
      let expected = try fixture.run("sh", ["-c", script])
      let merged = try merge(texts[1], texts[0], texts[2])
      #expect(String(decoding: merged.bytes, as: UTF8.self) == expected)
      #expect(merged.hasConflicts == expected.contains("<<<<<<<"))
    }
  }
}

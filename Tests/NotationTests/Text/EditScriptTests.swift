import Notation
import TestSupport
import Testing

struct EditScriptTests {
  @Test(arguments: 0..<400 as Range<UInt64>)
  func `what stays is the same on both sides, and as long as it can be`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let letters = Int.random(in: 1...6, using: &generator)
    let lists = (0..<2).map { _ in
      (0..<Int.random(in: 0...24, using: &generator)).map { _ in
        Int.random(in: 0..<letters, using: &generator)
      }
    }
    let script = EditScript(from: lists[0], to: lists[1])
    let stays = kept(lists[0], script.isRemoved)
    #expect(stays == kept(lists[1], script.isAdded), "seed \(seed)")
    #expect(stays.count == longestCommonLength(lists[0], lists[1]), "seed \(seed)")
  }

  @Test func `lists with hardly anything in common are still turned into each other`() {
    var generator = SeededGenerator(seed: 7)
    let lists = (0..<2).map { _ in
      (0..<4_000).map { _ in Int.random(in: 0..<100_000, using: &generator) }
    }
    let script = EditScript(from: lists[0], to: lists[1])
    #expect(kept(lists[0], script.isRemoved) == kept(lists[1], script.isAdded))
  }

  @Test(arguments: [(3_000, 300, 10), (300, 3_000, 10), (1_400, 2_400, 1_000)])
  func `lists of any two lengths are turned into each other`(old: Int, new: Int, letters: Int) {
    var generator = SeededGenerator(seed: UInt64(old + new))
    let lists = [old, new].map { count in
      (0..<count).map { _ in Int.random(in: 0..<letters, using: &generator) }
    }
    let script = EditScript(from: lists[0], to: lists[1])
    #expect(kept(lists[0], script.isRemoved) == kept(lists[1], script.isAdded))
  }

  @Test func `one side empty means that everything on the other goes or comes`() {
    #expect(EditScript(from: [1, 2], to: []).isRemoved == [true, true])
    #expect(EditScript(from: [], to: [1, 2]).isAdded == [true, true])
    #expect(EditScript(from: [Int](), to: []).isAdded == [])
  }

  private func kept(_ list: [Int], _ changed: [Bool]) -> [Int] {
    zip(list, changed).filter { !$0.1 }.map(\.0)
  }

  private func longestCommonLength(_ left: [Int], _ right: [Int]) -> Int {
    var row = Array(repeating: 0, count: right.count + 1)
    for x in left {
      var diagonal = 0
      for (index, y) in right.enumerated() {
        let above = row[index + 1]
        row[index + 1] = x == y ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[right.count]
  }
}

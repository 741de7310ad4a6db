/// Which elements of a list to drop, and which of another to add, to make the second of the first.
///
/// Myers' algorithm, cut in two where a search from both ends meets. The script is a shortest one,
/// unless the lists differ so much that finding it would take too long: then it may be longer.
package struct EditScript: Hashable, Sendable {
  /// For each old element, whether it goes.
  package private(set) var isRemoved: [Bool]
  /// For each new element, whether it comes.
  package private(set) var isAdded: [Bool]

  /// The fewest edits that turn `old` into `new`.
  package init<Element: Hashable>(from old: [Element], to new: [Element]) {
    isRemoved = Array(repeating: false, count: old.count)
    isAdded = Array(repeating: false, count: new.count)
    var numbers: [Element: Int] = [:]
    for element in [old, new].joined() where numbers[element] == nil {
      numbers[element] = numbers.count
    }
    var search = Search(
      old: old.map { numbers[$0, default: 0] }, new: new.map { numbers[$0, default: 0] })
    var open = [Box(old: 0..<old.count, new: 0..<new.count)]
    while let next = open.popLast() {
      let box = search.trimmed(next)
      if box.old.isEmpty || box.new.isEmpty {
        for index in box.old { isRemoved[index] = true }
        for index in box.new { isAdded[index] = true }
      } else {
        let (x, y) = search.split(box)
        open.append(Box(old: x..<box.old.upperBound, new: y..<box.new.upperBound))
        open.append(Box(old: box.old.lowerBound..<x, new: box.new.lowerBound..<y))
      }
    }
  }
}

/// A part of the old list that becomes a part of the new one.
private struct Box {
  var old: Range<Int>
  var new: Range<Int>
}

/// Two lists, each different element by a number of its own, and how far the searches have come.
private struct Search {
  let old: [Int]
  let new: [Int]
  private var forward: Frontier
  private var backward: Frontier

  /// After so many edits the best way so far is taken.
  private static let editLimit = 1024

  init(old: [Int], new: [Int]) {
    self.old = old
    self.new = new
    let reach = min((old.count + new.count + 1) / 2, Self.editLimit)
    forward = Frontier(reach: reach)
    backward = Frontier(reach: reach)
  }

  /// The box without the elements that both sides share at its beginning and its end.
  func trimmed(_ box: Box) -> Box {
    var box = box
    while let x = box.old.first, let y = box.new.first, old[x] == new[y] {
      box = Box(old: box.old.dropFirst(), new: box.new.dropFirst())
    }
    while let x = box.old.last, let y = box.new.last, old[x] == new[y] {
      box = Box(old: box.old.dropLast(), new: box.new.dropLast())
    }
    return box
  }

  /// A point strictly inside a trimmed box that a shortest way through it passes.
  mutating func split(_ box: Box) -> (Int, Int) {
    let (width, height) = (box.old.count, box.new.count)
    let (left, top) = (box.old.lowerBound, box.new.lowerBound)
    let (right, bottom) = (box.old.upperBound - 1, box.new.upperBound - 1)
    let skew = width - height
    forward.begin(width, height)
    backward.begin(width, height)
    for edits in 0...Self.editLimit {
      forward.widen(to: edits)
      for diagonal in forward.diagonals(edits) {
        let x = forward.advance(diagonal, edits) { x, y in
          old[left + x] == new[top + y]
        }
        if !skew.isMultiple(of: 2), x >= 0, x + backward[skew - diagonal, edits] >= width {
          return (left + x, top + x - diagonal)
        }
      }
      backward.widen(to: edits)
      for diagonal in backward.diagonals(edits) {
        let x = backward.advance(diagonal, edits) { x, y in
          old[right - x] == new[bottom - y]
        }
        if skew.isMultiple(of: 2), x >= 0, x + forward[skew - diagonal, edits] >= width {
          return (right + 1 - x, bottom + 1 - x + diagonal)
        }
      }
    }
    let (x, y) = forward.farthest(Self.editLimit)
    return (left + x, top + y)
  }
}

/// How far a search has come on each diagonal; diagonal `k` holds the points where `x - y` is `k`.
private struct Frontier {
  private var farthestX: [Int]
  private let offset: Int
  private var width = 0
  private var height = 0

  /// Where no point of the box has been reached.
  private static let nowhere = Int.min / 2

  init(reach: Int) {
    offset = reach + 1
    farthestX = Array(repeating: Self.nowhere, count: 2 * offset + 1)
  }

  /// Turns to a box of this size.
  mutating func begin(_ width: Int, _ height: Int) {
    self.width = width
    self.height = height
  }

  /// The diagonals that exactly so many edits can reach inside the box.
  func diagonals(_ edits: Int) -> StrideThrough<Int> {
    stride(
      from: -edits + 2 * max(0, edits - height), through: edits - 2 * max(0, edits - width), by: 2)
  }

  /// What is known of a diagonal that fewer or as many edits have reached.
  subscript(diagonal: Int, edits: Int) -> Int {
    abs(diagonal) <= edits ? farthestX[diagonal + offset] : Self.nowhere
  }

  /// Forgets what an earlier box left on the diagonals that this many edits look at first.
  mutating func widen(to edits: Int) {
    farthestX[offset - edits - 1] = Self.nowhere
    farthestX[offset + edits + 1] = Self.nowhere
    if edits == 0 { farthestX[offset] = Self.nowhere }
  }

  /// One edit more on this diagonal, then along everything that matches.
  mutating func advance(
    _ diagonal: Int, _ edits: Int, matches: (_ x: Int, _ y: Int) -> Bool
  ) -> Int {
    let beside = farthestX[diagonal - 1 + offset] + 1
    let above = farthestX[diagonal + 1 + offset]
    var x = edits == 0 ? 0 : Self.nowhere
    if beside <= width { x = max(x, beside) }
    if above - diagonal <= height { x = max(x, above) }
    if x < 0 { x = Self.nowhere }
    while x >= 0, x < width, x - diagonal < height, matches(x, x - diagonal) { x += 1 }
    farthestX[diagonal + offset] = x
    return x
  }

  /// The point that is nearest to the end of the box.
  func farthest(_ edits: Int) -> (Int, Int) {
    var best = (0, 0)
    for diagonal in diagonals(edits) {
      let x = farthestX[diagonal + offset]
      // A diagonal whose points were all taken by its neighbours leads nowhere.
      if x >= 0, x + x - diagonal > best.0 + best.1 { best = (x, x - diagonal) }
    }
    return best
  }
}

/// The word that was probably meant.
package enum Nearest {
  /// The candidate fewest typing errors away, or nil where none is close; the first of equals.
  package static func to(_ word: String, among candidates: some Sequence<String>) -> String? {
    let limit = word.count < 4 ? 1 : word.count / 3
    var best: (word: String, distance: Int)?
    for candidate in candidates where abs(candidate.count - word.count) <= limit {
      let distance = distance(Array(word.lowercased()), Array(candidate.lowercased()))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two words.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let cost = left[row] == right[column] ? 0 : 1
        var steps = min(last[column] + cost, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          steps = min(steps, before[column - 1] + 1)
        }
        current.append(steps)
      }
      (before, last) = (last, current)
    }
    return last[right.count]
  }
}

/// Finds the word that was probably meant.
package enum Nearest {
  /// The nearest of the candidates, if it is near enough to be worth a hint.
  package static func word(to text: String, among candidates: [String]) -> String? {
    let limit = max(1, min(text.count / 3, 4))
    let near = candidates.map { (word: $0, distance: distance(text, $0, limit: limit)) }
      .filter { $0.distance <= limit }
    return near.min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
  }

  /// The nearest of the names, if it is near enough to be worth a hint.
  package static func name(to name: PromptName, among names: [PromptName]) -> PromptName? {
    let word = word(to: name.text, among: names.map(\.text))
    return names.first { $0.text == word }
  }

  /// How many letters must be put in, taken out, changed or swapped with their neighbour; any
  /// number above the limit means "too many".
  private static func distance(_ left: String, _ right: String, limit: Int) -> Int {
    let a = Array(left.utf8)
    let b = Array(right.utf8)
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, before[j - 1] + 1)
        }
        row.append(best)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}

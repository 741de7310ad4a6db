/// A Swift file, beside its code alone: the same lines with comments and literal text blanked out.
struct SwiftFile: Hashable {
  let file: TextFile
  /// The lines as written, comments included.
  let lines: [Substring]
  let code: [String]

  init(_ file: TextFile) {
    self.file = file
    lines = file.lines
    var eraser = Eraser(text: Array(file.text.utf8))
    code = String(decoding: eraser.codeAlone(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  init(path: String, _ text: String) { self.init(TextFile(path: path, text: text)) }

  var path: String { file.path }
  var target: String? { file.target }

  /// The numbers of the lines whose code contains the text.
  func lines(containing text: String) -> [Int] {
    code.indices.filter { code[$0].contains(text) }.map { $0 + 1 }
  }
}

/// Replaces comments and the text of string literals by blanks; interpolated code stays.
private struct Eraser {
  let text: [UInt8]
  private var result: [UInt8] = []
  private var index = 0

  init(text: [UInt8]) { self.text = text }

  mutating func codeAlone() -> [UInt8] {
    while index < text.count { code() }
    return result
  }

  /// One byte of code, or a whole comment or literal.
  private mutating func code() {
    switch text[index] {
    case UInt8(ascii: "/") where starts("//"):
      while index < text.count, text[index] != UInt8(ascii: "\n") { blank() }
    case UInt8(ascii: "/") where starts("/*"): blockComment()
    case UInt8(ascii: "#"), UInt8(ascii: "\""):
      if let hashes = openingQuote() { literal(hashes) } else { keep() }
    case _: keep()
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        blank()
      } else if starts("*/") {
        depth -= 1
        blank()
      }
      blank()
    } while depth > 0 && index < text.count
  }

  /// The number of `#` in front of a quote that begins a literal here.
  private func openingQuote() -> Int? {
    var end = index
    while end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
    return end < text.count && text[end] == UInt8(ascii: "\"") ? end - index : nil
  }

  private mutating func literal(_ hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    index += hashes
    result += Array(repeating: UInt8(ascii: " "), count: hashes)
    let quote = starts("\"\"\"") ? "\"\"\"" : "\""
    for _ in quote.utf8 { keep() }
    while index < text.count, !starts(quote + fence) {
      if starts("\\\(fence)(") {
        for _ in 0..<(2 + hashes) { blank() }
        interpolation()
      } else {
        if starts("\\\(fence)") { for _ in 0...hashes { blank() } }
        if index < text.count { blank() }
      }
    }
    for _ in quote.utf8 where index < text.count { keep() }
    for _ in 0..<hashes where index < text.count { blank() }
  }

  /// Code up to the parenthesis that ends the interpolation.
  private mutating func interpolation() {
    var depth = 1
    while index < text.count, depth > 0 {
      if text[index] == UInt8(ascii: "(") { depth += 1 }
      if text[index] == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { blank() } else { code() }
    }
  }

  private func starts(_ word: String) -> Bool { text[index...].starts(with: word.utf8) }

  private mutating func keep() {
    result.append(text[index])
    index += 1
  }

  private mutating func blank() {
    guard index < text.count else { return }
    result.append(text[index] == UInt8(ascii: "\n") ? text[index] : UInt8(ascii: " "))
    index += 1
  }
}

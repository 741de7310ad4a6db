/// What can be told of a Swift file's declarations without a compiler.
enum Declarations {
  /// A function and the number of its parameters.
  struct Function {
    let line: Int
    let parameterCount: Int
  }

  /// The lines that each function, initializer or computed property takes, nested ones included.
  static func bodies(in file: SwiftFile) -> [ClosedRange<Int>] {
    var bodies: [ClosedRange<Int>] = []
    for index in file.code.indices where startsBody(file.code[index]) {
      guard let end = endOfBody(from: index, in: file.code) else { continue }
      bodies.append(index + 1...end + 1)
    }
    return bodies
  }

  /// The functions in the order in which they begin.
  static func functions(in file: SwiftFile) -> [Function] {
    file.code.indices.filter { file.code[$0].hasWord("func") }.map { index in
      let text = file.code[index...].prefix(functionHeadLimit).joined(separator: "\n")
      let start = text.firstRange(of: "func ")?.upperBound ?? text.startIndex
      return Function(line: index + 1, parameterCount: parameterCount(text[start...]))
    }
  }

  /// No function's parameters take more lines.
  private static let functionHeadLimit = 20

  private static let words = ["func", "init", "deinit", "subscript"]

  private static func startsBody(_ line: String) -> Bool {
    let head = line.prefix { $0 != "{" && $0 != "=" }
    let first = modifiersRemoved(head)
    if words.contains(where: { first.hasPrefix($0) && !first.dropFirst($0.count).startsWord }) {
      return true
    }
    return first.hasPrefix("var ") && line.contains("{") && !line.contains("=")
  }

  /// The line on which the first brace from here on is closed; nil for a declaration without body.
  private static func endOfBody(from start: Int, in code: [String]) -> Int? {
    var depth = 0
    var parentheses = 0
    var hasOpened = false
    for index in start..<code.count {
      for character in code[index] {
        switch character {
        case "(": parentheses += 1
        case ")": parentheses -= 1
        case "{" where hasOpened || parentheses == 0:
          hasOpened = true
          depth += 1
        case "}" where hasOpened || parentheses == 0:
          depth -= 1
          if depth <= 0 { return hasOpened ? index : nil }
        default: break
        }
      }
    }
    return nil
  }

  /// The commas between the outermost parentheses that follow a function's name, and one.
  private static func parameterCount(_ text: Substring) -> Int {
    guard let open = text.firstIndex(of: "(") else { return 0 }
    var depth = 0
    var count = 0
    var isEmpty = true
    for character in text[open...] {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "," where depth == 1: count += 1
      case _ where !character.isWhitespace: isEmpty = false
      default: break
      }
      if depth == 0 { break }
    }
    return isEmpty ? 0 : count + 1
  }
}

extension Declarations {
  private static let modifiers: Set<Substring> = [
    "package", "public", "internal", "private", "fileprivate", "static", "final", "mutating",
    "nonmutating", "consuming", "borrowing", "override", "convenience", "required", "lazy", "weak",
    "indirect", "nonisolated", "prefix", "postfix", "infix", "class",
  ]

  private static let keywords: Set<Substring> = [
    "func", "init", "init?", "subscript", "var", "let", "struct", "enum", "class", "actor",
    "protocol", "typealias", "case", "associatedtype",
  ]

  /// Whether the line begins a declaration that other targets see.
  static func isVisible(_ line: String) -> Bool {
    guard line.contains("package") || line.contains("public") else { return false }
    let words = line.split(separator: " ")
    guard words.contains(where: { $0 == "package" || $0 == "public" }) else { return false }
    let rest = words.drop { $0.hasPrefix("@") || $0.contains("(set)") || modifiers.contains($0) }
    let word = rest.first.map { $0.prefix { $0.isLetter || $0 == "?" } } ?? ""
    return keywords.contains(word) || words.contains("class")
  }

  /// Whether the line declares what each instance holds, not what it computes or all share.
  static func isStoredField(_ line: String) -> Bool {
    let words = line.split(separator: " ")
    return !words.contains("static") && (words.contains("let") || words.contains("var"))
      && (!line.contains("{") || line.contains(" = "))
  }

  /// Whether a protocol of the language says already what the declaration does.
  static func isFixedByLanguage(_ line: String) -> Bool {
    let fixed = [
      "static func == ", "static func < ", "func hash(into", "var description:",
      "var debugDescription:", "Literal value:", "Literal elements:", "Literal:", "init(rawValue:",
      "func makeIterator", "mutating func next()", "func encode(to", "init(from decoder",
      "func index(",
      "var startIndex", "var endIndex",
    ]
    return fixed.contains { line.contains($0) }
  }

  /// What the protocols of a file ask for, as `subject(of:)` names it.
  static func requirements(in file: SwiftFile) -> [String] {
    var isInside = false
    return file.code.compactMap { line in
      if line.hasWord("protocol") { isInside = true }
      if line.hasPrefix("}") { isInside = false }
      return isInside && line.hasPrefix("  ") && isDeclaration(line) ? subject(of: line) : nil
    }
  }

  /// The declaration without its modifiers, up to its parameters or its type: `func read`.
  static func subject(of line: String) -> String {
    let bare = modifiersRemoved(line[...])
    return String(
      bare.hasPrefix("init(") ? bare.prefix { $0 != ":" } : bare.prefix { !"(:<{".contains($0) })
  }

  private static func isDeclaration(_ line: String) -> Bool {
    ["func ", "var ", "init("].contains { modifiersRemoved(line[...]).hasPrefix($0) }
  }

  /// Whether this begins an initializer that takes nothing, or just keeps each thing it is given.
  static func isPlainInitializer(_ index: Int, in file: SwiftFile) -> Bool {
    let line = file.code[index]
    guard line.contains(" init(") || line.hasPrefix("init(") else { return false }
    guard !line.contains("init()") else { return true }
    guard let end = endOfBody(from: index, in: file.code) else { return false }
    let text = file.code[index...end].joined(separator: "\n")
    guard let open = text.firstIndex(of: "{") else { return false }
    let body = text[open...].dropFirst().dropLast().split { $0 == "\n" || $0 == ";" }
    return body.allSatisfy { line in
      let sides = line.split(separator: " ").map(String.init)
      return sides.isEmpty || (sides.count == 3 && sides[0] == "self." + sides[2])
    }
  }

  /// Whether a `///` line stands above, attributes between them aside.
  static func isDocumented(_ index: Int, in file: SwiftFile) -> Bool {
    let above = file.lines[..<index].reversed().drop { line in
      let text = line.drop { $0 == " " }
      return text.hasPrefix("@")
    }
    return above.first?.drop { $0 == " " }.hasPrefix("///") == true
  }

  private static func modifiersRemoved(_ head: Substring) -> Substring {
    var rest = head.drop { $0 == " " }
    while let word = rest.split(separator: " ").first,
      modifiers.contains(word) || word.hasPrefix("@") || word.contains("(set)")
    {
      rest = rest.dropFirst(word.count).drop { $0 == " " }
    }
    return rest
  }
}

extension Substring {
  fileprivate var startsWord: Bool { first.map { $0.isLetter || $0.isNumber } ?? false }
}

import Notation

/// Paths as RFC 6901 writes them: `/items/0/a~1b`.
enum JSONPointer {
  /// The pointer that these steps spell.
  static func text(_ steps: some Sequence<PathStep>) -> String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += "/" + escaped(key)
      case .index(let index): text += "/\(index)"
      }
    }
    return text
  }

  /// The tokens of a pointer, unescaped; nil for a text that is none.
  static func tokens(_ text: String) -> [String]? {
    guard !text.isEmpty else { return [] }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for token in text.unicodeScalars.dropFirst()
      .split(separator: "/", omittingEmptySubsequences: false)
    {
      guard let token = unescaped(token) else { return nil }
      tokens.append(token)
    }
    return tokens
  }

  private static func escaped(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return key
    }
    var text = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func unescaped(_ token: Substring.UnicodeScalarView) -> String? {
    var text = ""
    var isEscaping = false
    for scalar in token {
      switch (isEscaping, scalar) {
      case (false, "~"): isEscaping = true
      case (false, _): text.unicodeScalars.append(scalar)
      case (true, "0"), (true, "1"):
        text += scalar == "0" ? "~" : "/"
        isEscaping = false
      case (true, _): return nil
      }
    }
    return isEscaping ? nil : text
  }
}

extension Value {
  /// The part that a pointer's token names, with the step that leads there.
  func child(_ token: String) -> (step: PathStep, value: Value)? {
    switch self {
    case .map(let map): return map[token].map { (.key(token), $0) }
    case .list(let list):
      guard let index = Int(token), String(index) == token, list.indices.contains(index) else {
        return nil
      }
      return (.index(index), list[index])
    case .null, .bool, .number, .string: return nil
    }
  }
}

extension JSONPointer {
  /// Whether a text is a relative pointer: levels up, perhaps an offset in the list there, then a
  /// pointer or `#`.
  static func isRelative(_ text: String) -> Bool {
    var scanner = FormatScanner(text)
    guard takeWhole(&scanner) else { return false }
    if scanner.takeAny(of: "+-") != nil {
      guard takeWhole(&scanner) else { return false }
    }
    if scanner.take("#") { return scanner.isAtEnd }
    let rest = scanner.takeAll { _ in true }
    return tokens(String(Substring(rest))) != nil
  }

  /// A whole number without leading zeros.
  private static func takeWhole(_ scanner: inout FormatScanner) -> Bool {
    let digits = scanner.takeAll(where: \.isDigit)
    return !digits.isEmpty && (digits.count == 1 || digits.first != UInt8(ascii: "0"))
  }
}

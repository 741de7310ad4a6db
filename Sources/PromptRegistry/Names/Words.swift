/// The name of a person or a machine that holds keys.
package struct MemberName: Hashable, Sendable, CustomStringConvertible {
  /// The name, as it is written everywhere.
  package let text: String

  /// Says which rule the text breaks.
  package init(_ text: String) throws(InvalidName) {
    self.text = try Word.checked(text)
  }

  package var description: String { text }
}

/// The name of a place where prompts are live: `staging`, `production`.
package struct EnvironmentName: Hashable, Sendable, CustomStringConvertible {
  /// The name, as it is written everywhere.
  package let text: String

  /// Says which rule the text breaks.
  package init(_ text: String) throws(InvalidName) {
    self.text = try Word.checked(text)
  }

  package var description: String { text }
}

/// The name of a program that reads prompts with a token of its own.
package struct ServiceName: Hashable, Sendable, CustomStringConvertible {
  /// The name, as it is written everywhere.
  package let text: String

  /// Says which rule the text breaks.
  package init(_ text: String) throws(InvalidName) {
    self.text = try Word.checked(text)
  }

  package var description: String { text }
}

extension MemberName: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension EnvironmentName: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension ServiceName: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// The one rule that members, environments and services share.
private enum Word {
  /// Words that mean something else behind an `@`.
  static let reserved: Set<String> = ["latest", "draft"]

  static func checked(_ text: String) throws(InvalidName) -> String {
    guard !text.isEmpty else { throw InvalidName(text: text, rule: .empty) }
    guard Spelling.isWord(text) else { throw InvalidName(text: text, rule: .badWord) }
    guard !reserved.contains(text) else { throw InvalidName(text: text, rule: .reservedWord) }
    return text
  }
}

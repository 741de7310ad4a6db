import Contracts
import Keys
package import Notation

/// How the values inside records and answers are read and written, the same everywhere.
package enum Field {
  static func name(_ value: Value) -> PromptName? {
    // The only thing that can be wrong is the spelling, and the caller names field and rule.
    value.string.flatMap { try? PromptName($0) }
  }

  static func member(_ value: Value) -> MemberName? {
    // As above.
    value.string.flatMap { try? MemberName($0) }
  }

  static func environment(_ value: Value) -> EnvironmentName? {
    // As above.
    value.string.flatMap { try? EnvironmentName($0) }
  }

  static func version(_ value: Value) -> SemanticVersion? {
    value.string.flatMap { SemanticVersion($0) }
  }

  static func digest(_ value: Value) -> Digest? {
    value.string.flatMap { Digest($0) }
  }

  static func time(_ value: Value) -> Timestamp? {
    value.string.flatMap { Timestamp(rfc3339: $0) }.flatMap {
      $0.description == value.string ? $0 : nil
    }
  }

  static func count(_ value: Value) -> Int? {
    value.integer.flatMap { $0 >= 0 ? $0 : nil }
  }

  static func key(_ value: Value) -> PublicKey? {
    // A key that cannot be read is reported by the caller as a wrong field.
    value.string.flatMap { text in
      (try? PublicKey(line: text)).flatMap { $0.line == text ? $0 : nil }
    }
  }

  /// What a thing is written as.
  package static func text(_ text: some CustomStringConvertible) -> Value {
    .string(text.description)
  }

  /// The same; null where there is none.
  package static func text(_ text: (some CustomStringConvertible)?) -> Value {
    text.map { .string($0.description) } ?? .null
  }

  /// A whole number; null where there is none.
  package static func number(_ number: Int?) -> Value {
    number.map { .number(Double($0)) } ?? .null
  }
}

extension Field {
  /// All elements read, or nil if one cannot be.
  static func all<T>(_ values: [Value], _ read: (Value) -> T?) -> [T]? {
    var elements: [T] = []
    for value in values {
      guard let element = read(value) else { return nil }
      elements.append(element)
    }
    return elements
  }
}

/// Header fields in the order sent; names compare without regard to case.
package struct Headers: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One field; its name keeps the case it was given.
  package struct Field: Hashable, Sendable {
    /// As it is sent.
    package let name: String
    /// Without control characters, so that it cannot end the line it stands in.
    package let value: String
    fileprivate let key: String
  }

  /// All fields, in the order sent.
  package private(set) var fields: [Field] = []

  /// No fields.
  package init() {}

  package init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name, value) }
  }

  /// The first value of `name`; assigning replaces every value of it, `nil` removes them.
  package subscript(_ name: String) -> String? {
    get {
      let key = name.lowercased()
      return fields.first { $0.key == key }?.value
    }
    set {
      let key = name.lowercased()
      fields.removeAll { $0.key == key }
      if let newValue { append(name, newValue) }
    }
  }

  /// Every value of `name`, one an occurrence.
  package func values(_ name: String) -> [String] {
    let key = name.lowercased()
    return fields.filter { $0.key == key }.map(\.value)
  }

  /// The members of a comma-separated field over all its occurrences, trimmed and not empty.
  package func list(_ name: String) -> [String] {
    values(name).flatMap { value in
      value.split(separator: ",").map(Headers.trimmed).filter { !$0.isEmpty }
    }
  }

  /// Adds a field; a control character in `value` becomes a space.
  package mutating func append(_ name: String, _ value: String) {
    fields.append(
      Field(name: name, value: Headers.oneLine(value), key: name.lowercased()))
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = Substring(text).drop(while: isBlank)
    while rest.last.map(isBlank) == true { rest.removeLast() }
    return String(rest)
  }

  private static func oneLine(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return value }
    return String(
      String.UnicodeScalarView(
        value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}

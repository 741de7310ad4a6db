/// The key of a Picoschema field, taken apart: `tags?(array, the list of tags)`.
struct FieldName {
  /// What the parenthesis says of the value.
  enum Kind: Equatable {
    case plain, array, object, enumeration
    case unknown(String)
  }

  /// The key that describes all properties without an own field.
  static let wildcard = "(*)"

  let property: String
  let isOptional: Bool
  let kind: Kind
  let description: String?
  /// A second parenthesis ended the description early, as it does in the references.
  let isCut: Bool

  init(_ key: String) {
    let parts = key.split(separator: "(", omittingEmptySubsequences: false)
    isOptional = parts[0].hasSuffix("?")
    property = String(isOptional ? parts[0].dropLast() : parts[0])
    isCut = parts.count > 2
    guard parts.count > 1, !parts[1].isEmpty else {
      (kind, description) = (.plain, nil)
      return
    }
    let word = TypeWord(String(parts[1].dropLast()))
    description = word.description
    kind =
      switch word.type {
      case "array": .array
      case "object": .object
      case "enum": .enumeration
      default: .unknown(word.type)
      }
  }
}

/// `string, the name of the city`: a type, and a description after the first comma.
struct TypeWord {
  let type: String
  let description: String?

  init(_ text: String) {
    guard let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
      (type, description) = (text, nil)
      return
    }
    type = String(text[..<comma])
    let rest = text[comma...].dropFirst().drop { $0 == " " }
    description = rest.isEmpty ? nil : String(rest)
  }
}

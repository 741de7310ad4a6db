package import Notation

/// One value of JSON, which literals make: `["tone": "calm", "words": 40]`.
///
/// A map keeps the order of its keys, since a template may walk them. A number is a binary64.
public struct PromptValue: Hashable, Sendable {
  /// The same in the terms of the library.
  package let value: Notation.Value

  package init(_ value: Notation.Value) { self.value = value }

  /// What `Codable` makes of a value of yours; throws where a number or a key fits into no JSON.
  public init(encoding subject: some Encodable) throws(ReadingError) {
    value = try ValueEncoding.value(of: subject)
  }

  /// What `Codable` makes of it: `config.decoded(as: Settings.self)`.
  ///
  /// Keys that the type has no property for are left out; throws `.notDecodable` where something is
  /// missing or of another kind.
  public func decoded<Subject: Decodable>(
    as type: Subject.Type = Subject.self
  ) throws(ReadingError) -> Subject {
    try ValueDecoding.value(type, of: value)
  }

  /// The text of a string, else nil.
  public var string: String? { value.string }
  /// The number of a number, else nil.
  public var number: Double? { value.number }
  /// The truth value of a Boolean, else nil.
  public var bool: Bool? { value.bool }
  /// The elements of a list, else nil.
  public var list: [PromptValue]? { value.list?.map { PromptValue($0) } }
  /// The keys of a map in order, else nil.
  public var keys: [String]? { value.map?.keys }
  /// Whether it is `null`.
  public var isNull: Bool { value == .null }
  /// The member of a map; nil for a missing key and for anything that is no map.
  public subscript(key: String) -> PromptValue? { value[key].map { PromptValue($0) } }
  /// Its text as JSON, for a decoder of your choice.
  public var json: String { JSON.text(value) }
}

extension PromptValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// `null`.
  public init(nilLiteral: ()) { value = .null }
  /// `true` or `false`.
  public init(booleanLiteral literal: Bool) { value = .bool(literal) }
  /// A whole number.
  public init(integerLiteral literal: Int) { value = .number(Double(literal)) }
  /// A number.
  public init(floatLiteral literal: Double) { value = .number(literal) }
  /// A text.
  public init(stringLiteral literal: String) { value = .string(literal) }
  /// A list of values.
  public init(arrayLiteral elements: PromptValue...) { value = .list(elements.map(\.value)) }
  /// A map; of two equal keys the later counts.
  public init(dictionaryLiteral elements: (String, PromptValue)...) {
    value = .map(ValueMap(elements.map { ($0, $1.value) }))
  }
}

extension PromptValue: Encodable {
  /// Encodes the value itself, nothing around it.
  public func encode(to encoder: any Encoder) throws {
    switch value {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let bool): try bool.encode(to: encoder)
    case .number(let number): try number.encode(to: encoder)
    case .string(let text): try text.encode(to: encoder)
    case .list(let list): try list.map { PromptValue($0) }.encode(to: encoder)
    case .map(let map):
      var container = encoder.container(keyedBy: MemberKey.self)
      for (key, value) in map.entries {
        try container.encode(PromptValue(value), forKey: MemberKey(stringValue: key))
      }
    }
  }

  private struct MemberKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

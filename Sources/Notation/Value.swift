/// One value of JSON or of the YAML subset that Stet reads: the currency of every target above.
///
/// A number is a finite binary64, as in JSON for JavaScript and in RFC 8785: `1` and `1.0` are one
/// value. Texts and keys are equal only if their bytes are: `é` as one scalar and as two differ.
/// Equality ignores the order of a map's keys; everything that prints keeps it.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case list([Value])
  case map(ValueMap)
}

extension Value {
  /// The member of a map with this key; nil for a missing key and for anything that is no map.
  package subscript(key: String) -> Value? {
    guard case .map(let map) = self else { return nil }
    return map[key]
  }

  /// The text of a string value, else nil.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number of a number value, else nil.
  package var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The whole number of a number value that `Int` holds exactly, else nil.
  package var integer: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(exactly: number)
  }

  /// The truth value of a Boolean, else nil.
  package var bool: Bool? {
    guard case .bool(let bool) = self else { return nil }
    return bool
  }

  /// The elements of a list, else nil.
  package var list: [Value]? {
    guard case .list(let list) = self else { return nil }
    return list
  }

  /// The entries of a map, else nil.
  package var map: ValueMap? {
    guard case .map(let map) = self else { return nil }
    return map
  }
}

extension Value: Hashable {
  package static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): one.hasSameBytes(as: other)
    case (.list(let one), .list(let other)): one == other
    case (.map(let one), .map(let other)): one == other
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _), (.map, _): false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let bool): hasher.combine(bool)
    case .number(let number): hasher.combine(number)
    case .string(let text): text.hashBytes(into: &hasher)
    case .list(let list): hasher.combine(list)
    case .map(let map): hasher.combine(map)
    }
  }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self = .number(Double(value)) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: Value...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, Value)...) {
    self = .map(ValueMap(elements))
  }
}

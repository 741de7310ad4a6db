import Notation

/// The kinds of value that a schema's `type` lets through; `number` is both kinds of number.
struct TypeSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let null = TypeSet(rawValue: 1)
  static let boolean = TypeSet(rawValue: 2)
  static let integer = TypeSet(rawValue: 4)
  static let fraction = TypeSet(rawValue: 8)
  static let string = TypeSet(rawValue: 16)
  static let array = TypeSet(rawValue: 32)
  static let object = TypeSet(rawValue: 64)
  static let number: TypeSet = [.integer, .fraction]
  static let all = TypeSet(rawValue: 127)

  /// The set of one name of JSON Schema; nil for any other word.
  init?(name: String) {
    switch name {
    case "null": self = .null
    case "boolean": self = .boolean
    case "integer": self = .integer
    case "number": self = .number
    case "string": self = .string
    case "array": self = .array
    case "object": self = .object
    default: return nil
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Names of JSON Schema for what is in the set, fewest first.
  var names: [String] {
    var names: [String] = []
    if contains(.string) { names.append("string") }
    if contains(.number) {
      names.append("number")
    } else if contains(.integer) {
      names.append("integer")
    } else if contains(.fraction) {
      names.append("fraction")
    }
    if contains(.boolean) { names.append("boolean") }
    if contains(.array) { names.append("array") }
    if contains(.object) { names.append("object") }
    if contains(.null) { names.append("null") }
    return names
  }

  @inline(__always)
  func holds(_ value: Value) -> Bool {
    switch value {
    case .null: contains(.null)
    case .bool: contains(.boolean)
    case .number(let number): contains(number.isWhole ? .integer : .fraction)
    case .string: contains(.string)
    case .list: contains(.array)
    case .map: contains(.object)
    }
  }

  /// The set that holds this one value's kind and nothing else.
  init(of value: Value) {
    switch value {
    case .null: self = .null
    case .bool: self = .boolean
    case .number(let number): self = number.isWhole ? .integer : .fraction
    case .string: self = .string
    case .list: self = .array
    case .map: self = .object
    }
  }
}

extension Double {
  /// Whether there is nothing behind the point; from 2^53 on there never is.
  @inline(__always)
  var isWhole: Bool { !(magnitude < 0x1p53) || Double(Int64(self)) == self }
}

import Notation

/// Makes anything `Decodable` of a value.
enum ValueDecoding {
  static func value<Subject: Decodable>(
    _ type: Subject.Type, of value: Value
  ) throws(ReadingError) -> Subject {
    do {
      return try ValueDecoder(value: value, codingPath: []).decode(type)
    } catch let error as DecodingError {
      throw ReadingError(.notDecodable(path: error.path, message: error.message))
    } catch {
      // Whatever a type of the caller's throws of itself.
      throw ReadingError(.notDecodable(path: "/", message: "\(error)"))
    }
  }
}

extension DecodingError {
  private var context: Context? {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      context
    @unknown default: nil
    }
  }

  fileprivate var path: String {
    "/" + (context?.codingPath ?? []).map(\.stringValue).joined(separator: "/")
  }

  fileprivate var message: String { context?.debugDescription ?? "it cannot be decoded" }
}

// MARK: - The three containers of Codable

private struct ValueDecoder: Decoder, SingleValueDecodingContainer {
  let value: Value
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .map(let map) = value else { throw mismatch(ValueMap.self, "a map") }
    return KeyedDecodingContainer(MapReading(map: map, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let list) = value else { throw mismatch([Value].self, "a list") }
    return ListReading(list: list, decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let bool) = value else { throw mismatch(type, "true or false") }
    return bool
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string(let text) = value else { throw mismatch(type, "a string") }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double {
    guard case .number(let number) = value else { throw mismatch(type, "a number") }
    return number
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try whole(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try whole(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try whole(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try whole(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try whole(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try whole(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try whole(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try whole(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try whole(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try whole(type) }

  func decode<Subject: Decodable>(_ type: Subject.Type) throws -> Subject {
    try Subject(from: self)
  }

  private func whole<Number: BinaryInteger>(_ type: Number.Type) throws -> Number {
    let number = try decode(Double.self)
    guard let whole = Number(exactly: number) else {
      throw mismatch(type, "a whole number that fits into \(type)")
    }
    return whole
  }

  private func mismatch(_ type: any Any.Type, _ wanted: String) -> DecodingError {
    let message = "it should be \(wanted)"
    return .typeMismatch(
      type, DecodingError.Context(codingPath: codingPath, debugDescription: message))
  }

  func at(_ key: any CodingKey, _ value: Value) -> ValueDecoder {
    ValueDecoder(value: value, codingPath: codingPath + [key])
  }
}

private struct MapReading<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let map: ValueMap
  let decoder: ValueDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { map.keys.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { map[key.stringValue] != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }

  func decode<Subject: Decodable>(_ type: Subject.Type, forKey key: Key) throws -> Subject {
    try member(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try member(MemberName("super")) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

  private func member(_ key: any CodingKey) throws -> ValueDecoder {
    guard let value = map[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key,
        DecodingError.Context(
          codingPath: codingPath, debugDescription: "'\(key.stringValue)' is missing"))
    }
    return decoder.at(key, value)
  }
}

private struct ListReading: UnkeyedDecodingContainer {
  let list: [Value]
  let decoder: ValueDecoder
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { list.count }
  var isAtEnd: Bool { currentIndex >= list.count }

  init(list: [Value], decoder: ValueDecoder) {
    self.list = list
    self.decoder = decoder
  }

  mutating func decodeNil() throws -> Bool {
    guard try element().decodeNil() else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Subject: Decodable>(_ type: Subject.Type) throws -> Subject {
    let subject = try element().decode(type)
    currentIndex += 1
    return subject
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let container = try element().container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try element().unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try element()
    currentIndex += 1
    return decoder
  }

  private func element() throws -> ValueDecoder {
    let key = MemberName("\(currentIndex)")
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Value.self,
        DecodingError.Context(codingPath: codingPath + [key], debugDescription: "it is missing"))
    }
    return decoder.at(key, list[currentIndex])
  }
}

/// The name of a member, or its place in a list.
private struct MemberName: CodingKey {
  let stringValue: String
  var intValue: Int? { Int(stringValue) }
  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.init(stringValue) }
  init(intValue: Int) { self.init("\(intValue)") }
}

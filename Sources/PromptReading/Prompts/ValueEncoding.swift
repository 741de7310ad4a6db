import Notation

/// Makes a value of anything `Encodable`, keys in the order in which it encodes them.
enum ValueEncoding {
  static func value(of subject: some Encodable) throws(ReadingError) -> Value {
    let draft = EncodingDraft()
    do {
      try draft.take(subject, at: [])
    } catch let problem as Unencodable {
      throw ReadingError(.notEncodable(path: problem.path))
    } catch {
      // Whatever a type of the caller's throws of itself.
      throw ReadingError(.notEncodable(path: "/"))
    }
    return draft.value
  }
}

/// A part of an input that no JSON can hold.
private struct Unencodable: Error {
  let path: String

  init(_ path: [any CodingKey]) {
    self.path = "/" + path.map(\.stringValue).joined(separator: "/")
  }
}

/// A value in the making: containers that were handed out go on writing into it.
private final class EncodingDraft {
  private enum Content {
    case nothing
    case value(Value)
    case list([EncodingDraft])
    case map([(key: String, draft: EncodingDraft)])
  }

  private var content = Content.nothing

  /// What has been written; an empty map where a type wrote nothing.
  var value: Value {
    switch content {
    case .nothing: [:]
    case .value(let value): value
    case .list(let drafts): .list(drafts.map(\.value))
    case .map(let drafts): .map(ValueMap(drafts.map { ($0.key, $0.draft.value) }))
    }
  }

  func take(_ subject: some Encodable, at path: [any CodingKey]) throws {
    guard let scalar = try Self.scalar(subject, at: path) else {
      return try subject.encode(to: DraftEncoder(draft: self, codingPath: path))
    }
    content = .value(scalar)
  }

  func takeNull() { content = .value(.null) }

  func beginList() {
    guard case .list = content else { return content = .list([]) }
  }

  func beginMap() {
    guard case .map = content else { return content = .map([]) }
  }

  var count: Int { if case .list(let drafts) = content { drafts.count } else { 0 } }

  func element() -> EncodingDraft {
    let draft = EncodingDraft()
    if case .list(let drafts) = content { content = .list(drafts + [draft]) }
    return draft
  }

  func member(_ key: String) -> EncodingDraft {
    let draft = EncodingDraft()
    if case .map(let drafts) = content { content = .map(drafts + [(key, draft)]) }
    return draft
  }

  /// The value of what has no parts; nil for what encodes itself.
  private static func scalar(
    _ subject: some Encodable, at path: [any CodingKey]
  ) throws(Unencodable) -> Value? {
    switch subject {
    case let value as PromptValue: value.value
    case let bool as Bool: .bool(bool)
    case let text as String: .string(text)
    case let number as any BinaryInteger: try number.exactNumber(at: path)
    case let number as any BinaryFloatingPoint: try Double(number).finiteNumber(at: path)
    default: nil
    }
  }
}

extension BinaryInteger {
  fileprivate func exactNumber(at path: [any CodingKey]) throws(Unencodable) -> Value {
    guard let number = Double(exactly: self) else { throw Unencodable(path) }
    return .number(number)
  }
}

extension Double {
  fileprivate func finiteNumber(at path: [any CodingKey]) throws(Unencodable) -> Value {
    guard isFinite else { throw Unencodable(path) }
    return .number(self)
  }
}

// MARK: - The three containers of Codable

private struct DraftEncoder: Encoder {
  let draft: EncodingDraft
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    draft.beginMap()
    return KeyedEncodingContainer(MapContainer(draft: draft, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    draft.beginList()
    return ListContainer(draft: draft, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    ScalarContainer(draft: draft, codingPath: codingPath)
  }
}

private struct MapContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let draft: EncodingDraft
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { draft.member(key.stringValue).takeNull() }

  func encode<Subject: Encodable>(_ subject: Subject, forKey key: Key) throws {
    try draft.member(key.stringValue).take(subject, at: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    DraftEncoder(draft: draft.member("super"), codingPath: codingPath)
  }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

  private func encoder(_ key: Key) -> DraftEncoder {
    DraftEncoder(draft: draft.member(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct ListContainer: UnkeyedEncodingContainer {
  let draft: EncodingDraft
  let codingPath: [any CodingKey]
  var count: Int { draft.count }

  func encodeNil() { draft.element().takeNull() }

  func encode<Subject: Encodable>(_ subject: Subject) throws {
    let path = codingPath + [Place(intValue: count)]
    try draft.element().take(subject, at: path)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    superEncoder().unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    let path = codingPath + [Place(intValue: count)]
    return DraftEncoder(draft: draft.element(), codingPath: path)
  }

  private struct Place: CodingKey {
    let place: Int
    var stringValue: String { "\(place)" }
    var intValue: Int? { place }
    init(intValue: Int) { place = intValue }
    init?(stringValue: String) { nil }
  }
}

private struct ScalarContainer: SingleValueEncodingContainer {
  let draft: EncodingDraft
  let codingPath: [any CodingKey]

  func encodeNil() { draft.takeNull() }

  func encode<Subject: Encodable>(_ subject: Subject) throws {
    try draft.take(subject, at: codingPath)
  }
}

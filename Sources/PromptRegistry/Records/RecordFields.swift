package import Notation

/// The fields of one record, each taken exactly once; what is left over at the end is an error.
struct RecordFields {
  private let all: ValueMap
  private var taken: [String] = []
  private let place: [PathStep]

  init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    guard case .map(let map) = value else {
      throw RecordError(place: place, problem: .wrongType(expected: "a map"))
    }
    all = map
    self.place = place
    taken.reserveCapacity(map.count)
  }

  /// A record that has these fields and no others: one that is misspelt is named before the one
  /// that is missing because of it.
  init(_ value: Value, at place: [PathStep], of fields: [String]) throws(RecordError) {
    try self.init(value, at: place)
    if let field = all.keys.first(where: { !fields.contains($0) }) {
      throw RecordError(place: place + [.key(field)], problem: .unknown)
    }
  }

  /// The value of a field, whatever it is.
  mutating func value(_ field: String) throws(RecordError) -> Value {
    guard let value = all[field] else {
      throw RecordError(place: place + [.key(field)], problem: .missing)
    }
    taken.append(field)
    return value
  }

  /// The value of a field turned into what it stands for.
  mutating func parsed<T>(
    _ field: String, _ expected: String, _ parse: (Value) -> T?
  ) throws(RecordError) -> T {
    let value = try value(field)
    guard let parsed = parse(value) else {
      throw RecordError(place: place + [.key(field)], problem: .wrongType(expected: expected))
    }
    return parsed
  }

  /// The same where `null` stands for nothing.
  mutating func optional<T>(
    _ field: String, _ expected: String, _ parse: (Value) -> T?
  ) throws(RecordError) -> T? {
    let value = try value(field)
    if value == .null { return nil }
    guard let parsed = parse(value) else {
      throw RecordError(
        place: place + [.key(field)], problem: .wrongType(expected: "\(expected) or null"))
    }
    return parsed
  }

  /// The fields `version` and `digest`; both are `null` where nothing is live.
  mutating func versionMark() throws(RecordError) -> VersionMark? {
    let version = try optional("version", "a version", Field.version)
    let digest = try optional("digest", "a digest", Field.digest)
    guard (version == nil) == (digest == nil) else {
      throw RecordError(
        place: place + [.key("digest")], problem: .wrongType(expected: "null as the version is"))
    }
    guard let version, let digest else { return nil }
    return VersionMark(version: version, digest: digest)
  }

  /// The elements of a list, each read as a record by itself.
  mutating func list<T>(
    _ field: String, _ element: (Value, [PathStep]) throws(RecordError) -> T
  ) throws(RecordError) -> [T] {
    let values = try parsed(field, "a list") { $0.list }
    var elements: [T] = []
    elements.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      elements.append(try element(value, place + [.key(field), .index(index)]))
    }
    return elements
  }

  /// The entries of a map, each read as a record by itself.
  mutating func map<T>(
    _ field: String, _ entry: (String, Value, [PathStep]) throws(RecordError) -> T
  ) throws(RecordError) -> [T] {
    let map = try parsed(field, "a map") { $0.map }
    var entries: [T] = []
    for (key, value) in map.entries {
      entries.append(try entry(key, value, place + [.key(field), .key(key)]))
    }
    return entries
  }

  /// Refuses a field that nobody took.
  func finish() throws(RecordError) {
    guard taken.count < all.count else { return }
    if let field = all.keys.first(where: { !taken.contains($0) }) {
      throw RecordError(place: place + [.key(field)], problem: .unknown)
    }
  }
}

/// Where a record is not what its kind asks for.
package struct RecordError: Error, Hashable {
  /// The way to the field from the top of the record.
  package let place: [PathStep]
  /// What is wrong with it.
  package let problem: Problem

  /// What can be wrong with a field.
  package enum Problem: Hashable, Sendable {
    case missing
    case unknown
    case wrongType(expected: String)
    case notCanonical(String)
    case otherBytes
  }

  /// A file that does not have the digest by which something else names it.
  package static let otherBytes = RecordError(place: [], problem: .otherBytes)
}

extension RecordError {
  /// The field as a person writes it: `members.alice.roles[1]`.
  package var field: String {
    place.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
  }
}

/// A record of the ledger: one value, one canonical text.
package protocol Record: Hashable, Sendable {
  /// Refuses unknown fields, missing fields and wrong types.
  init(_ value: Value) throws(RecordError)
  /// The value whose record form is the file.
  var value: Value { get }
}

extension Record {
  /// Reads the canonical bytes of a file of the ledger.
  package init(bytes: [UInt8]) throws(RecordError) {
    let value: Value
    do throws(NotationError) {
      value = try RecordForm.parse(bytes)
    } catch {
      throw RecordError(place: [], problem: .notCanonical(error.message))
    }
    try self.init(value)
  }

  /// The bytes of the file.
  package var bytes: [UInt8] { RecordForm.bytes(value) }
}

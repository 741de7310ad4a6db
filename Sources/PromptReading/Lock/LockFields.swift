import Contracts
import Keys
package import Notation

/// Why a file is no lock.
package enum LockFault: Error, Hashable, Sendable {
  case notJSON(NotationError)
  case newerFormat(Int)
  case missing(field: String)
  case unknown(field: String)
  case wrongType(field: String, expected: String)
  case twice(String)
  /// It does not say what its digest vouches for.
  case changed
}

/// The fields of one map of a lock, each taken exactly once.
struct LockFields {
  private var left: ValueMap
  private let place: String

  init(_ value: Value, at place: String) throws(LockFault) {
    guard case .map(let map) = value else { throw .wrongType(field: place, expected: "a map") }
    left = map
    self.place = place
  }

  mutating func value(_ field: String) throws(LockFault) -> Value {
    guard let value = left[field] else { throw .missing(field: path(field)) }
    left[field] = nil
    return value
  }

  mutating func text(_ field: String) throws(LockFault) -> String {
    try parsed(field, "a text") { $0.string }
  }

  mutating func optionalText(_ field: String) throws(LockFault) -> String? {
    let value = try value(field)
    guard value != .null else { return nil }
    guard let text = value.string else {
      throw .wrongType(field: path(field), expected: "a text or null")
    }
    return text
  }

  mutating func count(_ field: String) throws(LockFault) -> Int {
    try parsed(field, "a number") { $0.integer.flatMap { $0 >= 0 ? $0 : nil } }
  }

  mutating func version(_ field: String) throws(LockFault) -> SemanticVersion {
    try parsed(field, "a version") { $0.string.flatMap { SemanticVersion($0) } }
  }

  mutating func digest(_ field: String) throws(LockFault) -> Digest {
    try parsed(field, "a digest") { $0.string.flatMap { Digest($0) } }
  }

  mutating func digestIfAny(_ field: String) throws(LockFault) -> Digest? {
    left[field] == nil ? nil : try digest(field)
  }

  /// A name of a prompt, which files are named after: it cannot lead out of a folder.
  mutating func name(_ field: String) throws(LockFault) -> String {
    try parsed(field, "the name of a prompt") { $0.string.flatMap { Self.isName($0) ? $0 : nil } }
  }

  mutating func list<Element>(
    _ field: String, _ element: (Value, String) throws(LockFault) -> Element
  ) throws(LockFault) -> [Element] {
    let values = try parsed(field, "a list") { $0.list }
    var elements: [Element] = []
    for (index, value) in values.enumerated() {
      elements.append(try element(value, "\(path(field))[\(index)]"))
    }
    return elements
  }

  /// Refuses a field that nobody took.
  func finish() throws(LockFault) {
    if let field = left.keys.first { throw .unknown(field: path(field)) }
  }

  private mutating func parsed<Parsed>(
    _ field: String, _ expected: String, _ parse: (Value) -> Parsed?
  ) throws(LockFault) -> Parsed {
    guard let parsed = parse(try value(field)) else {
      throw .wrongType(field: path(field), expected: expected)
    }
    return parsed
  }

  private func path(_ field: String) -> String { place.isEmpty ? field : "\(place).\(field)" }

  private static let nameByteLimit = 128

  private static func isName(_ text: String) -> Bool {
    text.utf8.count <= nameByteLimit
      && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { segment in
        !segment.isEmpty && segment.utf8.allSatisfy(isNameByte)
      }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

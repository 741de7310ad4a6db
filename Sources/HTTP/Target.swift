/// What is wrong with a request's target.
package enum TargetFlaw: Error, Hashable, Sendable {
  case badPercentEncoding
  case forbiddenByte(UInt8)
  case notUTF8
  case notAPath
  case tooManyParts(limit: Int)
}

/// A request's path and query, decoded once and strictly; `..` is a segment like any other.
package struct Target: Hashable, Sendable {
  /// The bytes of the request line, which are what caches and logs see.
  package let raw: String
  /// Decoded segments; `/a%2Fb/c` is `["a/b", "c"]` and `/` is `[""]`.
  package let segments: [String]
  /// Decoded names and values in the order sent; a name may repeat.
  package let query: [QueryItem]

  /// More segments or query items than this are refused.
  package static let partLimit = 128

  /// Reads an origin-form target, or an absolute-form one whose authority is dropped.
  package init(_ bytes: some Collection<UInt8>) throws(TargetFlaw) {
    guard let raw = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    self.raw = raw
    let origin = Target.origin(of: Array(raw.utf8))
    guard origin.first == UInt8(ascii: "/") else { throw .notAPath }
    if origin.contains(UInt8(ascii: "#")) { throw .forbiddenByte(UInt8(ascii: "#")) }
    let parts = origin.split(
      separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    segments = try Target.segments(of: parts[0].dropFirst())
    query = parts.count == 2 ? try Target.items(of: parts[1]) : []
  }

  /// The value of the first query item called `name`.
  package func first(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }

  private static func origin(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    for scheme in ["http://", "https://"] where bytes.starts(with: scheme.utf8) {
      let rest = bytes.dropFirst(scheme.utf8.count)
      return rest.drop { $0 != UInt8(ascii: "/") }
    }
    return bytes[...]
  }

  private static func segments(of path: ArraySlice<UInt8>) throws(TargetFlaw) -> [String] {
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count <= partLimit else { throw .tooManyParts(limit: partLimit) }
    var segments: [String] = []
    for part in parts { segments.append(try PercentCoding.decode(part)) }
    return segments
  }

  private static func items(of query: ArraySlice<UInt8>) throws(TargetFlaw) -> [QueryItem] {
    let parts = query.split(separator: UInt8(ascii: "&"))
    guard parts.count <= partLimit else { throw .tooManyParts(limit: partLimit) }
    var items: [QueryItem] = []
    for part in parts {
      let pair = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      items.append(
        QueryItem(
          name: try PercentCoding.decode(pair[0], plus: .space),
          value: pair.count == 2 ? try PercentCoding.decode(pair[1], plus: .space) : ""))
    }
    return items
  }
}

/// One `name=value` of a query, decoded.
package struct QueryItem: Hashable, Sendable {
  /// What stands before the first `=`.
  package let name: String
  /// What stands after it, empty where there is none.
  package let value: String

  /// A pair that is already decoded.
  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

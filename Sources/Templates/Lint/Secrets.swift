/// Finds what must never get into a ledger that forgets nothing: private keys and tokens.
package enum Secrets {
  /// One secret: what it is, and which bytes it takes.
  package struct Occurrence: Hashable, Sendable {
    /// Such as `GitHub token`.
    package let name: String
    /// Where it stands, in bytes from the start.
    package let range: Range<Int>
  }

  /// All secrets in a text, in order; linear in its length.
  package static func find(in bytes: [UInt8]) -> [Occurrence] {
    var found: [Occurrence] = []
    var cursor = 0
    while cursor < bytes.count {
      if let secret = secret(in: bytes, at: cursor) {
        found.append(secret)
        cursor = secret.range.upperBound
      } else {
        cursor += 1
      }
    }
    return found
  }

  private static func secret(in bytes: [UInt8], at start: Int) -> Occurrence? {
    guard let shapes = byFirstByte[Int(bytes[start])], isStart(start, in: bytes) else { return nil }
    for shape in shapes {
      if let end = shape.end(in: bytes, from: start) {
        return Occurrence(name: shape.name, range: start..<end)
      }
    }
    return nil
  }

  /// A token does not begin inside a word: `task-…` holds no `sk-…`.
  private static func isStart(_ offset: Int, in bytes: [UInt8]) -> Bool {
    guard offset > 0 else { return true }
    let before = bytes[offset - 1]
    return !before.isAlphanumeric && before != UInt8(ascii: "_")
  }

  private static let byFirstByte: [[SecretShape]?] = {
    var table = [[SecretShape]?](repeating: nil, count: 256)
    for shape in SecretShape.known {
      for first in Set(shape.prefixes.compactMap(\.first)) {
        table[Int(first)] = (table[Int(first)] ?? []) + [shape]
      }
    }
    return table
  }()
}

import Glibc

/// The system's source of secrets; it cannot be seeded.
package enum Random {
  /// That many unpredictable bytes.
  package static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// Twice as many lower-case hex digits as `count`, which counts bytes.
  package static func hex(_ count: Int) -> String {
    bytes(count).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

import Notation

/// Writes numbers as JavaScript prints them, without a string for whole ones.
enum NumberBytes {
  /// The largest whole number up to which every whole number is exact.
  private static let exactLimit = 9_007_199_254_740_992.0

  static func append(_ number: Double, to bytes: inout [UInt8]) {
    if number.magnitude < exactLimit, number == number.rounded(.towardZero) {
      append(Int64(number), to: &bytes)
    } else {
      bytes.append(contentsOf: NumberText.text(of: number).utf8)
    }
  }

  static func append(_ number: Int64, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var divisor: UInt64 = 1
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}

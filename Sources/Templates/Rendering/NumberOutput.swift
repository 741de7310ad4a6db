import Notation

extension Buffer<UInt8> {
  mutating func append(integer number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var divisor: UInt = 1
    while number.magnitude / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number.magnitude / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends a number as JavaScript prints it.
  mutating func append(number: Double) {
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      append(integer: whole)
    } else {
      append(Array(NumberText.text(of: number).utf8)[...])
    }
  }
}

/// A binary64 as the shortest decimal that reads back as it: `digits * 10^exponent`, sign left out.
///
/// People write `0.01` and mean a hundredth; as binary fractions 0.07 is no multiple of it.
struct Decimal: Hashable {
  let digits: UInt64
  let exponent: Int

  init(_ number: Double) {
    if let whole = UInt64(exactly: number.magnitude), whole < 1 << 53 {
      digits = whole
      exponent = 0
      return
    }
    var digits: UInt64 = 0
    var exponent = 0
    var isFraction = false
    let halves = number.magnitude.description.split(separator: "e")
    for byte in halves[0].utf8 {
      guard byte.isDigit else {
        isFraction = true
        continue
      }
      digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
      if isFraction { exponent -= 1 }
    }
    if halves.count == 2 { exponent += Int(halves[1]) ?? 0 }
    self.digits = digits
    self.exponent = exponent
  }

  /// Exact, whatever the exponents; the unit is not 0.
  func isMultiple(of unit: Decimal) -> Bool {
    guard digits != 0 else { return true }
    let shift = exponent - unit.exponent
    if shift >= 0 { return Self.remainder(digits, shift, unit.digits) == 0 }
    var divisor = unit.digits
    for _ in 0..<(-shift) {
      let (next, overflows) = divisor.multipliedReportingOverflow(by: 10)
      if overflows { return false }
      divisor = next
    }
    return digits.isMultiple(of: divisor)
  }

  /// `digits * 10^power` modulo the divisor.
  private static func remainder(_ digits: UInt64, _ power: Int, _ divisor: UInt64) -> UInt64 {
    var remainder = digits % divisor
    for _ in 0..<power where remainder != 0 {
      remainder = divisor.dividingFullWidth(remainder.multipliedFullWidth(by: 10)).remainder
    }
    return remainder
  }
}

/// Numbers as ECMAScript's `Number::toString` writes them, which RFC 8785 adopts.
package enum NumberText {
  /// The shortest text that reads back as the same binary64: `1`, `0.1`, `1e+21`, `1e-7`.
  ///
  /// Negative zero is `0`; what is not finite is `NaN`, `Infinity` or `-Infinity`.
  package static func text(of number: Double) -> String {
    guard number.isFinite else {
      return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    }
    var bytes: [UInt8] = []
    append(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text of a finite number.
  static func append(_ number: Double, to output: inout [UInt8]) {
    if let whole = Int64(exactly: number), whole.magnitude <= exactIntegerLimit {
      appendInteger(whole, to: &output)
    } else {
      appendShortest(number, to: &output)
    }
  }

  /// A product or quotient of two exact numbers, hence correctly rounded; nil where one is not.
  static func exact(_ significand: UInt64, power: Int) -> Double? {
    guard significand <= exactIntegerLimit, power.magnitude < exactPowers.count else { return nil }
    let scale = exactPowers[Int(power.magnitude)]
    return power < 0 ? Double(significand) / scale : Double(significand) * scale
  }

  /// Every whole number up to this one is a binary64.
  private static let exactIntegerLimit: UInt64 = 1 << 53

  /// The powers of ten that are exact as binary64.
  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension NumberText {
  private static func appendInteger(_ number: Int64, to output: inout [UInt8]) {
    if number < 0 { output.append(UInt8(ascii: "-")) }
    let start = output.count
    var rest = number.magnitude
    repeat {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    output[start...].reverse()
  }

  /// Takes the shortest digits from the standard library. Where that needs no exponent, ECMAScript
  /// writes the same; else they are set as ECMAScript does.
  private static func appendShortest(_ number: Double, to output: inout [UInt8]) {
    let description = number.description.utf8
    guard description.contains(UInt8(ascii: "e")) else {
      output.append(contentsOf: description)
      if output.suffix(2).elementsEqual(".0".utf8) { output.removeLast(2) }
      return
    }
    if number < 0 { output.append(UInt8(ascii: "-")) }
    let decimal = Decimal(shortest: number)
    let digits = decimal.digits
    switch decimal.point {
    case digits.count...21:
      output.append(contentsOf: digits)
      appendZeros(decimal.point - digits.count, to: &output)
    case 1...21:
      output.append(contentsOf: digits[..<decimal.point])
      output.append(UInt8(ascii: "."))
      output.append(contentsOf: digits[decimal.point...])
    case -5...0:
      output.append(contentsOf: "0.".utf8)
      appendZeros(-decimal.point, to: &output)
      output.append(contentsOf: digits)
    default:
      output.append(digits[0])
      if digits.count > 1 {
        output.append(UInt8(ascii: "."))
        output.append(contentsOf: digits[1...])
      }
      output.append(UInt8(ascii: "e"))
      output.append(UInt8(ascii: decimal.point > 0 ? "+" : "-"))
      appendInteger(Int64((decimal.point - 1).magnitude), to: &output)
    }
  }

  private static func appendZeros(_ count: Int, to output: inout [UInt8]) {
    output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: count))
  }
}

/// Decimal digits d1…dn without zeros at either end, and the power of ten that makes 0.d1…dn the
/// magnitude of a number.
private struct Decimal {
  var digits: [UInt8] = []
  var point = 0

  init(shortest number: Double) {
    var exponent = 0
    var fractionStart: Int?
    var bytes = number.magnitude.description.utf8[...]
    if let mark = bytes.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(Substring(bytes[mark...].dropFirst())) ?? 0
      bytes = bytes[..<mark]
    }
    for byte in bytes {
      if byte == UInt8(ascii: ".") { fractionStart = digits.count } else { digits.append(byte) }
    }
    point = (fractionStart ?? digits.count) + exponent
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leading)
    point -= leading
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
  }
}

import Notation

/// One end of a range of numbers, written so that a greater `tightness` lets fewer numbers in.
struct NumberBound: Hashable {
  let tightness: Double
  let isExclusive: Bool
  let bound: Double?

  func isTighter(than other: NumberBound) -> Bool {
    tightness == other.tightness ? isExclusive : tightness > other.tightness
  }

  /// `5`, or `> 5` as a text where the bound itself is out.
  var value: Value? {
    bound.map { isExclusive ? .string("excluding \(JSON.text(.number($0)))") : .number($0) }
  }

  static func == (left: NumberBound, right: NumberBound) -> Bool {
    left.tightness == right.tightness && left.isExclusive == right.isExclusive
  }
}

extension NumberRules {
  var lower: NumberBound { Self.tightest(minimum, exclusiveMinimum, sign: 1) }
  var upper: NumberBound { Self.tightest(maximum, exclusiveMaximum, sign: -1) }

  private static func tightest(
    _ inclusive: Double?, _ exclusive: Double?, sign: Double
  ) -> NumberBound {
    let one = NumberBound(
      tightness: inclusive.map { $0 * sign } ?? -.infinity, isExclusive: false, bound: inclusive)
    guard let exclusive else { return one }
    let other = NumberBound(tightness: exclusive * sign, isExclusive: true, bound: exclusive)
    return other.isTighter(than: one) ? other : one
  }
}

extension NumberRules {
  /// More integers than this are not taken one by one.
  private static let rangeLimit = 256

  /// What the rules say of integers: bounds are integers that are in, and units are whole.
  var ofIntegers: NumberRules {
    NumberRules(
      minimum: [minimum?.rounded(.up), exclusiveMinimum?.nextUp.rounded(.up)]
        .compactMap { $0 }.max(),
      maximum: [maximum?.rounded(.down), exclusiveMaximum?.nextDown.rounded(.down)]
        .compactMap { $0 }.min(),
      multipleOf: multipleOf.flatMap(\.wholeUnit))
  }

  /// The integers between the bounds, where both are and where these are few.
  var range: [Double]? {
    guard let minimum, let maximum, maximum - minimum < Double(Self.rangeLimit),
      max(minimum.magnitude, maximum.magnitude) < 0x1p53
    else { return nil }
    return Array(stride(from: minimum, through: maximum, by: 1))
  }
}

extension SchemaNode {
  /// The types without fractions where `multipleOf` lets none through.
  var exactTypes: TypeSet {
    guard let unit = number?.multipleOf, unit.isWhole else { return types }
    return types.subtracting(.fraction)
  }

  /// The same schema with rules for integers where no other numbers are let through.
  var exact: SchemaNode {
    var exact = self
    exact.types = exactTypes
    guard exact.types.isDisjoint(with: .fraction) else { return exact }
    exact.number = exact.types.contains(.integer) ? number?.ofIntegers : nil
    if exact.number == NumberRules() { exact.number = nil }
    return exact
  }

  /// The values that can be valid, as `enum`, types and bounds tell; nil where they are many.
  var fewValues: [Value]? {
    if let choice { return choice.values }
    let types = exactTypes
    guard types.isSubset(of: [.null, .boolean, .integer]) else { return nil }
    var values: [Value] = types.contains(.null) ? [.null] : []
    if types.contains(.boolean) { values += [false, true] }
    guard types.contains(.integer) else { return values }
    guard let integers = number?.ofIntegers.range else { return nil }
    return values + integers.map { .number($0) }
  }
}

extension Double {
  /// The unit of the integers among the multiples of this one; nil for 1, which leaves them all.
  fileprivate var wholeUnit: Double? {
    let decimal = Decimal(self)
    guard decimal.exponent < 0 else { return self == 1 ? nil : self }
    // Finer units stay as they are: multiples of theirs are compared exactly all the same.
    guard decimal.exponent >= -19 else { return self }
    let denominator = (0..<(-decimal.exponent)).reduce(UInt64(1)) { power, _ in power * 10 }
    let unit = decimal.digits / Self.greatestDivisor(decimal.digits, denominator)
    guard unit < 1 << 53 else { return self }
    return unit == 1 ? nil : Double(unit)
  }

  private static func greatestDivisor(_ one: UInt64, _ other: UInt64) -> UInt64 {
    var (dividend, divisor) = (one, other)
    while divisor != 0 { (dividend, divisor) = (divisor, dividend % divisor) }
    return dividend
  }
}

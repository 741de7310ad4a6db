import Testing

@testable import Contracts

@Suite struct DecimalTests {
  @Test(arguments: [
    (0.0075, 0.0001, true), (0.00751, 0.0001, false), (0.07, 0.01, true), (4.35, 0.01, true),
    (1e308, 0.123456789, false), (12_391_239_123, 1e-8, true), (1e300, 1e299, true),
    (1e-300, 1e-299, false), (0, 0.3, true), (-0.9, 0.3, true), (3.3, 1.1, true),
    (Double.leastNonzeroMagnitude, .leastNonzeroMagnitude, true),
    (1.7976931348623157e308, Double.leastNonzeroMagnitude, true),
    (9_007_199_254_740_994, 3, false), (7, 2, false),
    (1e22, 1e-22, true), (4.5, 1.5, true), (4.6, 1.5, false),
  ])
  func `a multiple is one of the numbers as people write them`(
    number: Double, unit: Double, isMultiple: Bool
  ) {
    #expect(Decimal(number).isMultiple(of: Decimal(unit)) == isMultiple)
  }
}

import Notation
import TestSupport
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (1.5, "1.5"), (0.1, "0.1"), (100, "100"),
    (1e20, "100000000000000000000"), (123456789012345680000.0, "123456789012345680000"),
    (1e21, "1e+21"), (1.5e21, "1.5e+21"), (-1e22, "-1e+22"), (1e-6, "0.000001"),
    (1e-7, "1e-7"), (1.25e-7, "1.25e-7"), (123e-20, "1.23e-18"), (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (9_007_199_254_740_992, "9007199254740992"),
    (9_007_199_254_740_994, "9007199254740994"), (-0.000012, "-0.000012"),
    (295147905179352830000.0, "295147905179352830000"),
    (999999999999999700000.0, "999999999999999700000"),
    (333333333.33333325, "333333333.33333325"), (1e23, "1e+23"), (0.5, "0.5"),
    (12345.678, "12345.678"),
    (.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
  ])
  func numbersPrintAsECMAScriptPrintsThem(number: Double, text: String) {
    #expect(NumberText.text(of: number) == text)
  }

  /// The samples of appendix B of RFC 8785.
  @Test(
    arguments: [
      (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
      (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
      (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xC340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"),
      (0x44B5_2D02_C7E1_4AF6, "1e+23"), (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
      (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
      (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"),
      (0x444B_1AE4_D6E2_EF50, "1e+21"), (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"),
      (0x3EB0_C6F7_A0B5_ED8D, "0.000001"), (0x41B3_DE43_5555_5553, "333333333.3333332"),
      (0x41B3_DE43_5555_5554, "333333333.33333325"), (0x41B3_DE43_5555_5555, "333333333.3333333"),
      (0x41B3_DE43_5555_5556, "333333333.3333334"), (0x41B3_DE43_5555_5557, "333333333.33333343"),
      (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
      (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func numbersPrintAsRFC8785Lists(bits: UInt64, text: String) {
    #expect(NumberText.text(of: Double(bitPattern: bits)) == text)
  }

  @Test func everyNumberReadsBackAsItself() throws {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<50_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      let text = NumberText.text(of: number)
      let read = try JSON.parse(text).number
      #expect(read == number, "seed 42, \(text)")
    }
  }
}

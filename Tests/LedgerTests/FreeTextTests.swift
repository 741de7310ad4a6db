import Foundation
import TestSupport
import Testing

@testable import Ledger

@Suite struct FreeTextTests {
  @Test(arguments: [
    "", "Shorter greeting", "Größe, 你好, שלום, 😀👩‍👩‍👧", "two\n\nparagraphs", " leading",
    "a\u{323}\u{307}x",
  ])
  func ordinaryTextIsWrittenAndRead(text: String) {
    let tidied = FreeText.tidied(text)
    #expect(FreeText.flaw(writing: tidied) == nil)
    #expect(FreeText.flaw(reading: tidied) == nil)
  }

  @Test(arguments: [
    0x00, 0x09, 0x0b, 0x0d, 0x1b, 0x7f, 0x85, 0x9f, 0x2028, 0x2029, 0x061c, 0x200e, 0x200f, 0x202a,
    0x202e, 0x2066, 0x2069, 0xe0001, 0xe007f, 0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1ffff, 0x10fffe,
  ])
  func charactersThatHideSomethingAreRefused(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(FreeText.flaw(reading: "a\(scalar)b") == .forbidden(value))
  }

  @Test func everyOtherAssignedCharacterIsAllowed() {
    // The neighbours of the ranges above, and joiners, which scripts and emoji need.
    for value: UInt32 in [
      0x0a, 0x20, 0x7e, 0xa0, 0x061b, 0x200b, 0x200c, 0x200d, 0x2027, 0x202f, 0x2065 + 5,
    ] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(FreeText.flaw(reading: "a\(scalar)b") == nil, "U+\(String(value, radix: 16))")
    }
  }

  @Test(arguments: [
    "e\u{301}", "\u{212b}", "a\u{307}\u{323}", "\u{1100}\u{1161}", "\u{958}", "\u{f900}",
  ])
  func onlyTheNormalFormIsRead(text: String) {
    #expect(FreeText.flaw(reading: text) == .notNormalized)
    #expect(FreeText.flaw(reading: FreeText.tidied(text)) == nil)
    #expect(FreeText.tidied(text) == text)  // canonically equal
  }

  @Test func marksOfOneCharacterAreInOrderAfterTidying() {
    let tidied = FreeText.tidied("a\u{818}\u{f75}")
    #expect(tidied.unicodeScalars.map(\.value) == [0x61, 0xf71, 0xf74, 0x818])
    let mixed = FreeText.tidied("U\u{613}\u{f73}\u{344}")
    #expect(mixed.unicodeScalars.map(\.value) == [0x55, 0xf71, 0xf72, 0x613, 0x308, 0x301])
    #expect(FreeText.flaw(reading: "a\u{818}\u{f75}") == .notNormalized)
    #expect(FreeText.flaw(reading: "a\u{818}\u{f71}\u{f74}") == .notNormalized)
  }

  /// Foundation has an implementation of its own; of Hangul it leaves some syllables in parts.
  @Test func theNormalFormIsTheOneOfFoundation() {
    var random = SeededGenerator(seed: 21)
    let pool: [ClosedRange<UInt32>] = [
      0x41...0x7a, 0xc0...0x17f, 0x300...0x36f, 0x1e00...0x1eff,
      0x900...0x97f, 0xf900...0xfa2d,
    ]
    for _ in 0..<5000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let range = pool[Int.random(in: 0..<pool.count, using: &random)]
        guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)),
          scalar.properties.generalCategory != .unassigned
        else { continue }
        text.append(scalar)
      }
      let normal = String(text).precomposedStringWithCanonicalMapping
      let isNormal = normal.unicodeScalars.elementsEqual(text)
      #expect((FreeText.flaw(reading: String(text)) == nil) == isNormal, "\(text.map(\.value))")
    }
  }

  @Test func writersUseNoCharacterWhoseNormalFormMayChange() {
    #expect(FreeText.flaw(reading: "\u{378}") == nil)
    #expect(FreeText.flaw(writing: "\u{378}") == .unassigned(0x378))
    #expect(FreeText.flaw(writing: "\u{e000}") == nil)  // private use never changes
  }

  @Test func lengthIsCountedInBytes() {
    let longest = String(repeating: "ä", count: FreeText.sizeLimit / 2)
    #expect(FreeText.flaw(reading: longest) == nil)
    #expect(FreeText.flaw(reading: longest + "a") == .tooLong(limit: FreeText.sizeLimit))
  }

  @Test func tidyingEndsLinesAndDropsBlankEdges() {
    #expect(FreeText.tidied("\r\n \na \r\nb\r\rc\u{2028}d\t\n\n") == "a\nb\n\nc\nd")
    #expect(FreeText.tidied(" \n\t\n") == "")
    #expect(FreeText.tidied("  indented") == "  indented")
  }
}

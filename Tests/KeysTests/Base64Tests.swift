import Foundation
import Testing
import TestSupport

@testable import Keys

@Suite struct Base64Tests {
  @Test func everyLengthIsWrittenAsFoundationWritesItAndReadBack() {
    var random = SeededGenerator(seed: 3)
    for count in 0...200 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = Base64.text(bytes)
      #expect(text == Array(Data(bytes).base64EncodedString().utf8))
      #expect(Base64.bytes(text) == bytes)
    }
  }

  @Test(arguments: [
    "A", "AA", "AAA", "AA=", "A===", "====", "AB==", "AAB=", "AAAA====", "AA==AAAA", "AA=A",
    "AAA\n", "AA AA", "AA-_", "AAAé", "A=AA",
  ])
  func aSecondWritingOfTheSameBytesIsRefused(text: String) {
    #expect(Base64.bytes(Array(text.utf8)) == nil)
  }
}

import Testing
import TestSupport

@testable import Keys

@Suite struct DigestTests {
  static let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  static let abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func theVectorsOfFIPS180Hold() {
    #expect(Digest(of: [UInt8]()).description == Self.empty)
    #expect(Digest(of: "abc").description == Self.abc)
    #expect(
      Digest(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)).hex
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func aStreamGivesTheSameDigestHoweverItIsFedAndStartsAnew() {
    var random = SeededGenerator(seed: 11)
    let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
    var stream = DigestStream()
    for _ in 0..<20 {
      var start = 0
      while start < bytes.count {
        let end = Int.random(in: start...bytes.count, using: &random)
        stream.update(Array(bytes[start..<end]))
        start = end
      }
      #expect(stream.finish() == Digest(of: bytes))
    }
    #expect(stream.finish().description == Self.empty)
  }

  @Test(arguments: [
    "", "sha256:", String(abc.dropLast()), abc + "0", abc.uppercased(),
    "SHA256:" + abc.dropFirst(7),
    String(abc.dropFirst(7)), abc + "\n", " " + abc, abc.replacing("b", with: "g"), "sha1:" + abc,
  ])
  func onlyTheOneWritingOfADigestIsRead(text: String) {
    #expect(Digest(text) == nil)
  }

  @Test func whatIsReadIsWrittenAgain() throws {
    let digest = try #require(Digest(Self.abc))
    #expect(digest.description == Self.abc)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(bytes: digest.bytes.dropLast()) == nil)
  }

  @Test func digestsAreOrderedAsTheirTexts() {
    let digests = (0..<100).map { Digest(of: "\($0)") }
    #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
  }
}

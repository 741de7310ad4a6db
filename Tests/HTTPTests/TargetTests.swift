import Testing

@testable import HTTP

struct TargetTests {
  @Test func segmentsAreDecodedOneByOne() throws {
    let target = try Target("/v1/prompts/a%2Fb/c%40%31".utf8)
    #expect(target.segments == ["v1", "prompts", "a/b", "c@1"])
    #expect(try Target("/".utf8).segments == [""])
    #expect(try Target("/a//b/".utf8).segments == ["a", "", "b", ""])
  }

  @Test func rangesAndDigestsMayStandUnencoded() throws {
    #expect(try Target("/p/x@^1.2".utf8).segments == ["p", "x@^1.2"])
    #expect(try Target("/p/x@sha256:ab".utf8).segments == ["p", "x@sha256:ab"])
  }

  @Test func dotsAreOrdinarySegments() throws {
    #expect(try Target("/../etc/%2e%2e/passwd".utf8).segments == ["..", "etc", "..", "passwd"])
  }

  @Test(arguments: ["/%", "/%1", "/%zz", "/%-1", "/a?b=%g0", "/%+1"])
  func aBrokenEncodingIsRefused(_ raw: String) {
    #expect(throws: TargetFlaw.badPercentEncoding) { try Target(raw.utf8) }
  }

  @Test(arguments: ["/a%00b", "/?q=%00"])
  func anEncodedNULIsRefused(_ raw: String) {
    #expect(throws: TargetFlaw.forbiddenByte(0)) { try Target(raw.utf8) }
  }

  @Test(arguments: ["/%ff", "/%c0%af", "/%ed%a0%80", "/?a=%80"])
  func anEncodingOfNoTextIsRefused(_ raw: String) {
    #expect(throws: TargetFlaw.notUTF8) { try Target(raw.utf8) }
  }

  @Test func rawBytesThatAreNoTextAreRefused() {
    #expect(throws: TargetFlaw.notUTF8) { try Target([0x2F, 0xFF]) }
    #expect(throws: TargetFlaw.forbiddenByte(0x20)) { try Target("/a b".utf8) }
    #expect(throws: TargetFlaw.forbiddenByte(0x7F)) { try Target("/a\u{7F}".utf8) }
    #expect(throws: TargetFlaw.forbiddenByte(0x23)) { try Target("/a#b".utf8) }
  }

  @Test func aQueryKeepsOrderAndRepeats() throws {
    let target = try Target("/x?b=1&a=%26+%2B&b=2&flag&&c=d=e".utf8)
    #expect(
      target.query == [
        QueryItem(name: "b", value: "1"), QueryItem(name: "a", value: "& +"),
        QueryItem(name: "b", value: "2"), QueryItem(name: "flag", value: ""),
        QueryItem(name: "c", value: "d=e"),
      ])
    #expect(target.first("b") == "1")
    #expect(target.first("missing") == nil)
  }

  @Test func anAbsoluteFormLosesItsAuthority() throws {
    #expect(try Target("http://host:80/a?b=c".utf8).segments == ["a"])
  }

  @Test(arguments: ["*", "", "a", "host:443", "http://host"])
  func whatIsNoPathIsRefused(_ raw: String) {
    #expect(throws: TargetFlaw.notAPath) { try Target(raw.utf8) }
  }

  @Test func theNumberOfPartsIsLimited() {
    let flaw = TargetFlaw.tooManyParts(limit: Target.partLimit)
    let segments = String(repeating: "/a", count: Target.partLimit + 1)
    #expect(throws: flaw) { try Target(segments.utf8) }
    let items = "/?" + String(repeating: "a=1&", count: Target.partLimit + 1)
    #expect(throws: flaw) { try Target(items.utf8) }
  }

  @Test func encodingAndDecodingAreInverse() throws {
    let text = "a b/ü\"%+~-._"
    let encoded = PercentCoding.encode(text)
    #expect(encoded == "a%20b%2F%C3%BC%22%25%2B~-._")
    #expect(try PercentCoding.decode(encoded.utf8) == text)
    #expect(PercentCoding.encode("a/b@c", keeping: "/@") == "a/b@c")
  }
}

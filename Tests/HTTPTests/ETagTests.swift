import Testing

@testable import HTTP

struct ETagTests {
  @Test func aTagIsWrittenAsItIsRead() {
    for text in ["\"abc\"", "W/\"abc\"", "\"\"", "\"a,b\""] {
      #expect(ETag(header: text)?.description == text)
    }
    #expect(ETag(header: " \"x\" ")?.tag == "x")
  }

  @Test(arguments: ["", "abc", "\"", "w/\"a\"", "\"a\"b\"", "\"a b\"", "W/", "'a'"])
  func whatIsNoTagIsNotRead(_ text: String) {
    #expect(ETag(header: text) == nil)
  }

  @Test func noneMatchComparesWeakly() {
    let strong = ETag("a")
    let weak = ETag("a", .weak)
    for asked in [
      "\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\",W/\"a\"", "*", " * ", "\"x,y\" , \"a\"",
    ] {
      #expect(NoneMatch(asked).matches(strong), "\(asked)")
      #expect(NoneMatch(asked).matches(weak), "\(asked)")
    }
    for asked in ["\"b\"", "", "a", "\"*\"", "\"a", "\"b\" W/", "\"x,\"a\""] {
      #expect(!NoneMatch(asked).matches(strong), "\(asked)")
    }
  }

  @Test func onlyASuccessfulReadBecomesNotModified() throws {
    let target = try Target("/".utf8)
    let headers: Headers = ["If-None-Match": "\"a\""]
    var response = Response(200, .text, "text")
    response.headers["ETag"] = "\"a\""
    let known = response.unlessKnown(to: Request(.get, target, headers: headers))
    #expect(known.status == 304)
    #expect(known.bytes.isEmpty)
    #expect(known.headers["etag"] == "\"a\"")
    #expect(known.headers["content-type"] == nil)
    #expect(response.unlessKnown(to: Request(.head, target, headers: headers)).status == 304)
    #expect(response.unlessKnown(to: Request(.post, target, headers: headers)).status == 200)
    #expect(response.unlessKnown(to: Request(.get, target)).status == 200)
    response.status = 404
    #expect(response.unlessKnown(to: Request(.get, target, headers: headers)).status == 404)
  }
}

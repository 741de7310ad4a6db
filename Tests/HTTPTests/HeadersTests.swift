import Testing

@testable import HTTP

struct HeadersTests {
  @Test func namesHaveNoCase() {
    var headers: Headers = ["Content-Type": "a", "X": "1", "x": "2"]
    #expect(headers["content-TYPE"] == "a")
    #expect(headers.values("X") == ["1", "2"])
    headers["x"] = "3"
    #expect(headers.values("X") == ["3"])
    headers["X"] = nil
    #expect(headers["x"] == nil)
  }

  @Test func aValueCannotEndItsLine() {
    let headers: Headers = ["Note": "a\r\nSet-Cookie: b\u{0}c\td\u{7F}"]
    #expect(headers["note"] == "a  Set-Cookie: b c d ")
  }

  @Test func aListGoesOverAllFieldsOfItsName() {
    let headers: Headers = ["Accept": "a , b", "accept": ",c,"]
    #expect(headers.list("Accept") == ["a", "b", "c"])
  }

  @Test func aBearerTokenIsReadWhateverTheSchemesCase() {
    #expect(BearerToken.read("Bearer abc") == "abc")
    #expect(BearerToken.read("bearer  abc ") == "abc")
    for other in [nil, "", "Bearer", "Bearer ", "Basic abc", "abc", "Bearerabc"] {
      #expect(BearerToken.read(other) == nil)
    }
  }

  @Test func requestIDsHaveSixteenDigits() {
    #expect(RequestID(0).description == "0000000000000000")
    #expect(RequestID(.max).description == "ffffffffffffffff")
  }
}

struct MediaTypeTests {
  @Test func aTypeIsReadWithItsParameters() {
    let type = MediaType(header: "Text/HTML; Charset=\"utf-8\" ;q=0.5")
    #expect(type == MediaType("text", "html", ["charset": "utf-8", "q": "0.5"]))
    #expect(MediaType(header: "application/json;")?.isSameType(as: .json) == true)
    #expect(MediaType.text.description == "text/plain; charset=utf-8")
  }

  @Test(arguments: ["", "json", "a/", "/b", "a/b/c", "a b/c", "a/b; c"])
  func whatIsNoTypeIsNotRead(_ text: String) {
    #expect(MediaType(header: text) == nil)
  }

  @Test func theBestLikedOfferIsMade() {
    let offers: [MediaType] = [.json, .text]
    #expect(MediaType.preferred([], among: offers) == .json)
    #expect(MediaType.preferred(["*/*"], among: offers) == .json)
    #expect(MediaType.preferred(["text/*"], among: offers) == .text)
    #expect(MediaType.preferred(["application/json;q=0.1", "text/plain"], among: offers) == .text)
    #expect(MediaType.preferred(["*/*", "application/json;q=0"], among: offers) == .text)
    #expect(MediaType.preferred(["image/png"], among: offers) == nil)
    #expect(MediaType.preferred(["nonsense"], among: offers) == .json)
  }
}

import Testing

@testable import HTTP

struct ResponderTests {
  /// Turns a body around; one that begins with a question mark is the handler's.
  static let turning = Responder(
    headers: ["Content-Type": "text/plain"], route: Route(1, "/turn")
  ) { body in body.first == UInt8(ascii: "?") ? nil : body.reversed() }

  private static func application(_ cache: ResponderCache) -> Application {
    var application = Application { Response(422, .text, String(decoding: $0.body, as: UTF8.self)) }
    application.responder = { target, head in
      head.withContentType { $0.count == 10 } == true ? cache.find(target) : nil
    }
    return application
  }

  @Test func whatIsPostedToAPreparedTargetIsAnsweredWithoutTheHandler() throws {
    let cache = ResponderCache()
    cache.insert(Array("/turn".utf8).span, Self.turning)
    let server = try Fixture.server(Self.application(cache))
    let wire = try Wire(server.address)
    let type = "Content-Type: text/plain"
    let turned = try #require(try wire.ask("POST /turn", [type], body: "abc"))
    #expect(turned.status == 200)
    #expect(turned.text == "cba")
    #expect(turned.headers["content-type"] == "text/plain")
    for (line, headers) in [
      ("POST /turn?", [type]), ("POST /other", [type]), ("PUT /turn", [type]), ("POST /turn", []),
      ("POST /turn", ["Content-Type:"]), ("POST /turn", ["Content-Type:", type]),
    ] {
      let answer = try wire.ask(line, headers, body: "abc")
      #expect(answer?.status == 422, "\(line)")
    }
  }

  @Test func whatAResponderDoesNotAnswerGoesToTheHandler() throws {
    let cache = ResponderCache()
    cache.insert(Array("/turn".utf8).span, Self.turning)
    let server = try Fixture.server(Self.application(cache))
    let wire = try Wire(server.address)
    let headers = ["Content-Type: text/plain"]
    let answer = try #require(try wire.ask("POST /turn", headers, body: "?bc"))
    #expect(answer.status == 422)
    #expect(answer.text == "?bc")
  }

  @Test func tooManyRespondersAreForgotten() {
    let cache = ResponderCache()
    for number in 0...ResponderCache.limit {
      cache.insert(Array("/\(number)".utf8).span, Self.turning)
    }
    #expect(cache.find(Array("/0".utf8).span) == nil)
    #expect(cache.find(Array("/\(ResponderCache.limit)".utf8).span) != nil)
  }
}

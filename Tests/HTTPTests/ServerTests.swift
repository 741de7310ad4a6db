import Platform
import Testing

@testable import HTTP

struct ServerTests {
  @Test func aRequestIsAnsweredAsTheFunctionAnswers() throws {
    let server = try Fixture.server()
    let wire = try Wire(server.address)
    for target in ["/a/b%2Fc?x=1&y=%26", "/", "/%zz", "/a%00"] {
      let answer = try #require(try wire.ask("GET \(target)"))
      let expected = Fixture.echo.respond(.get, Array(target.utf8))
      #expect(answer.status == expected.status)
      #expect(answer.body == expected.bytes)
      #expect(answer.headers["content-type"] == expected.headers["content-type"])
    }
  }

  @Test func aBodyArrivesWhole() throws {
    let server = try Fixture.server()
    let wire = try Wire(server.address)
    let body = String(repeating: "0123456789", count: 10_000)
    let answer = try #require(try wire.ask("POST /x", body: body))
    #expect(answer.text == "POST [x]\n" + body)
    #expect(try wire.ask("GET /after")?.text == "GET [after]\n")
  }

  @Test func aBodyInChunksArrivesWhole() throws {
    let server = try Fixture.server()
    let wire = try Wire(server.address)
    wire.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
    wire.send("4;note=1\r\ndefg\r\n0\r\n\r\n")
    #expect(try wire.response()?.text == "POST [x]\nabcdefg")
  }

  @Test func headIsGetWithoutTheBody() throws {
    let server = try Fixture.server()
    let wire = try Wire(server.address)
    let answer = try #require(try wire.ask("HEAD /x"))
    #expect(answer.status == 200)
    #expect(answer.headers["content-length"] == "9")
    #expect(try wire.ask("GET /x")?.text == "GET [x]\n")
  }

  @Test func anUnknownMethodIsToldWhatIsAllowed() throws {
    let server = try Fixture.server()
    let wire = try Wire(server.address)
    let answer = try #require(try wire.ask("DELETE /x"))
    #expect(answer.status == 405)
    #expect(answer.headers["allow"] == "GET, HEAD, POST, OPTIONS")
    #expect(try wire.ask("OPTIONS /x")?.status == 204)
  }
}

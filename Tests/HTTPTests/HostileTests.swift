import Glibc
import Platform
import Testing

@testable import HTTP

struct HostileTests {
  let server: Server

  init() throws {
    server = try Fixture.server { options in
      options.limits.bodyBytes = 1000
      options.limits.headerBytes = 4096
    }
  }

  /// Whoever else asks is served, and nothing of a former client is left.
  private func expectService(leaving connections: Int = 0) throws {
    let other = try Wire(server.address)
    #expect(try other.ask("GET /other")?.text == "GET [other]\n")
    #expect(server.counts.openConnections <= connections + 1)
  }

  @Test(arguments: [
    ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a?b\0c HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX\t: y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: y\0z\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nX: y\0\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\nY: z\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: y\rContent-Length: 3\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400),
    ("GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX:\r\nY: \r\nCookie: a=b; c\r\nZ:z \r\n\r\n", 200),
    ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 200),
    ("GET / HTTP/1.0\r\n\r\n", 200),
    ("GET /?a=b&c HTTP/1.1\r\nHost: a\r\n\r\n", 200),
    (
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 1\r\nContent-Length: 2\r\n\r\nab", 400
    ),
    (
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\nab",
      400
    ),
    ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    ("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 200),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", 415),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", 501),
    (
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
      400
    ),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1e3\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n", 413),
    ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
  ]) func aBadRequestGetsACleanAnswer(_ request: String, _ status: Int) throws {
    let wire = try Wire(server.address)
    wire.send(request)
    #expect(try wire.response()?.status == status)
    try expectService(leaving: 1)
  }

  @Test(arguments: [
    "\r\n\r\n\r\nGET", "\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1 x y\r\n\r\n",
    "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{FC}\u{3}\u{3}\n\n",
  ]) func garbageGetsAnErrorOrAClosedConnection(_ bytes: String) throws {
    let wire = try Wire(server.address)
    wire.send(bytes)
    wire.stopSending()
    let answer = try wire.readToEnd()
    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4") || answer.hasPrefix("HTTP/1.1 5"))
    try expectService()
  }

  @Test func nothingAfterARefusedBodyIsARequest() throws {
    let wire = try Wire(server.address)
    wire.send(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
        + "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try wire.response()?.status == 400)
    #expect(try !wire.readToEnd().contains("smuggled"))
  }

  @Test func anOverlongBodyIsReadToItsEndSoThatItsSenderLearnsWhy() throws {
    let wire = try Wire(server.address)
    let body = String(repeating: "x", count: 3000)
    #expect(try wire.ask("POST /x", body: body)?.status == 413)
    #expect(try wire.ask("GET /next")?.text == "GET [next]\n")
    wire.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    wire.send("bb8\r\n\(body)\r\n0\r\n\r\n")
    #expect(try wire.response()?.status == 413)
    #expect(try wire.ask("GET /next")?.text == "GET [next]\n")
  }

  @Test func aBodyWithoutEndIsCutOff() throws {
    let wire = try Wire(server.address)
    wire.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    let chunk = "3e8\r\n" + String(repeating: "x", count: 1000) + "\r\n"
    var sent = 0
    while sent < 10_000, wire.send(chunk) { sent += 1 }
    #expect(sent < 10_000)
    try expectService()
  }

  @Test func whoWaitsForAPermissionThatIsNotGivenIsToldAtOnce() throws {
    let wire = try Wire(server.address)
    wire.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
    #expect(try wire.response()?.status == 413)
    let polite = try Wire(server.address)
    polite.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    #expect(try polite.response()?.status == 100)
    polite.send("abc")
    #expect(try polite.response()?.text == "POST []\nabc")
  }

  @Test func aFloodOfHeadersIsRefused() throws {
    let wire = try Wire(server.address)
    wire.send("GET / HTTP/1.1\r\nHost: a\r\n")
    var sent = 0
    while sent < 100_000, wire.send("X-\(sent): y\r\n") { sent += 1 }
    #expect(sent < 100_000)
    let justTooMuch = try Wire(server.address)
    let header = "X: " + String(repeating: "y", count: 4096)
    #expect(try justTooMuch.ask("GET /", [header])?.status == 431)
    #expect(try Wire(server.address).ask("GET /", ["X: y"])?.status == 200)
    try expectService(leaving: 1)
  }

  @Test func aHugeTargetIsRefused() throws {
    let wire = try Wire(server.address)
    wire.send("GET /" + String(repeating: "a", count: 30_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try wire.read(through: "\r\n").hasPrefix("HTTP/1.1 414 "))
    try expectService(leaving: 1)
  }

  @Test func pipelinedRequestsAreAnsweredInOrder() throws {
    let wire = try Wire(server.address)
    let count = 500
    wire.send(
      (0..<count).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        + "POST /last HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nend")
    for number in 0..<count { #expect(try wire.response()?.text == "GET [\(number)]\n") }
    #expect(try wire.response()?.text == "POST [last]\nend")
  }

  @Test func aHalfClosedClientGetsItsAnswer() throws {
    let wire = try Wire(server.address)
    wire.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
    wire.stopSending()
    #expect(try wire.response()?.text == "GET [x]\n")
    #expect(try wire.readToEnd().isEmpty)
    let early = try Wire(server.address)
    early.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
    early.stopSending()
    #expect(try early.readToEnd().isEmpty)
    try expectService()
  }

  @Test func anOldClientIsServed() throws {
    let wire = try Wire(server.address)
    wire.send("GET /x HTTP/1.0\r\n\r\n")
    let answer = try wire.readToEnd()
    #expect(answer.hasSuffix("\r\n\r\nGET [x]\n"))
    #expect(answer.contains("Connection: close\r\n"))
  }

  @Test func connectionsThatComeAndGoLeaveNothing() throws {
    let count = Scale.isLong ? 100_000 : 2000
    let steady = try Wire(server.address)
    for number in 0..<count {
      let wire = try Wire(server.address)
      switch number % 4 {
      case 0: break
      case 1: wire.send("GET / HT")
      case 2: wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
      default: wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      }
      if number % 3 == 0 { wire.abort() }
      if number % 500 == 0 { #expect(try steady.ask("GET /s")?.text == "GET [s]\n") }
    }
    #expect(try steady.ask("GET /s")?.text == "GET [s]\n")
    try expectClosed(but: 1)
  }

  /// Waits for the server to have noticed that all clients but `count` have left.
  private func expectClosed(but count: Int) throws {
    let end = Clock.monotonicNanoseconds() + 60_000_000_000
    while server.counts.openConnections > count, Clock.monotonicNanoseconds() < end {
      let wire = try Wire(server.address)
      wire.send("GET / HTTP/1.0\r\n\r\n")
      _ = try wire.readToEnd()
    }
    #expect(server.counts.openConnections <= count + 1)
    #expect(OpenSockets.count(at: server.address) <= count + 3)
  }
}

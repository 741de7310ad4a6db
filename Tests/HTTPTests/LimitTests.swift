import Platform
import Synchronization
import Testing

@testable import HTTP

struct LimitTests {
  @Test func silentClientsAreEnded() throws {
    let server = try Fixture.server { $0.limits.idleSeconds = 1 }
    let starts = [
      "", "GET /", "GET / HTTP/1.1\r\nHost: a\r\nX: ",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
    ]
    let wires = try starts.map { _ in try Wire(server.address) }
    for (wire, start) in zip(wires, starts) { wire.send(start) }
    for wire in wires { #expect(try wire.readToEnd().isEmpty) }
    #expect(try Wire(server.address).ask("GET /x")?.status == 200)
  }

  @Test func clientsWhoDripAreEnded() throws {
    let server = try Fixture.server {
      $0.limits.requestSeconds = 1
      $0.limits.idleSeconds = 2
    }
    let starts = [
      "GET / HTTP/1.1\r\nHost: a\r\nX: ",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "GET /",
    ]
    let wires = try starts.map { _ in try Wire(server.address) }
    for (wire, start) in zip(wires, starts) { wire.send(start) }
    let drips = try wires.map { try $0.drip("1", everyMilliseconds: 100) }
    defer { for drip in drips { drip.stop() } }
    #expect(try Wire(server.address).ask("GET /x")?.status == 200)
    for wire in wires { #expect(try wire.readToEnd().isEmpty) }
  }

  @Test func aRequestLineThatDripsHasNoLongerThanARequest() throws {
    let server = try Fixture.server {
      $0.limits.requestSeconds = 1
      $0.limits.idleSeconds = 3600
    }
    let wire = try Wire(server.address)
    wire.send("GET /")
    let drip = try wire.drip("1", everyMilliseconds: 50)
    defer { drip.stop() }
    #expect(try wire.readToEnd().isEmpty)
  }

  @Test func aClientWhoDoesNotReadHisAnswerIsEnded() throws {
    let ending = Collected<FinishedRequest.Ending>()
    let ended = try Bell()
    let large = Prepared([UInt8](repeating: 120, count: 30_000_000), headers: [:])
    var application = Application { _ in Response(large) }
    application.observer = { done in
      ending.add(done.ending)
      ended.ring()
    }
    let server = try Fixture.server(application) { $0.limits.requestSeconds = 1 }
    let wire = try Wire(server.address)
    wire.narrow()
    wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(ended.wait(milliseconds: 60_000))
    #expect(ending.all == [.abandoned])
  }

  @Test func moreConnectionsThanAllowedWaitForTheirTurn() throws {
    let server = try Fixture.server { $0.limits.connections = 4 }
    var wires = try (0..<4).map { _ in try Wire(server.address) }
    for wire in wires { #expect(try wire.ask("GET /x")?.status == 200) }
    let waiting = try Wire(server.address)
    waiting.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try wires[3].ask("GET /x")?.status == 200)
    #expect(server.counts.openConnections == 4)
    wires.removeLast()
    #expect(try waiting.response()?.text == "GET [late]\n")
  }

  @Test func moreConnectionsOfOneAddressThanAllowedAreClosed() throws {
    let server = try Fixture.server { $0.limits.connectionsPerAddress = 2 }
    let wires = try (0..<2).map { _ in try Wire(server.address) }
    for wire in wires { #expect(try wire.ask("GET /x")?.status == 200) }
    #expect(try Wire(server.address).readToEnd().isEmpty)
    #expect(try wires[0].ask("GET /x")?.status == 200)
  }

  @Test func eachRequestIsReportedOnceWithWhatBecameOfIt() throws {
    let seen = Collected<String>()
    let reported = try Bell()
    let prepared = Prepared(Array("four".utf8), headers: ["ETag": "\"a\""], route: Route(2, "two"))
    var application = Application { request in
      var response = Response(201, .text, "12345")
      response.route = Route(1, "one")
      return request.target.segments == ["slow"] ? response : Response(404)
    }
    application.lookup = { target, _ in target.count == 5 ? nil : prepared }
    application.observer = { done in
      #expect(done.nanoseconds > 0)
      #expect(done.peer?.isLoopback == true)
      seen.add(
        "\(done.method.name) \(done.path) \(done.route.name) \(done.status) \(done.sentBytes) "
          + "\(done.ending)")
      reported.ring()
    }
    let server = try Fixture.server(application)
    let wire = try Wire(server.address)
    _ = try wire.ask("GET /slow")
    _ = try wire.ask("HEAD /p")
    _ = try wire.ask("GET /p")
    _ = try wire.ask("GET /p", ["If-None-Match: \"a\""])
    _ = try wire.ask("GET /four?token=secret")
    _ = try wire.ask("GET /bad%")
    wire.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n")
    wire.stopSending()
    _ = try wire.readToEnd()
    while seen.all.count < 7, reported.wait(milliseconds: 60_000) {}
    #expect(
      seen.all == [
        "GET /slow one 201 5 answered", "HEAD /p two 200 0 answered",
        "GET /p two 200 4 answered", "GET /p two 304 0 answered",
        "GET /four none 404 0 answered", "GET /bad% none 400 4 answered",
        "POST /slow none 0 0 abandoned",
      ])
    #expect(server.counts.requests == 7)
  }

  @Test func requestIDsDiffer() throws {
    let ids = Collected<RequestID>()
    let server = try Fixture.server(
      Application { request in
        ids.add(request.id)
        return Response(204)
      })
    for _ in 0..<10 {
      let wire = try Wire(server.address)
      for _ in 0..<10 { #expect(try wire.ask("GET /")?.status == 204) }
    }
    #expect(Set(ids.all).count == 100)
  }

  @Test func manyThreadsServeAtOnce() throws {
    let server = try Fixture.server { $0.threads = 4 }
    let wires = try (0..<40).map { _ in try Wire(server.address) }
    for round in 0..<20 {
      for wire in wires { wire.send("GET /\(round) HTTP/1.1\r\nHost: a\r\n\r\n") }
      for wire in wires { #expect(try wire.response()?.text == "GET [\(round)]\n") }
    }
  }

  @Test func anIPv6AddressIsServed() throws {
    guard let address = SocketAddress("[::1]:0") else { return }
    do {
      let server = try Server(Fixture.echo, at: address)
      #expect(server.address.port != 0)
      #expect(server.address.isLoopback)
    } catch ServerError.platform(let error) {
      print("skipped: this machine has no IPv6 loopback (\(error))")
    }
  }

  @Test func aTakenPortIsAnError() throws {
    let server = try Fixture.server()
    #expect(throws: ServerError.self) { try Server(Fixture.echo, at: server.address) }
  }
}

extension Wire {
  /// Sends `text` again and again until the ticker is stopped, which must be before this ends.
  func drip(_ text: String, everyMilliseconds interval: Int) throws -> Ticker {
    let raw = self.descriptor
    return try Ticker(everyMilliseconds: interval) { Wire.send(Array(text.utf8), to: raw) }
  }
}

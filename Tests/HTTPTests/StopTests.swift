import Foundation
import Platform
import Testing

@testable import HTTP

struct StopTests {
  /// Asks again and again until an answer says that it is the last; nil if one was lost.
  static func asksUntilTold(_ server: Server, _ warm: Bell) throws -> Int? {
    let wire = try Wire(server.address)
    for number in 1... {
      guard let answer = try wire.ask("GET /\(number)"), answer.text == "GET [\(number)]\n" else {
        return nil
      }
      if number == 100 { warm.ring() }
      if answer.headers["connection"] == "close" { return number }
    }
    return nil
  }

  @Test func aStopUnderLoadLosesNothing() throws {
    let server = try Fixture.server { $0.threads = 2 }
    let clients = 8
    let counts = Collected<Int?>()
    let bells = try (0..<clients).map { _ in try Bell() }
    let group = DispatchGroup()
    for bell in bells {
      Threads.start(group) {
        // An error is a lost answer as well.
        counts.add((try? Self.asksUntilTold(server, bell)) ?? nil)
      }
    }
    for bell in bells { #expect(bell.wait(milliseconds: 60_000)) }
    server.stop(deadlineSeconds: 60)
    group.wait()
    #expect(counts.all.count == clients)
    #expect(counts.all.allSatisfy { ($0 ?? 0) >= 100 })
    #expect(server.counts.openConnections == 0)
  }

  @Test func aRequestUnderWayIsFinished() throws {
    let server = try Fixture.server()
    let wire = try Wire(server.address)
    wire.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
    let stopping = DispatchGroup()
    let busy = try Wire(server.address)
    #expect(try busy.ask("GET /x")?.status == 200)
    Threads.start(stopping) { server.stop(deadlineSeconds: 60) }
    while try busy.ask("GET /x")?.headers["connection"] != "close" {}
    wire.send("def")
    let answer = try #require(try wire.response())
    #expect(answer.text == "POST [x]\nabcdef")
    #expect(answer.headers["connection"] == "close")
    stopping.wait()
  }

  @Test func whatIsNotDoneAtTheDeadlineIsEnded() throws {
    let server = try Fixture.server()
    let wire = try Wire(server.address)
    wire.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
    let idle = try Wire(server.address)
    #expect(try idle.ask("GET /x")?.status == 200)
    server.stop(deadlineSeconds: 1)
    #expect(try wire.readToEnd().isEmpty)
    #expect(try idle.readToEnd().isEmpty)
  }

  @Test func idleConnectionsDoNotHoldAStopUp() throws {
    let server = try Fixture.server()
    let wires = try (0..<50).map { _ in try Wire(server.address) }
    for wire in wires { #expect(try wire.ask("GET /x")?.status == 200) }
    let began = Clock.monotonicNanoseconds()
    server.stop(deadlineSeconds: 60)
    #expect(Clock.monotonicNanoseconds() - began < 30_000_000_000)
    for wire in wires { #expect(try wire.readToEnd().isEmpty) }
  }

  @Test func streamsEndInOrder() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application)
    let readers = try (0..<20).map { _ in try Wire.events(server) }
    hub.publish("last")
    server.stop(deadlineSeconds: 60)
    for reader in readers {
      let rest = try reader.readToEnd()
      #expect(rest.contains("data: last\n\n"))
      #expect(rest.hasSuffix("\r\n0\r\n\r\n"))
    }
    #expect(hub.ended.count == 20)
    #expect(hub.publish("nobody") == 0)
  }

  @Test func aStoppedServersPortIsFree() throws {
    let server = try Fixture.server()
    let address = server.address
    server.stop(deadlineSeconds: 1)
    server.stop(deadlineSeconds: 1)
    #expect(throws: WireError.self) { try Wire(address) }
    let next = try Server(Fixture.echo, at: address)
    #expect(try Wire(next.address).ask("GET /x")?.status == 200)
    #expect(throws: ServerError.cannotReload) {
      try server.reload(TLSMaterial(certificate: [], key: []))
    }
  }

  @Test func aServerThatNobodyHoldsStops() throws {
    var server: Server? = try Fixture.server()
    let address = try #require(server?.address)
    let wire = try Wire(address)
    #expect(try wire.ask("GET /x")?.status == 200)
    server = nil
    #expect(try wire.readToEnd().isEmpty)
    #expect(throws: WireError.self) { try Wire(address) }
  }
}

/// Threads of their own, as those of a pool wait for each other when they block.
enum Threads {
  static func start(_ group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    group.enter()
    Thread.detachNewThread {
      body()
      group.leave()
    }
  }
}

import Platform
import Testing

@testable import HTTP

struct DaemonTests {
  @Test func `who lets go of a daemon ends nothing: it runs until it is stopped`() throws {
    let core = try Core(Fixture.echo, ServerLimits())
    let socket = try ListeningSocket(.loopback(port: 0))
    var daemon: Daemon? = try Daemon(core, socket, threads: 1, tls: nil)
    weak let seen = daemon
    let wire = try Wire(socket.address)
    wire.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
    daemon = nil
    wire.send("def")
    #expect(try wire.response()?.text == "POST [x]\nabcdef")
    try #require(seen).stop()
    #expect(try wire.readToEnd().isEmpty)
    #expect(seen == nil)
    #expect(daemon == nil)
  }
}

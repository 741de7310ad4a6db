import Glibc
import Synchronization
import Testing

@testable import Platform

struct SocketTests {
  @Test(
    "an address is read as it is written",
    arguments: ["127.0.0.1:7878", "0.0.0.0:0", "[::1]:443", "[::]:65535", "[2001:db8::1]:80"])
  func spelling(_ text: String) throws {
    #expect(try #require(SocketAddress(text)).description == text)
  }

  @Test(
    "what is no address and port is refused",
    arguments: [
      "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "1.2.3:80", "::1:80",
      "[::1]", "[127.0.0.1]:80", "example.com:80", "127.0.0.1:8\u{0}0",
    ])
  func refusal(_ text: String) {
    #expect(SocketAddress(text) == nil)
  }

  @Test("only addresses of this machine alone are loopback")
  func loopback() {
    for text in ["127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
      #expect(SocketAddress(text)?.isLoopback == true, "\(text)")
    }
    for text in ["0.0.0.0:1", "10.0.0.1:1", "[::]:1", "[::2]:1", "[::ffff:10.0.0.1]:1"] {
      #expect(SocketAddress(text)?.isLoopback == false, "\(text)")
    }
  }

  @Test("port 0 becomes the port that the system chose, which nobody else gets meanwhile")
  func anyPort() throws {
    let first = try ListeningSocket(#require(SocketAddress("127.0.0.1:0")))
    #expect(first.address.port != 0)
    let taken = first.address
    #expect(throws: PlatformError.system(call: "bind", subject: "\(taken)", code: EADDRINUSE)) {
      _ = try ListeningSocket(taken)
    }
  }

  @Test("a closed socket's port can be taken again at once")
  func reuse() throws {
    let address = try ListeningSocket(#require(SocketAddress("127.0.0.1:0"))).address
    let second = try ListeningSocket(address)
    #expect(second.address == address)
  }
}

struct BellTests {
  @Test("a bell rung before anybody waits is heard once")
  func early() throws {
    let bell = try Bell()
    bell.ring()
    bell.ring()
    #expect(bell.wait(milliseconds: 10_000))
    #expect(!bell.wait(milliseconds: 0))
  }

  @Test("a bell can be rung more often than anybody listens")
  func often() throws {
    let bell = try Bell()
    for _ in 0..<1_000_000 { bell.ring() }
    #expect(bell.wait(milliseconds: 0))
    #expect(!bell.wait(milliseconds: 0))
  }

  @Test("a ticker ticks until it is stopped, and not after")
  func ticking() throws {
    let ticks = Mutex(0)
    let third = try Bell()
    let ticker = try Ticker(everyMilliseconds: 1) {
      if ticks.withLock({
        $0 += 1; return $0
      }) == 3 {
        third.ring()
      }
    }
    #expect(third.wait(milliseconds: 20_000))
    ticker.stop()
    let count = ticks.withLock { $0 }
    #expect(!third.wait(milliseconds: 20))
    #expect(ticks.withLock { $0 } == count)
    ticker.stop()
  }
}

import Testing

@testable import Service

struct LoopbackHostTests {
  @Test(arguments: [
    "localhost", "localhost:7878", "localhost:", "LOCALHOST", "localhost.", "LocalHost.:7878",
    "127.0.0.1", "127.0.0.1:80", "127.1.2.3", "[::1]", "[::1]:7878",
  ])
  func `this machine has these names`(_ host: String) { #expect(LoopbackHost.isOne(host)) }

  @Test(arguments: [
    "evil.example", "localhost.evil.example", "evil.example:80", "127.0.0.1.evil.example",
    "128.0.0.1", "127.0.0", "127.0.0.1.1", "127.0.0.256", "127..0.1", "127.0.0.+1", "0127.0.0.1",
    "", ":80", ".", "localhost..", "127.0.0.1:abc", "localhost:80x", "localhost:-1",
    "127.0.0.1:80:evil", "[::1].evil", "[::2]", "::1", "xlocalhost", "localhos", "127.0.0.é",
  ])
  func `no other name is taken for it`(_ host: String) { #expect(!LoopbackHost.isOne(host)) }
}

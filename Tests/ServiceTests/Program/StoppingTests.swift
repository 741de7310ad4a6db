import Foundation
import TestSupport
import Testing

/// What a supervisor relies on when it ends the service. `make released` runs these against the
/// program as it is installed, as a compiler that optimises may end things earlier.
struct StoppingTests {
  private let served: Served

  init() throws { served = try Served() }

  @Test func `asked to stop, it finishes what is under way and says that it is the last answer`()
    throws
  {
    let program = try ServeProcess(served, ["--listen", "127.0.0.1:0", "--log"])
    let url = try program.url()
    let body = #"{"input":{"ticket":"a"}}"#
    let halfSent = try RawClient(url)
    halfSent.send(
      "POST /v1/prompts/support/triage@1/render HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(5))
    let busy = try RawClient(url)
    #expect(try busy.get("/healthz")?.status == 200)
    program.signal(SIGTERM)
    while try #require(try busy.get("/healthz")).headers["connection"] != "close" {}
    halfSent.send("\(body.dropFirst(5))")
    let answer = try #require(try halfSent.answer())
    #expect(answer.status == 200)
    #expect(answer.headers["connection"] == "close")
    let (status, talk) = program.end()
    #expect(status == 0)
    #expect(talk.contains(#""status":200"#))
    #expect(!talk.contains(#""ending":"stopped""#))
  }

  @Test func `it ends although nobody reads its log`() throws {
    let program = try ServeProcess(served, ["--listen", "127.0.0.1:0", "--log"])
    let client = try RawClient(try program.url())
    // More than a pipe holds.
    let path = "/" + String(repeating: "a", count: 500)
    for _ in 0..<300 { #expect(try client.get(path)?.status == 404) }
    program.signal(SIGTERM)
    #expect(program.endsUnread())
    #expect(program.end().status == 0)
  }
}

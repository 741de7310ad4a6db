import Foundation
import TestSupport
import Testing

/// Many readers of events of the whole service, in a process of its own.
struct StreamTests {
  /// `STET_LONG=1` opens as many as the service promises.
  private static let streams =
    ProcessInfo.processInfo.environment["STET_LONG"] == "1" ? 1000 : 50

  @Test func `every open stream is told every entry once, in order`() throws {
    let served = try Served()
    let program = try ServeProcess(served)
    let url = try program.url()
    let readers = try (0..<Self.streams).map { _ in
      let reader = try RawClient(url)
      reader.send("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
      #expect(try reader.text(through: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
      return reader
    }
    for number in 0..<5 { try served.publish("support/zoo-\(number)", Served.triage) }
    let whole = (3...7).map { "id: \($0)" }
    for reader in readers {
      let lines = try reader.text(through: "id: 7\n").split(whereSeparator: \.isNewline)
      #expect(lines.filter { $0.hasPrefix("id: ") }.map { String($0) } == whole)
    }
    #expect(try RawClient(url).get("/v1/prompts/support/zoo-4@1.0.0/source")?.status == 200)
  }

  @Test func `who heard of more than is known here is told what follows that, once`() throws {
    let served = try Served()
    let program = try ServeProcess(served)
    let reader = try RawClient(try program.url())
    reader.send("GET /v1/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 4\r\n\r\n")
    #expect(try reader.text(through: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
    for number in 0..<4 { try served.publish("support/zoo-\(number)", Served.triage) }
    let lines = try reader.text(through: "id: 6\n").split(whereSeparator: \.isNewline)
    #expect(lines.filter { $0.hasPrefix("id: ") } == ["id: 5", "id: 6"])
  }
}

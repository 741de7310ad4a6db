import HTTP
import Notation
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Service

struct LogTests {
  @Test func `a request becomes one line of JSON without its query`() throws {
    let lines = Mutex<[String]>([])
    let said = try Bell()
    var application = Application { _ in Response(404) }
    application.observer = { done in
      let line = LogLine(done, at: Timestamp(seconds: 0)).text
      lines.withLock { $0.append(line) }
      said.ring()
    }
    let server = try Server(application, at: .loopback(port: 0))
    let answer = try Program("curl").run([
      "--silent", "--max-time", "60", "http://\(server.address)/a%0Ab/stet_a0d3?token=secret",
    ])
    if answer.status == 127 { return print("skipped: there is no curl") }
    #expect(answer.succeeded, "\(answer.errors)")
    #expect(said.wait(milliseconds: 60_000))
    server.stop(deadlineSeconds: 1)
    let line = try #require(lines.withLock { $0.first })
    #expect(!line.contains("\n"))
    #expect(!line.contains("secret"))
    let value = try JSON.parse(Array(line.utf8))
    #expect(value["time"] == "1970-01-01T00:00:00Z")
    #expect(value["method"] == "GET")
    #expect(value["path"] == "/a%0Ab/stet_…")
    #expect(value["status"] == 404)
    #expect(value["ending"] == "answered")
    #expect(value["request"]?.string?.count == 16)
    #expect(value["peer"]?.string?.hasPrefix("127.0.0.1:") == true)
  }

  @Test(
    arguments: [
      ("/v1/prompts/stet_a0d3", "/v1/prompts/stet_…"), ("STET_A0D3", "stet_…"),
      ("/ststet_a0", "/ststet_…"), ("/stestet_a0", "/stestet_…"), ("/stet%5Fa0%64/x", "/stet_…/x"),
      ("/a/stet_0-stet_1", "/a/stet_…-stet_…"),
      ("/v1/prompts/stet/_tone@1.0.0", "/v1/prompts/stet/_tone@1.0.0"),
      ("/v1/prompts/a@sha256:a0d3", "/v1/prompts/a@sha256:a0d3"),
    ])
  func `what may be a token is not logged, wherever it stands`(_ text: String, _ logged: String) {
    #expect(LogLine.masked(text) == logged)
    #expect(LogLine.masked(logged) == logged)
  }

  @Test func `lines arrive whole and in order, and the last with the end`() throws {
    let written = Mutex<[UInt8]>([])
    let writer = try LogWriter { bytes in written.withLock { $0 += bytes } }
    for number in 0..<10_000 { writer.add("line \(number)") }
    writer.stop()
    let expected = (0..<10_000).map { "line \($0)\n" }.joined()
    #expect(written.withLock { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(writer.droppedLines == 0)
  }

  @Test func `a sink that waits costs lines, not time or memory`() throws {
    let gate = try Bell()
    let entered = try Bell()
    let writer = try LogWriter { _ in
      entered.ring()
      gate.wait(milliseconds: 60_000)
      gate.ring()
    }
    writer.add("first")
    #expect(entered.wait(milliseconds: 60_000))
    let line = String(repeating: "x", count: 999)
    let room = LogWriter.pendingByteLimit / 1000
    for _ in 0..<room + 100 { writer.add(line) }
    #expect(writer.droppedLines >= 100)
    #expect(writer.droppedLines <= 101)
    gate.ring()
    writer.stop()
  }
}

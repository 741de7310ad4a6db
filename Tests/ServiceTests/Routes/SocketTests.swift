import HTTP
import Notation
import Platform
import PromptRegistry
import Testing

@testable import Service

struct SocketTests {
  @Test func `the socket answers what the function answers`() throws {
    let served = try Served()
    let server = try Server(served.service.application, at: .loopback(port: 0))
    defer { server.stop(deadlineSeconds: 0) }
    let target = "/v1/prompts/support/triage@1.0.0/source"
    for _ in 0..<2 {
      let text = try curl("http://\(server.address)\(target)")
      #expect(text == Served.triage)
    }
    let refused = try curl(
      "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: evil.example",
      "http://\(server.address)\(target)")
    #expect(refused == "403")
  }

  @Test func `a stream resumes where it was left`() throws {
    let served = try Served()
    try served.publish("support/zoo", Served.triage)
    let server = try Server(served.service.application, at: .loopback(port: 0))
    defer { server.stop(deadlineSeconds: 0) }
    let ready = served.service
    let finisher = try Ticker(everyMilliseconds: 200) { ready.finish() }
    defer { finisher.stop() }
    let text = try curl(
      "-N", "-m", "20", "-H", "Last-Event-ID: 2", "http://\(server.address)/v1/events")
    let ids = text.split(separator: "\n").filter { $0.hasPrefix("id: ") }
    #expect(ids == ["id: 3"])
    #expect(text.contains("event: publish"))
  }

  private func curl(_ words: String...) throws -> String {
    try Subprocess.run(
      Command("curl", ["-s"] + words, environment: ["PATH": "/usr/bin:/bin"])
    ).outputText
  }
}

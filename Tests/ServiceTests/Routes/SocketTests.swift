import Contracts
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

  @Test func `a version that was yanked for a long reason is still read`() throws {
    let served = try Served()
    let name = try PromptName("support/triage")
    let version = try #require(SemanticVersion("1.0.0"))
    let why = String(repeating: "é", count: 2000)
    _ = try served.write { state, pen throws(RegistryError) in
      try state.yanking(name, version, why: why, pen)
    }
    let server = try Server(served.service.application, at: .loopback(port: 0))
    defer { server.stop(deadlineSeconds: 0) }
    let target = "http://\(server.address)/v1/prompts/support/triage"
    let requests = [
      ["\(target)@1.0.0"], ["\(target)@1.0.0/source"],
      ["\(target)@1.0.0/render", "-d", #"{"input":{"ticket":"Hello"}}"#],
      ["\(target)@1.0.0/validate", "-d", #"{"output":{"label":"a"}}"#],
    ]
    for words in requests {
      let head = try curl(
        ["-D", "-", "-o", "/dev/null", "-H", "Content-Type: application/json"] + words)
      #expect(head.hasPrefix("HTTP/1.1 200 "))
      #expect(head.contains("\r\nStet-Yanked: %C3%A9%C3%A9"))
    }
    #expect(try curl([target]).contains(why))
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

  private func curl(_ words: String...) throws -> String { try curl(words) }

  private func curl(_ words: [String]) throws -> String {
    try Subprocess.run(
      Command("curl", ["-s"] + words, environment: ["PATH": "/usr/bin:/bin"])
    ).outputText
  }
}

import Foundation
import TestSupport
import Testing

@testable import Service

struct OpeningTests {
  private let served: Served

  init() throws { served = try Served() }

  @Test(arguments: [
    "/metrics", "/openapi.json", "/v1/prompts", "/v1/prompts/support/triage@1.0.0",
    "/v1/prompts/support/triage@1.0.0/source", "/v1/events", "/v1/ledger", "/nothing",
  ])
  func `before the ledger is verified nothing of it is told, and everybody is asked to wait`(
    _ target: String
  ) throws {
    let unopened = PromptService(served.registry)
    let answer = unopened.application.respond(.get, target.utf8)
    #expect(answer.status == 503)
    #expect(answer.headers["Retry-After"] == "1")
    #expect(answer.json["code"] == "not-verified")
    #expect(unopened.snapshot == nil)
  }

  @Test func `before the ledger is verified the service lives, and is not ready`() throws {
    let service = PromptService(served.registry)
    func answer(_ target: String) -> Int {
      service.application.respond(.get, target.utf8).status
    }
    #expect(answer("/healthz") == 200)
    #expect(answer("/readyz") == 503)
    #expect(service.application.respond(.post, "/healthz".utf8).status == 405)
    // Whoever looks for newer entries too early finds nothing to compare them with.
    service.refresh()
    #expect(answer("/readyz") == 503)
    try service.open()
    #expect(answer("/readyz") == 200)
    #expect(answer("/v1/prompts/support/triage@1.0.0") == 200)
  }

  @Test func `it answers while it verifies, and ends at once when asked to`() throws {
    let (program, url, _) = try stuck()
    #expect(try answer(to: "\(url)/readyz").hasSuffix("\n503 1"))
    #expect(try answer(to: "\(url)/v1/prompts").hasSuffix("\n503 1"))
    program.signal(SIGTERM)
    let (status, talk) = program.end()
    #expect(status == 0)
    #expect(talk.isEmpty)
  }

  @Test func `what does not verify ends it with the same words as before it listened`() throws {
    let (program, url, pipe) = try stuck()
    #expect(try answer(to: "\(url)/readyz").hasSuffix("\n503 1"))
    // Who waits for the object learns that it is none.
    try #require(FileHandle(forWritingAtPath: pipe)).close()
    let (status, talk) = program.end()
    #expect(status != 0)
    #expect(talk.hasPrefix("error: "))
    #expect(program.answered() == nil)
  }

  /// A service that lives, and comes no further than an object which is a pipe that nobody writes
  /// to.
  private func stuck() throws -> (program: ServeProcess, url: String, pipe: String) {
    let ledger = served.folder.path + "/registry"
    let name = "main:versions/support/triage/1.0.0/triage.prompt"
    let shown = try Program("git", in: ledger).run(["rev-parse", name]).text
    let hex = shown.trimmingCharacters(in: .newlines)
    let pipe = "\(ledger)/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    try FileManager.default.removeItem(atPath: pipe)
    try #require(mkfifo(pipe, 0o600) == 0)
    let (socket, port) = try Self.keptPort()
    // Once somebody listens there, nobody else is given it.
    defer { close(socket) }
    let address = "127.0.0.1:\(port)"
    let program = try ServeProcess(served, ["--listen", address])
    let retry = ["--retry", "60", "--retry-delay", "1", "--retry-connrefused"]
    #expect(try answer(to: "http://\(address)/healthz", retry) == "ok\n200 ")
    return (program, "http://\(address)", pipe)
  }

  /// The body, the status, and after how many seconds to come again.
  private func answer(to url: String, _ words: [String] = []) throws -> String {
    try Program("curl").run(
      ["--silent", "--max-time", "60", "--write-out", "%{http_code} %header{retry-after}"] + words
        + [url]
    ).text
  }

  /// A port that nothing listens at, and a socket that keeps the system from giving it to anybody:
  /// only who asks for this very port may listen there too.
  private static func keptPort() throws -> (socket: Int32, port: Int) {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var yes: Int32 = 1
    let length = socklen_t(MemoryLayout<Int32>.size)
    try #require(setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, length) == 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isKnown = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    try #require(isKnown)
    return (socket, Int(UInt16(bigEndian: address.sin_port)))
  }
}

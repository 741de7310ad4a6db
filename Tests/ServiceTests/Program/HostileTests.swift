import Foundation
import TestSupport
import Testing

/// Clients that mean no good, against the whole service in a process of its own.
struct HostileTests {
  private let served: Served
  private let program: ServeProcess
  private let url: String
  private static let isLong = ProcessInfo.processInfo.environment["STET_LONG"] == "1"

  init() throws {
    served = try Served()
    program = try ServeProcess(
      served,
      ["--listen", "127.0.0.1:0", "--idle-seconds", "1", "--request-seconds", "2"])
    url = try program.url()
  }

  /// Whoever else asks is served the right bytes.
  private func expectService() throws {
    let answer = try RawClient(url).get("/v1/prompts/support/triage@1.0.0/source")
    #expect(answer?.body == Array(Served.triage.utf8))
  }

  private func memory() throws -> Int {
    let metrics = try RawClient(url).get("/metrics")
    let line = String(decoding: metrics?.body ?? [], as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("process_resident_memory_bytes ") }
    return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
  }

  @Test(arguments: [
    ("GET /v1/prompts/%zz@1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("GET /v1/prompts/a%00b@1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("GET /v1/prompts/a\0b@1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("GET /v1/prompts/%ff%fe@1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("GET /v1/prompts/../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("GET /v1/prompts/..%2f..%2fetc%2fpasswd@1/source HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("GET /v1/prompts?cursor=1-2e2e HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("GET /v1/prompts HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
    (
      "POST /v1/prompts/support/triage@1/render HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: text/html\r\nContent-Length: 2\r\n\r\n{}", 415
    ),
    (
      "POST /v1/prompts/support/triage@1/render HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 415
    ),
    (
      "POST /v1/prompts/support/triage@1/render HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n\u{1f}\u{8b}", 422
    ),
    (
      "POST /v1/prompts/support/triage@1/render HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Length: 99999999\r\n\r\n", 413
    ),
  ])
  func `a request that makes no sense gets a clean answer`(
    _ request: String, _ status: Int
  ) throws {
    let client = try RawClient(url)
    client.send(request)
    let answer = try client.answer()
    #expect(answer?.status == status)
    #expect(answer?.headers["content-type"] == "application/problem+json")
    let text = String(decoding: answer?.body ?? [], as: UTF8.self)
    #expect(!text.contains(served.folder.path))
    try expectService()
  }

  @Test func `deep JSON, long JSON and long targets are refused, and memory stays`() throws {
    let before = try memory()
    let deep = String(repeating: "[", count: 500_000)
    let wide = #"{"input":{"ticket":""# + String(repeating: "a", count: 900_000) + #""}}"#
    let long = "GET /v1/prompts/" + String(repeating: "a", count: 60_000) + " HTTP/1.1\r\n\r\n"
    for _ in 0..<20 {
      for (body, status) in [(deep, 413), (wide, 200)] {
        let client = try RawClient(url)
        client.send(
          "POST /v1/prompts/support/triage@1/render HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)
        #expect(try client.answer()?.status == status)
      }
      let client = try RawClient(url)
      client.send(long)
      #expect(try client.rest().hasPrefix("HTTP/1.1 4"))
    }
    #expect(try memory() - before < 64 << 20)
    try expectService()
  }

  @Test func `whoever is slow is ended, and the others are served meanwhile`() throws {
    let slow = try (0..<200).map { number in
      let client = try RawClient(url)
      switch number % 4 {
      case 0: break
      case 1: client.send("GET /v1/pro")
      case 2: client.send("GET /v1/prompts HTTP/1.1\r\nHost: localhost\r\nX: ")
      default:
        client.send(
          "POST /v1/prompts/support/triage@1/render HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Length: 100\r\n\r\n{")
      }
      return client
    }
    try expectService()
    for client in slow { #expect(try client.rest().isEmpty) }
  }

  @Test func `pipelined requests are answered in order, half a connection too`() throws {
    let client = try RawClient(url)
    let request = "GET /v1/prompts/support/triage@1.0.0/source HTTP/1.1\r\nHost: localhost\r\n\r\n"
    client.send(String(repeating: request, count: 300))
    client.stopSending()
    for _ in 0..<300 { #expect(try client.answer()?.body == Array(Served.triage.utf8)) }
    #expect(try client.rest().isEmpty)
  }

  @Test func `tokens of any length and form are refused alike`() throws {
    let token = try served.enrol("**")
    let right = "Authorization: Bearer \(token)"
    while try RawClient(url).get("/v1/prompts")?.status == 200 {}
    let wrong = [
      "", "Bearer", "Bearer ", "Bearer \(token.dropLast())", "Bearer \(token)0", "Basic \(token)",
      "Bearer " + String(repeating: "s", count: 4000), "Bearer \(token), Bearer \(token)",
      "Bearer \(token.uppercased())", token,
    ]
    for value in wrong {
      let answer = try RawClient(url).get("/v1/prompts", ["Authorization: \(value)"])
      #expect(answer?.status == 401, "\(value.prefix(80))")
      #expect(answer?.headers["www-authenticate"] == #"Bearer realm="stet""#)
    }
    #expect(try RawClient(url).get("/v1/prompts", [right])?.status == 200)
    #expect(try RawClient(url).get("/v1/prompts", [right, right])?.status == 401)
  }

  @Test func `connections that come and go leave nothing`() throws {
    let count = Self.isLong ? 100_000 : 3000
    for _ in 0..<300 { try expectService() }
    let before = try memory()
    for number in 0..<count {
      let client = try RawClient(url)
      switch number % 4 {
      case 0: break
      case 1: client.send("GET / HT")
      case 2: client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc")
      default: client.send("GET /v1/prompts HTTP/1.1\r\nHost: localhost\r\n\r\n")
      }
      if number.isMultiple(of: 3) { client.abort() }
      if number.isMultiple(of: 500) { try expectService() }
    }
    try expectService()
    #expect(try memory() - before < 32 << 20)
  }
}

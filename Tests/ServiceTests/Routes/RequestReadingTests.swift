import Contracts
import HTTP
import Notation
import Platform
import PromptRegistry
import Testing

@testable import Service

/// Requests, their reviews and their ends as the ledger tells them.
struct RequestReadingTests {
  private let served: Served
  /// Entries of requests: one of support/triage in staging, one of billing/sum and one of both in
  /// production.
  private let requests: [Int]

  init() throws {
    served = try Served()
    try served.publish("billing/sum", Served.triage)
    var requests: [Int] = []
    for (names, environment, reason) in [
      (["support/triage"], "staging", "PLAIN"), (["billing/sum"], "production", "SECRET"),
      (["billing/sum", "support/triage"], "staging", "SECRET"),
    ] {
      let id = try served.request(names, in: environment, reason: reason)
      let request = try #require(served.service.snapshot).state.openRequest(id)
      _ = try served.write { state, pen throws(RegistryError) in
        try state.reviewing(request, .reject, reason: reason, pen)
      }
      _ = try served.write { state, pen throws(RegistryError) in
        try state.closing(id, reason: reason, pen)
      }
      requests.append(id)
    }
    self.requests = requests
  }

  private func entries(_ token: String?) -> [Value] {
    let all = served.get("/v1/ledger", token: token).json["entries"]?.list ?? []
    return all.filter { ["request", "review", "close"].contains($0["action"]?.string) }
  }

  @Test func `each step of a request says what the request is about`() throws {
    let steps = entries(nil)
    #expect(steps.count == 9)
    for (id, names, place) in [
      (requests[0], ["support/triage"], "staging"),
      (requests[1], ["billing/sum"], "production"),
      (requests[2], ["billing/sum", "support/triage"], "staging"),
    ] {
      let mine = steps.filter { $0["request"]?.integer == id }
      #expect(mine.map { $0["action"] } == ["request", "review", "close"])
      for step in mine {
        #expect(step["names"] == .list(names.map { .string($0) }))
        #expect(step["environment"] == .string(place))
      }
    }
  }

  @Test func `who looks for a prompt or an environment finds them`() throws {
    let tip = try #require(served.service.snapshot).tip.entry
    var query = HistoryQuery()
    query.name = try PromptName("support/triage")
    query.environment = try EnvironmentName("staging")
    let found = try served.registry.history(query, from: tip)
    #expect(Set(found.compactMap(\.request)) == [requests[0], requests[2]])
    #expect(found.count == 6)
  }

  @Test func `an operator is told of them what he may see`() throws {
    let token = try served.enrol("support/**", ["staging"], operates: true)
    let steps = entries(token)
    #expect(steps.count == 6)
    #expect(steps.allSatisfy { $0["names"] == ["support/triage"] })
    #expect(steps.filter { $0["why"] == "PLAIN" }.count == 3)
    let text = String(decoding: served.get("/v1/ledger", token: token).bytes, as: UTF8.self)
    #expect(!text.contains("billing") && !text.contains("SECRET"))
  }

  @Test func `nobody else is told of them`() throws {
    #expect(entries(try served.enrol("**", ["staging", "production"])).isEmpty)
    #expect(entries(try served.enrol("**", ["production"], operates: true)).count == 3)
    #expect(entries(try served.enrol("**", operates: true)).isEmpty)
  }

  @Test func `events tell no more than the ledger`() throws {
    let token = try served.enrol("support/**", ["staging"], operates: true)
    let server = try Server(served.service.application, at: .loopback(port: 0))
    defer { server.stop(deadlineSeconds: 0) }
    let ready = served.service
    let finisher = try Ticker(everyMilliseconds: 200) { ready.finish() }
    defer { finisher.stop() }
    let text = try Subprocess.run(
      Command(
        "curl",
        [
          "-s", "-N", "-m", "20", "-H", "Last-Event-ID: 0", "-H", "Authorization: Bearer \(token)",
          "http://\(server.address)/v1/events",
        ], environment: ["PATH": "/usr/bin:/bin"])
    ).outputText
    #expect(text.contains("PLAIN"))
    #expect(!text.contains("billing") && !text.contains("SECRET"))
  }

  @Test func `an open request is there for who sees its prompts and its environment`() throws {
    let wide = try served.request(["support/triage"], in: "production", reason: "WIDE")
    let near = try served.request(["support/triage"], in: "staging", reason: "NEAR")
    let token = try served.enrol("support/**", ["staging"], operates: true)
    let listed = served.get("/v1/requests", token: token).json["requests"]?.list
    #expect(listed?.map { $0["request"]?.integer } == [near])
    #expect(served.get("/v1/requests/\(near)", token: token).status == 200)
    #expect(served.get("/v1/requests/\(wide)", token: token).status == 404)
  }
}

extension Served {
  /// Asks for the first versions of prompts; the number of the request.
  func request(_ names: [String], in environment: String, reason: String) throws -> Int {
    let wishes = try names.map { Wish(name: try PromptName($0), version: SemanticVersion("1.0.0")) }
    let place = try EnvironmentName(environment)
    return try write { state, pen throws(RegistryError) in
      try state.requesting(wishes, in: place, reason: reason, pen)
    }.id
  }
}

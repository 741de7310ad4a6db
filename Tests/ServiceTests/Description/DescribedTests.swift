import Contracts
import Foundation
import HTTP
import Keys
import Notation
import TestSupport
import Testing

@testable import PromptRegistry
@testable import Service

/// What is answered is what `openapi.json` describes: status, type and headers.
struct DescribedTests {
  private static let version = "/v1/prompts/support/triage@1.0.0"
  private static let json: Headers = ["Content-Type": "application/json"]

  /// One request, and the status that it gets.
  struct Sample: Sendable, CustomTestStringConvertible {
    let method: HTTP.Method
    var target: String
    var status: Int
    var headers: Headers = [:]
    var body = ""

    var testDescription: String { "\(method.name) \(target) -> \(status)" }
  }

  static let samples: [Sample] =
    [
      "/healthz", "/readyz", "/metrics", "/openapi.json", "/v1/prompts", "/v1/prompts?limit=1",
      "/v1/prompts/support/triage", version, version + "/source",
      "/v1/prompts/support/triage@latest", "/v1/prompts/old@1.0.0", "/v1/prompts/gone@latest",
      "/v1/diff?from=support/triage&to=@1.0.0", "/v1/environments", "/v1/environments/production",
      "/v1/ledger", "/v1/requests", "/v1/requests/7", "/v1/events", "/v1/registry",
    ].flatMap { target in
      [HTTP.Method.get, .head].map { Sample(method: $0, target: target, status: 200) }
        + [Sample(method: .options, target: target, status: 204)]
        + [Sample(method: .delete, target: target, status: 405)]
    } + [
      Sample(
        method: .get, target: version, status: 304, headers: ["If-None-Match": "*"]),
      Sample(method: .get, target: "/v1/prompts", status: 304, headers: ["If-None-Match": "*"]),
      Sample(method: .get, target: "/v1/prompts/Support", status: 400),
      Sample(method: .get, target: "/v1/prompts/nobody", status: 404),
      Sample(method: .get, target: "/v1/environments/nowhere", status: 404),
      Sample(method: .get, target: "/v1/ledger?limit=0", status: 400),
      Sample(method: .get, target: "/v1/diff?from=nobody&to=nobody", status: 404),
      Sample(method: .get, target: "/v1/events", status: 400, headers: ["Last-Event-ID": "x"]),
      Sample(method: .get, target: "/v1/prompts", status: 403, headers: ["Host": "evil.example"]),
      Sample(
        method: .options, target: "/v1/prompts", status: 403, headers: ["Host": "evil.example"]),
      Sample(
        method: .post, target: version + "/render", status: 200, headers: json,
        body: #"{"input":{"ticket":"a"}}"#),
      Sample(
        method: .post, target: "/v1/prompts/old@1.0.0/render", status: 200, headers: json,
        body: #"{"input":{"ticket":"a"}}"#),
      Sample(
        method: .post, target: "/v1/prompts/support/triage@latest/validate", status: 200,
        headers: json, body: #"{"output":{}}"#),
      Sample(method: .post, target: version + "/render", status: 422, headers: json, body: "{"),
      Sample(
        method: .post, target: version + "/render", status: 413, headers: json,
        body: String(repeating: "[", count: 200)),
      Sample(
        method: .post, target: version + "/render", status: 415, headers: ["Content-Type": "a/b"]),
      Sample(method: .get, target: version + "/render", status: 405),
      Sample(method: .options, target: version + "/validate", status: 204),
    ]

  private static func served() throws -> Served {
    let served = try Served()
    for name in ["old", "gone"] { try served.publish(name, Served.triage) }
    let version = try #require(SemanticVersion("1.0.0"))
    let (old, gone) = (try PromptName("old"), try PromptName("gone"))
    _ = try served.write { state, pen throws(RegistryError) in
      try state.yanking(old, version, why: "Wrong", pen)
    }
    _ = try served.write { state, pen throws(RegistryError) in
      try state.retiring(gone, why: "Nobody asks", pen)
    }
    _ = try served.request(["support/triage"], in: "production", reason: "Please")
    return served
  }

  @Test func `an answer has what is described and nothing else`() throws {
    let served = try Self.served()
    for sample in Self.samples {
      let answer = served.service.application.respond(
        sample.method, sample.target.utf8, headers: sample.headers, body: Array(sample.body.utf8))
      #expect(answer.status == sample.status, "\(sample.testDescription)")
      try Self.check(answer, sample)
    }
  }

  @Test func `whoever has no token, or none for this, is answered as described`() throws {
    let served = try Self.served()
    let token = try served.enrol("support/**")
    for (target, token, status) in [
      ("/v1/prompts", nil, 401), ("/metrics", token, 404), ("/v1/requests/7", token, 404),
      (Self.version, token, 200), ("/v1/prompts/old", token, 404),
    ] {
      for method in [HTTP.Method.get, .head] {
        let headers: Headers = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
        let answer = served.service.application.respond(method, target.utf8, headers: headers)
        try Self.check(answer, Sample(method: method, target: target, status: status))
      }
    }
  }

  private static func check(_ answer: Response, _ sample: Sample) throws {
    let note = Comment(rawValue: sample.testDescription)
    let path = RouteID(try Target(sample.target.utf8).segments).path
    let item = try #require(ServiceDescription.document["paths"]?[path], note)
    // What no method is described for is described with the route's own.
    let described = try #require(
      item[sample.method.name.lowercased()] ?? item["get"] ?? item["post"], note)
    let response = try #require(described["responses"]?["\(answer.status)"], note)
    let headers = response["headers"]?.map ?? ValueMap()
    let sent = Set(answer.headers.fields.map(\.name)).subtracting(["Content-Type"])
    #expect(sent.isSubset(of: headers.keys), note)
    for (name, header) in headers.entries where header["required"] == true {
      #expect(sent.contains(name), "\(sample.testDescription) \(name)")
    }
    guard sample.method == .get || sample.method == .post else { return }
    let type = answer.headers["Content-Type"].flatMap { MediaType(header: $0) }
    #expect(
      response["content"]?.map?.keys ?? [] == type.map { ["\($0.type)/\($0.subtype)"] } ?? [], note)
    if let code = answer.code.flatMap(ErrorCode.init(rawValue:)) {
      #expect(code.httpStatuses.contains(answer.status), note)
      #expect(response["description"]?.string?.contains(code.rawValue) == true, note)
    }
  }

  @Test func `every status that is described comes`() throws {
    let served = try Self.served()
    try Self.publishUnreadable(served)
    var tally = Tally(service: served.service)
    for sample in Self.samples + Self.absent { try tally.ask(sample) }
    let good = Self.samples.filter { $0.status == 200 && $0.method != .head }
    for sample in good {
      try tally.ask(sample, ["If-None-Match": "*"])
      try tally.ask(sample, ["Host": "evil.example"])
      var odd = sample
      odd.target += (sample.target.contains("?") ? "&" : "?") + "x=1"
      try tally.ask(odd)
    }
    tally.service = PromptService(served.registry)
    for sample in good { try tally.ask(sample) }

    let token: Headers = ["Authorization": "Bearer \(try served.enrol("support/**"))"]
    tally.service = served.service
    for sample in good {
      try tally.ask(sample)
      try tally.ask(sample, token)
    }
    var options = ServiceOptions()
    options.requestsPerSecond = 1
    tally.service = PromptService(served.registry, options)
    try tally.service.open()
    // One a second is answered, however slow this machine is.
    for sample in good { for _ in 0..<3 { try tally.ask(sample, token) } }

    for (path, item) in try #require(ServiceDescription.document["paths"]?.map).entries {
      let operations = item.map?.values ?? []
      let described = operations.flatMap { $0["responses"]?.map?.keys ?? [] }.compactMap { Int($0) }
      let missing = Set(described).subtracting(tally.seen[path] ?? [])
      #expect(missing.subtracting(Self.elsewhere(path)).sorted() == [], "\(path)")
    }
  }

  /// What the server answers before a route is asked, and the 500 of a ledger that is damaged
  /// meanwhile; probes take any query.
  private static func elsewhere(_ path: String) -> Set<Int> {
    let server: Set<Int> = [413, 431, 500, 501]
    return path == "/healthz" || path == "/readyz" ? server.union([400]) : server
  }

  /// Publishes `broken`, as an older program may have, which today's rules cannot read.
  private static func publishUnreadable(_ served: Served) throws {
    let (name, version) = (try PromptName("broken"), SemanticVersion(1, 0, 0))
    let text = Array("{{#if x}}\n".utf8)
    _ = try served.write { _, pen throws(RegistryError) in
      let digest = VersionRecord.digest(source: Digest(of: text), includes: [])
      var record = VersionRecord(
        name: name, version: version, digest: digest, size: text.count, by: pen.member, at: pen.at,
        what: "a change")
      record.bump = .first
      return Plan(
        .publish([.init(name: name, version: version)]), text: "a change",
        edits: [
          .version(name, version, .source): text, .version(name, version, .record): record.bytes,
          .prompt(name): text,
        ], answer: 0)
    }
  }

  /// What is not there, what cannot be read, and what is no body of the routes that read one.
  private static let absent: [Sample] =
    [
      "/v1/prompts/nobody@1.0.0", "/v1/prompts/nobody@1.0.0/source", "/v1/requests/999",
      "/v1/environments?at=2000-01-01T00:00:00Z",
    ].map { Sample(method: .get, target: $0, status: 404) }
    + [
      Sample(method: .get, target: "/v1/diff?from=broken@1.0.0&to=@1.0.0", status: 422),
      Sample(method: .options, target: version + "/render", status: 204),
      Sample(method: .get, target: version + "/validate", status: 405),
    ]
    + ["render", "validate"].flatMap { action in
      [
        Sample(
          method: .post, target: "/v1/prompts/nobody@1.0.0/\(action)", status: 404, headers: json,
          body: action == "render" ? "{}" : #"{"output":{}}"#),
        Sample(
          method: .post, target: "\(version)/\(action)", status: 415,
          headers: ["Content-Type": "a/b"]),
        Sample(
          method: .post, target: "\(version)/\(action)", status: 422, headers: json, body: "{"),
      ]
    }

  /// Asks, and counts which statuses came from which path.
  private struct Tally {
    var service: PromptService
    private(set) var seen: [String: Set<Int>] = [:]

    init(service: PromptService) { self.service = service }

    mutating func ask(_ sample: Sample, _ more: Headers = [:]) throws {
      var headers = sample.headers
      for field in more.fields { headers[field.name] = field.value }
      let answer = service.application.respond(
        sample.method, sample.target.utf8, headers: headers, body: Array(sample.body.utf8))
      var asked = sample
      asked.status = answer.status
      try DescribedTests.check(answer, asked)
      seen[RouteID(try Target(sample.target.utf8).segments).path, default: []]
        .insert(answer.status)
    }
  }

  @Test func `each status of an error has a code, and each operation a name of its own`() throws {
    let paths = try #require(ServiceDescription.document["paths"]?.map)
    let operations = paths.values.flatMap { $0.map?.values ?? [] }
    for operation in operations {
      for status in operation["responses"]?.map?.keys ?? [] where status >= "400" {
        let codes = ErrorCode.allCases.filter { $0.httpStatuses.contains(Int(status) ?? 0) }
        #expect(!codes.isEmpty)
      }
    }
    let ids = operations.compactMap { $0["operationId"]?.string }
    #expect(Set(ids).count == ids.count)
    #expect(ids.count == operations.count)
  }

  @Test func `the table of codes in docs is the one that is followed`() throws {
    let page = try String(
      contentsOf: Checkout.root.appendingPathComponent("docs/http.md"), encoding: .utf8)
    for code in ErrorCode.allCases {
      let statuses = code.httpStatuses.map(String.init).joined(separator: ", ")
      #expect(
        page.contains("| `\(code.rawValue)` | \(code.exitCode) | \(statuses) |"), "\(code.rawValue)"
      )
    }
  }
}

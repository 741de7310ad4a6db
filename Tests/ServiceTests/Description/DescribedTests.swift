import Contracts
import Foundation
import HTTP
import Notation
import PromptRegistry
import TestSupport
import Testing

@testable import Service

/// What is answered is what `openapi.json` describes: status, type and headers.
struct DescribedTests {
  private static let version = "/v1/prompts/support/triage@1.0.0"
  private static let json: Headers = ["Content-Type": "application/json"]

  /// One request, and the status that it gets.
  struct Sample: Sendable, CustomTestStringConvertible {
    let method: HTTP.Method
    let target: String
    let status: Int
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

  @Test func `each status of an error has a code, and each operation a name of its own`() throws {
    let paths = try #require(ServiceDescription.document["paths"]?.map)
    let operations = paths.values.flatMap { $0.map?.values ?? [] }
    for operation in operations {
      for (status, answer) in operation["responses"]?.map?.entries ?? [] where status >= "400" {
        let codes = ErrorCode.allCases.filter { $0.httpStatuses.contains(Int(status) ?? 0) }
        #expect(!codes.isEmpty)
        #expect(answer["description"]?.string == codes.map(\.rawValue).joined(separator: ", "))
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

import HTTP
import Notation
import PromptRegistry
import Testing

@testable import Service

struct RouteTests {
  @Test func `an exact read is the same bytes for ever and says so`() throws {
    let served = try Served()
    let target = "/v1/prompts/support/triage@1.0.0"
    let first = served.get(target)
    #expect(first.status == 200)
    #expect(first.headers["Cache-Control"] == "public, max-age=31536000, immutable")
    #expect(first.headers["Stet-Version"] == "1.0.0")
    #expect(first.headers["Stet-Entry"] == "2")
    #expect(first.headers["Stet-Tip"] == nil)
    #expect(first.headers["ETag"]?.hasPrefix("\"sha256-") == true)
    #expect(first.json["source"]?.string == Served.triage)
    try served.publish("support/triage", Served.triage + "Be kind.\n", from: "1.0.0")
    #expect(served.get(target).bytes == first.bytes)
    #expect(served.get("/v1/prompts/support%2Ftriage@1.0.0").bytes == first.bytes)
  }

  @Test func `the source is the file`() throws {
    let answer = try Served().get("/v1/prompts/support/triage@1.0.0/source")
    #expect(answer.bytes == Array(Served.triage.utf8))
    #expect(answer.headers["Content-Type"] == "text/plain; charset=utf-8")
  }

  @Test func `a movable read follows the registry and a 304 saves the body`() throws {
    let served = try Served()
    let target = "/v1/prompts/support/triage@latest"
    let first = served.get(target)
    #expect(first.headers["Cache-Control"] == "no-cache")
    #expect(first.headers["Stet-Tip"] == "2")
    let tag = try #require(first.headers["ETag"])
    #expect(served.get(target, ["If-None-Match": tag]).status == 304)
    try served.publish("support/triage", Served.triage + "Be kind.\n", from: "1.0.0")
    let second = served.get(target, ["If-None-Match": tag])
    #expect(second.status == 200)
    #expect(second.headers["Stet-Entry"] == "3")
    #expect(second.headers["Stet-Tip"] == "3")
  }

  @Test func `lists come page by page`() throws {
    let served = try Served()
    try served.publish("support/zoo", Served.triage)
    let first = served.get("/v1/prompts?limit=1&match=support/*")
    #expect(first.json["prompts"]?.list?.count == 1)
    let link = try #require(first.headers["Link"])
    let next = link.dropFirst().prefix { $0 != ">" }
    let second = served.get(String(next))
    #expect(second.json["prompts"]?.list?.first?["name"]?.string == "support/zoo")
    #expect(second.headers["Link"] == nil)
    #expect(served.get("/v1/prompts?limit=0").status == 400)
    #expect(served.get("/v1/prompts?cursor=x").status == 400)
  }

  @Test func `rendering and validating keep the contract`() throws {
    let served = try Served()
    let target = "/v1/prompts/support/triage@1.0.0"
    let good = served.post(target + "/render", #"{"input":{"ticket":"Hello"}}"#)
    #expect(good.status == 200)
    #expect(good.json["prompt"]?["version"]?.string == "1.0.0")
    #expect(good.json["entry"]?.integer == 2)
    #expect(String(decoding: good.bytes, as: UTF8.self).contains("Sort this: Hello"))
    let bad = served.post(target + "/render", #"{"input":{"ticket":1}}"#)
    #expect(bad.status == 422)
    #expect(bad.code == "input-invalid")
    #expect(bad.json["hint"] == .null)
    let violation = try #require(bad.json["violations"]?.list?.first)
    #expect(violation["path"]?.string == "/ticket")
    #expect(violation["keyword"]?.string == "type")
    #expect(violation["message"]?.string?.isEmpty == false)
    #expect(served.post(target + "/render", "{").status == 422)
    let valid = served.post(target + "/validate", #"{"output":{"label":"a"}}"#)
    #expect(valid.json["valid"]?.bool == true)
    let invalid = served.post(target + "/validate", #"{"output":{"label":1}}"#)
    #expect(invalid.json["valid"]?.bool == false)
    #expect(invalid.json["violations"]?.list?.isEmpty == false)
  }

  @Test(
    arguments: [
      ("/v1/prompts/nobody@1.0.0", 404, "unknown-prompt"),
      ("/v1/prompts/support/triage@9.0.0", 404, "unknown-version"),
      ("/v1/prompts/support/triage@nowhere", 404, "unknown-environment"),
      ("/v1/prompts/UP@1.0.0", 400, "bad-name"),
      ("/v1/prompts/support/triage@", 400, "bad-reference"),
      ("/v1/prompts/support/triage@draft", 400, "bad-reference"),
      ("/v1/prompts/support/triage@production", 404, "unknown-version"),
      ("/v1/environments?at=7d", 400, "bad-reference"),
      ("/v1/environments?at=2001-01-01T00:00:00Z", 404, "unknown-entry"),
      ("/v1/environments?at=2001-01-01T00:00:00.000Z", 404, "unknown-entry"),
      ("/v1/environments/nowhere", 404, "unknown-environment"),
      ("/v1/requests/7", 404, "unknown-request"),
      ("/nothing", 404, "usage"),
      ("/v1/diff", 400, "usage"),
      ("/v1/%zz", 400, "usage"),
    ])
  func `errors are problems with the command line's codes`(
    _ target: String, _ status: Int, _ code: String
  ) throws {
    let answer = try Served().get(target)
    #expect(answer.status == status)
    #expect(answer.code == code)
    #expect(answer.json["type"]?.string == "urn:stet:error:\(code)")
    #expect(answer.json["violations"] == [])
    #expect(answer.headers["Content-Type"] == "application/problem+json")
    let hint = answer.json["hint"]?.string ?? ""
    #expect(!hint.contains("'stet ") && !hint.contains("'--") && !hint.contains("7d"))
  }

  @Test func `a method that is not there is told which are`() throws {
    let answer = try Served().post("/v1/prompts", "{}")
    #expect(answer.status == 405)
    #expect(answer.headers["Allow"] == "GET, HEAD, OPTIONS")
  }

  @Test(
    arguments: [
      "/healthz", "/readyz", "/metrics", "/openapi.json", "/v1/prompts", "/v1/environments",
      "/v1/prompts/support/triage", "/v1/ledger?since=1", "/v1/requests",
      "/v1/diff?from=support/triage@1.0.0&to=support/triage@latest",
    ])
  func `every other route answers`(_ target: String) throws {
    #expect(try Served().get(target).status == 200)
  }

  @Test func `who was away for long gets the past in portions, from the ledger`() throws {
    let served = try Served()
    for number in 0..<3 { try served.publish("support/zoo-\(number)", Served.triage) }
    // Another service of the same ledger has nothing at hand.
    let fresh = PromptService(served.registry)
    try fresh.open()
    func ledger(_ query: String) -> Value {
      fresh.application.respond(.get, "/v1/ledger\(query)".utf8, headers: [:]).json
    }
    let first = ledger("?limit=2")
    #expect(first["entries"]?.list?.map { $0["entry"]?.integer } == [1, 2])
    #expect(first["through"]?.integer == 2)
    let rest = ledger("?since=2")
    #expect(rest["entries"]?.list?.map { $0["entry"]?.integer } == [3, 4, 5])
    #expect(rest["through"]?.integer == 5)
    #expect(ledger("?since=9")["entries"] == [])
    #expect(ledger("?since=9")["through"] == 5)
    let version = fresh.application.respond(
      .get, "/v1/prompts/support/zoo-1@1.0.0".utf8, headers: [:])
    #expect(version.headers["Stet-Entry"] == "4")
  }

  @Test(arguments: ["2", "3", "9007199254740991", " 2\t"])
  func `a stream goes on after whatever was heard of`(_ last: String) throws {
    let served = try Served()
    #expect(served.get("/v1/events", ["Last-Event-ID": last]).status == 200)
    try served.publish("support/zoo", Served.triage)
    #expect(served.service.hub.count == 1)
  }

  @Test func `what is described is what is routed`() throws {
    let document = try Served().get("/openapi.json").json
    let paths = try #require(document["paths"]?.map)
    let described = Set(paths.keys)
    let routed = Set(RouteID.allCases.filter { $0 != .none }.map(\.path))
    #expect(described == routed)
    for route in RouteID.allCases where route != .none {
      let sample = route.path.replacing("{name}", with: "a/b").replacing("{ref}", with: "1.0.0")
        .replacing("{env}", with: "production").replacing("{id}", with: "1")
      #expect(RouteID(try Target(sample.utf8).segments) == route)
      #expect(paths[route.path]?[route.method.name.lowercased()] != nil)
    }
  }
}

import Contracts
import HTTP
import Notation
import PromptRegistry
import Testing

@testable import Service

/// What is asked in a way that nobody understands is refused, and nothing is told in two ways.
struct StrictnessTests {
  @Test(
    arguments: [
      ("/v1/environments?At=2026-11-21T09:00:00Z", "there are 'at'"),
      ("/v1/prompts?limit=1&page=2", "there are 'match', 'cursor', 'limit'"),
      ("/v1/prompts/support/triage@1.0.0?x", "nothing is read there"),
      ("/v1/registry?=1", "nothing is read there"),
    ])
  func `a query that nobody reads is refused`(_ target: String, _ hint: String) throws {
    let answer = try Served().get(target)
    #expect(answer.status == 400)
    #expect(answer.code == "usage")
    #expect(answer.json["hint"]?.string == hint)
  }

  @Test func `a query that says something twice is refused, and a probe may add what it likes`()
    throws
  {
    let served = try Served()
    #expect(served.get("/v1/prompts?limit=1&limit=2").status == 400)
    #expect(served.get("/v1/ledger?since=0&limit=2&since=0").status == 400)
    #expect(served.get("/v1/ledger?since=0&limit=2").status == 200)
    #expect(served.get("/healthz?now=1&now=2").status == 200)
    #expect(served.get("/readyz?now").status == 200)
  }

  @Test(arguments: ["abc", "-1", "99999999999999999999", "1 2", "", "9007199254740992"])
  func `a stream cannot go on after what is no entry`(_ last: String) throws {
    let served = try Served()
    let answer = served.get("/v1/events", ["Last-Event-ID": last])
    #expect(answer.status == 400)
    #expect(answer.code == "usage")
    #expect(served.service.hub.count == 0)
  }

  @Test(arguments: [("render", "input"), ("validate", "output")])
  func `a body deeper than is read is not called something else than JSON`(
    _ action: String, _ field: String
  ) throws {
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    let answer = try Served().post(
      "/v1/prompts/support/triage@1.0.0/\(action)", "{\"\(field)\":{\"label\":\(deep)}}")
    #expect(answer.status == 413)
    #expect(answer.code == "limit")
    #expect(answer.json["detail"]?.string?.hasPrefix("the body goes beyond a limit") == true)
  }

  @Test func `an output may be as deep as the command line takes it`() throws {
    let served = try Served()
    let depth = NotationLimits.standardDepth
    for (depth, status) in [(depth, 200), (depth + 1, 413)] {
      let output = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      let answer = served.post(
        "/v1/prompts/support/triage@1.0.0/validate", "{\"output\":\(output)}")
      #expect(answer.status == status)
    }
  }

  @Test(arguments: ["render", "validate"])
  func `what a movable reference gave says how new it was`(_ action: String) throws {
    let served = try Served()
    try served.promote("support/triage", "1.0.0", to: "production")
    let body =
      action == "render" ? #"{"input":{"ticket":"Hello"}}"# : #"{"output":{"label":"a"}}"#
    for (reference, tip) in [("production", "3"), ("latest", "3"), ("^1", "3"), ("1.0.0", nil)] {
      let target = "/v1/prompts/support/triage@\(reference)/\(action)"
      for _ in 0..<2 { #expect(served.post(target, body).headers["Stet-Tip"] == tip) }
    }
  }

  @Test func `the source of a whole digest stays for ever, and what else has it may change`() throws
  {
    let served = try Served()
    let digest = try #require(
      served.get("/v1/prompts/support/triage@1.0.0").headers["Stet-Digest"])
    let target = "/v1/prompts/support/triage@\(digest)"
    let source = served.get(target + "/source")
    #expect(source.headers["Cache-Control"] == "public, max-age=31536000, immutable")
    #expect(served.get(target).headers["Cache-Control"] == "no-cache")
    let beginning = served.get("/v1/prompts/support/triage@\(digest.prefix(30))/source")
    #expect(beginning.bytes == source.bytes)
    #expect(beginning.headers["Cache-Control"] == "no-cache")
  }

  @Test func `the second reference of a difference may leave out the name`() throws {
    let served = try Served()
    try served.publish("support/triage", Served.triage + "Be kind.\n", from: "1.0.0")
    let short = served.get("/v1/diff?from=support/triage@1.0.0&to=@1.0.1")
    #expect(short.status == 200)
    let long = served.get("/v1/diff?from=support/triage@1.0.0&to=support/triage@1.0.1")
    #expect(short.bytes == long.bytes)
    #expect(served.get("/v1/diff?from=@1.0.0&to=@1.0.1").code == "bad-reference")
  }

  @Test func `an error has the command line's message, and what was found beside it`() throws {
    let served = try Served()
    let target = "/v1/prompts/support/triage@1.0.0/render"
    let answer = served.post(target, #"{"input":{"ticket":1}}"#)
    #expect(
      answer.json["detail"] == "the input of 'support/triage' breaks its contract in 1 place")
    #expect(answer.json["details"]?.list?.count == 1)
    #expect(answer.json["details"] == answer.json["violations"])
  }

  @Test func `a token with environments reads the command line's words`() throws {
    let served = try Served()
    let token = try served.enrol("support/**", ["production"])
    let range = served.get("/v1/prompts/support/triage@^1.1", token: token)
    #expect(range.json["detail"] == "'support/triage' has no version ^1.1 that is live")
    let newest = served.get("/v1/prompts/support/triage@latest", token: token)
    #expect(newest.json["detail"] == "'support/triage' has no version release that is live")
  }

  @Test func `why an environment is locked is told to whoever is told of the lock`() throws {
    let served = try Served()
    let place = try EnvironmentName("production")
    _ = try served.write { state, pen throws(RegistryError) in
      try state.locking(place, why: "SECRET", pen)
    }
    let reader = try served.enrol("**", ["production"])
    let chief = try served.enrol("**", ["production"], operates: true)
    func lock(_ target: String, _ token: String) -> Value? {
      let answer = served.get(target, token: token).json
      return (answer["environments"]?.list?.first { $0["name"] == "production" } ?? answer)[
        "locked"]
    }
    for target in ["/v1/environments/production", "/v1/environments"] {
      #expect(lock(target, reader)?["why"] == .null)
      #expect(lock(target, reader)?["by"] == "alice")
      #expect(lock(target, chief)?["why"] == "SECRET")
    }
    let ledger = served.get("/v1/ledger", token: reader)
    #expect(!String(decoding: ledger.bytes, as: UTF8.self).contains("SECRET"))
  }
}

/// `POST …/validate` judges as `stet validate` does.
struct AnswerTests {
  private static let target = "/v1/prompts/sort@1.0.0/validate"
  private static let source = """
    ---
    model: some/model
    output:
      schema:
        zeta: string
        alpha: string
    ---
    Sort.

    """

  private static func violations(_ body: String) throws -> [Value] {
    let served = try Served()
    try served.publish("sort", source)
    let answer = served.post(target, body)
    #expect(answer.status == 200)
    let violations = try #require(answer.json["violations"]?.list)
    #expect(answer.json["valid"] == .bool(violations.isEmpty))
    return violations
  }

  @Test(
    arguments: [
      #"{"output":{"zeta":"a","alpha":"b"}}"#, #"{"output":"{\"zeta\":\"a\",\"alpha\":\"b\"}"}"#,
      #"{"output":"Here:\n```json\n{\"zeta\":\"a\",\"alpha\":\"b\"}\n```\nDone."}"#,
    ])
  func `the JSON in a model's text is found`(_ body: String) throws {
    #expect(try Self.violations(body).isEmpty)
  }

  @Test func `what is wrong with the JSON in a text is said of the JSON`() throws {
    let found = try Self.violations(#"{"output":"```\n{\"zeta\":\"a\",\"alpha\":1}\n```"}"#)
    #expect(found.map { $0["path"] } == ["/alpha"])
  }

  @Test(arguments: [
    (#"{"output":"Here:\n```json\n{}\n```\nDone."}"#, Value.number(2)),
    (#"{"output":"{}"}"#, .null),
    (#"{"output":{}}"#, .null), (#"{"output":"I cannot say."}"#, .null),
  ])
  func `the line of the code block that was judged is told`(_ body: String, _ line: Value) throws {
    let served = try Served()
    try served.publish("sort", Self.source)
    #expect(served.post(Self.target, body).json["code_block_line"] == line)
  }

  @Test func `a text without JSON is held to the contract as it is`() throws {
    let found = try Self.violations(#"{"output":"I cannot say."}"#)
    #expect(found.map { $0["keyword"] } == ["type"])
  }

  @Test func `violations stand in the order of the record, as the command line has them`() throws {
    let served = try Served()
    try served.publish("sort", Self.source)
    let snapshot = try #require(served.service.snapshot)
    let record = try snapshot.resolve(Reference("sort@1.0.0")) { _ in true }.record
    let expected = try PromptContract(record, defaults: ValueMap()).violations(inOutput: [:])
    #expect(expected.count == 2)
    #expect(try Self.violations(#"{"output":{}}"#) == expected.map(\.value))
  }
}

import Foundation
import Notation
import PromptRegistry
import TestSupport
import Testing

@testable import HTTP
@testable import Service

struct RenderTests {
  static let target = "/v1/prompts/support/talk@1.0.0/render"
  static let source = """
    ---
    model: some/model
    config:
      temperature: 0.5
    input:
      schema:
        ticket: string
        tags?(array): string
        é?: any
      default:
        tags: [none]
    ---
    {{role "system"}}Tags:{{#each tags}} {{this}}{{/each}}, {{@tone}}
    {{history}}
    {{role "user"}}{{ticket}}{{é}}

    """

  static let bodies = [
    #"{"input":{"ticket":"Hello"}}"#,
    #" { "input" : { "tags" : [ "b", "a" ] , "ticket" : "\u00e9 \"x\"\n\ud83d\ude00" } } "#,
    #"{"context":{"tone":"calm"},"input":{"ticket":"<b>{{role}}</b>"},"messages":null}"#,
    ##"""
    {"input":{"ticket":"t",
              "é":{"z":1,"\uFB00":2,"\ud83d\ude00":3,"a":[],"b":{},"c":[null,-0.0,1e21]}},
     "messages":[{"role":"user","content":[{"text":"one"}]},
                 {"role":"model","content":[{"text":"two"}],"metadata":{"k":1}}]}
    """##,
    #"{"input":{"ticket":"t"},"provenance":true}"#,
    #"{"input":{"ticket":"t"},"provenance":false,"context":null}"#,
  ]

  @Test(arguments: bodies)
  func `an answer is what the command line answers, and the entry`(_ body: String) throws {
    let served = try Served()
    try served.publish("support/talk", Self.source)
    let answer = served.post(Self.target, body)
    #expect(answer.status == 200)
    #expect(try JSON.parse(answer.bytes) == Self.expected(body, served))
    #expect(answer.bytes.last == UInt8(ascii: "\n"))
  }

  /// By way of values, as the command line goes.
  private static func expected(_ text: String, _ served: Served) throws -> Value {
    let body = try JSON.parse(text)
    let snapshot = try #require(served.service.snapshot)
    let resolved = try snapshot.resolve(Reference("support/talk@1.0.0")) { _ in true }
    let prompt = try snapshot.state.frozenText(of: resolved).compiled(resolved)
    let input = body["input"]?.map ?? ValueMap()
    let rendered = try prompt.render(
      .init(
        input: input, messages: body["messages"]?.list, context: body["context"]?.map ?? ValueMap())
    )
    let detail: RenderAnswer.Detail = body["provenance"] == true ? .provenance : .messages
    var answer = RenderAnswer(rendered, input: input).value(of: resolved, detail).map
    answer?["entry"] = 3
    return .map(try #require(answer))
  }

  @Test(
    arguments: [
      ("", 422, "bad-input"), ("[]", 422, "bad-input"), (#"{"inputs":{}}"#, 422, "bad-input"),
      (#"{"input":[]}"#, 422, "bad-input"), (#"{"messages":{}}"#, 422, "bad-input"),
      (#"{"context":1}"#, 422, "bad-input"), (#"{"provenance":"yes"}"#, 422, "bad-input"),
      (#"{"docs":[]}"#, 422, "bad-input"), ("{}", 422, "input-invalid"),
      (#"{"input":{"ticket":"a","ticket":"b"}}"#, 422, "bad-input"),
      (#"{"input":{"ticket":"a"},"messages":[1]}"#, 422, "bad-input"),
    ])
  func `a body that asks for nothing is told why`(
    _ body: String, _ status: Int, _ code: String
  ) throws {
    let served = try Served()
    try served.publish("support/talk", Self.source)
    let answer = served.post(Self.target, body)
    #expect(answer.status == status)
    #expect(answer.code == code)
  }

  @Test func `the way without a request answers the same, errors too`() throws {
    let served = try Served()
    try served.publish("support/talk", Self.source)
    let server = try Server(served.service.application, at: .loopback(port: 0))
    defer { server.stop(deadlineSeconds: 0) }
    let snapshot = try #require(served.service.snapshot)
    #expect(snapshot.responders.find(Array(Self.target.utf8).span) == nil)
    for body in Self.bodies + ["{", #"{"input":{"ticket":1}}"#] {
      let function = served.post(Self.target, body)
      #expect(snapshot.responders.find(Array(Self.target.utf8).span) != nil)
      let socket = try Self.curl(
        "-d", body, "-H", "Content-Type: application/json", "-i",
        "http://\(server.address)\(Self.target)")
      let (head, text) = try #require(Self.halves(socket))
      #expect(head.hasPrefix("HTTP/1.1 \(function.status) "))
      if function.status == 200 {
        #expect(Array(text.utf8) == function.bytes)
        for field in function.headers.fields {
          #expect(head.contains("\r\n\(field.name): \(field.value)\r\n"))
        }
      }
    }
  }

  @Test func `what is rendered by environment follows it`() throws {
    let served = try Served()
    try served.promote("support/triage", "1.0.0", to: "production")
    let target = "/v1/prompts/support/triage@production/render"
    let body = #"{"input":{"ticket":"Hello"}}"#
    #expect(served.post(target, body).headers["Stet-Entry"] == "3")
    try served.publish("support/triage", Served.triage + "Be kind.\n", from: "1.0.0")
    try served.promote("support/triage", "1.0.1", to: "production")
    #expect(served.service.snapshot?.responders.find(Array(target.utf8).span) == nil)
    let answer = served.post(target, body)
    #expect(answer.headers["Stet-Entry"] == "5")
    #expect(String(decoding: answer.bytes, as: UTF8.self).contains("Be kind."))
  }

  @Test func `a body whose type is present but empty is refused, whatever was asked before`() throws
  {
    let served = try Served()
    let server = try Server(served.service.application, at: .loopback(port: 0))
    defer { server.stop(deadlineSeconds: 0) }
    let url = "http://\(server.address)/v1/prompts/support/triage@1.0.0/render"
    func status(_ types: String...) throws -> String {
      let headers = types.flatMap { ["-H", $0] }
      let words = [
        "-s", "-o", "/dev/null", "-w", "%{http_code}", "-d", #"{"input":{"ticket":"a"}}"#,
      ]
      return try Program("curl").run(words + headers + [url]).text
    }
    for _ in 0..<2 {
      #expect(try status("Content-Type;") == "415")
      #expect(try status("Content-Type;", "Content-Type: application/json") == "415")
      #expect(try status("Content-Type: application/json") == "200")
      #expect(try status("Content-Type:") == "200")
    }
  }

  @Test func `a responder is kept for what was answered, and holds on to no version`() throws {
    var options = ServiceOptions()
    options.compiledVersions = 1
    let served = try Served(options)
    try served.publish("support/zoo", Served.triage)
    let body = #"{"input":{"ticket":"Hello"}}"#
    let targets = ["triage", "zoo"].map { "/v1/prompts/support/\($0)@1.0.0/render" }
    func responder(_ target: String) -> Responder? {
      served.service.snapshot?.responders.find(Array(target.utf8).span)
    }
    #expect(served.post(targets[0], "{}").status == 422)
    #expect(responder(targets[0]) == nil)
    let answers = targets.map { served.post($0, body) }
    #expect(answers.map(\.status) == [200, 200])
    #expect(responder(targets[0])?.answer(Array(body.utf8)) == .some(nil))
    #expect(responder(targets[1])?.answer(Array(body.utf8)) == answers[1].bytes)
    #expect(served.post(targets[0], body).bytes == answers[0].bytes)
  }

  @Test func `what is rendered or judged is counted as a read of its version`() throws {
    let served = try Served()
    let target = "/v1/prompts/support/triage@1.0.0"
    let body = #"{"input":{"ticket":"Hello"}}"#
    #expect(served.post(target + "/render", body).status == 200)
    let responder = served.service.snapshot?.responders.find(Array("\(target)/render".utf8).span)
    #expect(responder?.answer(Array(body.utf8)) != nil)
    #expect(served.post(target + "/validate", #"{"output":{}}"#).status == 200)
    #expect(served.post(target + "/render", "{}").status == 422)
    let metrics = String(decoding: served.get("/metrics").bytes, as: UTF8.self)
    let count = #"stet_prompt_reads_total{prompt="support/triage",version="1.0.0"} 3"#
    #expect(metrics.split(separator: "\n").contains { $0 == count })
  }

  private static func halves(_ text: String) -> (String, String)? {
    text.range(of: "\r\n\r\n").map {
      (String(text[..<$0.lowerBound]) + "\r\n", String(text[$0.upperBound...]))
    }
  }

  private static func curl(_ words: String...) throws -> String {
    try Program("curl").run(["-s"] + words).text
  }
}

import HTTP
import Notation
import PromptRegistry
import TestSupport
import Testing

@testable import Service

struct PromptPathTests {
  @Test(
    arguments: [
      ("/v1/prompts/triage", "triage", nil, nil),
      ("/v1/prompts/support/triage", "support/triage", nil, nil),
      ("/v1/prompts/support%2Ftriage", "support/triage", nil, nil),
      ("/v1/prompts/support/triage@1.2.3", "support/triage", "1.2.3", nil),
      ("/v1/prompts/support%2ftriage%401.2.3", "support/triage", "1.2.3", nil),
      ("/v1/prompts/a/b@^1.2/source", "a/b", "^1.2", "source"),
      ("/v1/prompts/a/b@%5E1.2/render", "a/b", "^1.2", "render"),
      ("/v1/prompts/a@sha256:abc/x/y", "a", "sha256:abc", "x/y"),
      ("/v1/prompts/a@b@c", "a", "b@c", nil),
      ("/v1/prompts/a@", "a", "", nil),
      ("/v1/prompts/@1", "", "1", nil),
      ("/v1/prompts/a@1/", "a", "1", ""),
      ("/v1/prompts/a@%F3%A0%84%B1/render", "a", "\u{E0131}", "render"),
    ] as [(String, String, String?, String?)])
  func `the first at-sign ends the name`(
    _ raw: String, _ name: String, _ reference: String?, _ action: String?
  ) throws {
    let path = try #require(PromptPath(try Target(raw.utf8)))
    #expect(path.name == name)
    #expect(path.reference == reference)
    #expect(path.action == action)
  }

  @Test(arguments: ["/v1/prompts", "/v1/prompts/", "/v2/prompts/a", "/", "/v1"])
  func `other paths are none of prompts`(_ raw: String) throws {
    #expect(PromptPath(try Target(raw.utf8)) == nil)
  }
}

struct CursorTests {
  @Test(arguments: ["a", "support/triage", "support/_tone"])
  func `a cursor reads back what it was made of`(_ text: String) throws {
    let name = try PromptName(text)
    #expect(Cursor(Cursor(after: name).description)?.last == name)
  }

  @Test(arguments: ["", "1", "1-", "1-6", "1-6G", "1-2F", "1-2f", "2-61", "1-+1", "1-00", "61"])
  func `what was never handed out is no cursor`(_ text: String) {
    #expect(Cursor(text) == nil)
  }

  @Test func `every cursor is as it is described`() throws {
    let pattern = try Regex(try #require(ParameterSchema.cursor["pattern"]?.string))
    #expect(try Cursor(after: PromptName("support/a-9/_z")).description.contains(pattern))
    #expect(!"1-2e".contains(pattern))
  }
}

struct ServerSentEventTests {
  @Test func `an event is an id, a name and lines of data`() {
    let event = ServerSentEvent(id: 7, name: "entry", data: "{}")
    #expect(String(decoding: event.bytes, as: UTF8.self) == "id: 7\nevent: entry\ndata: {}\n\n")
  }

  @Test func `no text can begin a field of its own`() {
    let event = ServerSentEvent(id: 1, name: "a\nid: 9", data: "x\r\nid: 9\rretry: 1\n\ny")
    #expect(
      String(decoding: event.bytes, as: UTF8.self)
        == "id: 1\nevent: a id: 9\ndata: x\ndata: id: 9\ndata: retry: 1\ndata: \ndata: y\n\n")
  }

  @Test func `only a number that was sent comes back as one`() {
    #expect(ServerSentEvent.lastID("17") == 17)
    #expect(ServerSentEvent.lastID("0") == 0)
    #expect(ServerSentEvent.lastID(" 22\t") == 22)
    #expect(ServerSentEvent.lastID("9007199254740991") == 9_007_199_254_740_991)
    for text in ["", " ", "-1", "+1", "01", "1 2", "x", "9007199254740992", "99999999999999999999"]
    {
      #expect(ServerSentEvent.lastID(text) == nil)
    }
  }
}

struct ReasonHeaderTests {
  @Test func `a short reason is whole`() {
    #expect(ReasonHeader.value("worse on old tickets; see #12") == "worse on old tickets; see #12")
    #expect(ReasonHeader.value("ä\nb%") == "%C3%A4%0Ab%25")
    let longest = String(repeating: "a", count: ReasonHeader.byteLimit)
    #expect(ReasonHeader.value(longest) == longest)
  }

  @Test(arguments: ["a", "é", "👩‍👩‍👧‍👦", "e\u{301}\u{302}"])
  func `a long reason is cut between two characters and says so`(_ character: String) throws {
    let value = ReasonHeader.value(String(repeating: character, count: 2000))
    #expect(value.utf8.count <= ReasonHeader.byteLimit)
    let text = try PercentCoding.decode(Array(value.utf8).filter { $0 != UInt8(ascii: " ") })
    #expect(text.last == "…")
    #expect(text.count > 2)
    #expect(text.dropLast().allSatisfy { String($0) == character })
  }
}

struct ProblemTests {
  @Test func `a problem says in one form what is wrong`() throws {
    let problem = Problem(.unknownPrompt, "there is no prompt named 'x'", hint: "did you mean 'y'?")
    let response = problem.response(RequestID(255))
    #expect(response.status == 404)
    #expect(response.headers["content-type"] == "application/problem+json")
    #expect(
      try JSON.parse(response.bytes) == [
        "type": "urn:stet:error:unknown-prompt", "title": "unknown-prompt", "status": 404,
        "code": "unknown-prompt",
        "detail": "there is no prompt named 'x'", "hint": "did you mean 'y'?",
        "details": [], "violations": [], "request": "00000000000000ff",
      ])
  }

  @Test(
    arguments: [
      .target(.notUTF8), .header(.brokenLine), .header(.blankInName), .header(.severalHosts),
      .ambiguousFraming, .transferEncoding("x"), .contentEncoding("gzip"),
      .bodyTooLarge(limit: 1), .headersTooLarge(limit: 1), .tooManyStreams(limit: 1),
      .methodNotAllowed(allowed: [.get, .head]), .stopping,
    ] as [Refusal]) func `what is refused keeps its status and gets words`(_ refusal: Refusal)
  {
    let problem = Problem(refusal)
    #expect(problem.status == refusal.status)
    #expect(problem.code.httpStatuses.contains(problem.status))
    #expect(!problem.message.isEmpty)
    #expect(problem.message.first?.isLowercase == true)
  }
}

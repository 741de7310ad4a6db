import HTTP
import Ledger
import Notation
import Synchronization
import Testing

@testable import PromptRegistry
@testable import Service

struct ReaderTests {
  @Test func `once anybody is enrolled nobody else is answered`() throws {
    let served = try Served()
    let token = try served.enrol("support/**")
    let answer = served.get("/v1/prompts/support/triage@1.0.0")
    #expect(answer.status == 401)
    #expect(answer.headers["WWW-Authenticate"] == "Bearer realm=\"stet\"")
    #expect(served.get("/v1/prompts", token: token + "0").status == 401)
    #expect(served.get("/healthz").status == 200)
    let read = served.get("/v1/prompts/support/triage@1.0.0", token: token)
    #expect(read.status == 200)
    #expect(read.headers["Cache-Control"] == "private, max-age=31536000, immutable")
  }

  @Test func `what a token may not read is not there`() throws {
    let served = try Served()
    try served.publish("billing/sum", Served.triage)
    let token = try served.enrol("support/**")
    let hidden = served.get("/v1/prompts/billing/sum@1.0.0", token: token)
    let missing = served.get("/v1/prompts/billing/xyz@1.0.0", token: token)
    #expect(hidden.status == 404)
    #expect(missing.status == 404)
    #expect(hidden.json["hint"] == missing.json["hint"])
    #expect(served.get("/v1/prompts/billing/sum", token: token).status == 404)
    #expect(served.get("/v1/requests", token: token).status == 404)
    #expect(served.get("/metrics", token: token).status == 404)
    let names = served.get("/v1/prompts", token: token).json["prompts"]?.list?
      .compactMap { $0["name"]?.string }
    #expect(names == ["support/triage"])
    let ledger = served.get("/v1/ledger", token: token)
    #expect(!String(decoding: ledger.bytes, as: UTF8.self).contains("billing"))
  }

  @Test func `a name that is not there is answered with the nearest that may be read`() throws {
    let served = try Served()
    try served.publish("support/triages", Served.triage)
    try served.publish("billing/triage", Served.triage)
    func hint(_ name: String, _ token: String) -> String? {
      for target in ["/v1/prompts/\(name)", "/v1/prompts/\(name)@latest"] {
        let answer = served.get(target, token: token)
        #expect(answer.status == 404)
        #expect(answer.json["hint"] == served.get("/v1/prompts/\(name)", token: token).json["hint"])
      }
      return served.get("/v1/prompts/\(name)", token: token).json["hint"]?.string
    }
    let support = try served.enrol("support/*")
    #expect(hint("support/triagess", support) == "did you mean 'support/triages'?")
    #expect(hint("suport/triage", support) == "did you mean 'support/triage'?")
    let one = try served.enrol("support/triage")
    #expect(hint("support/triagess", one) == "did you mean 'support/triage'?")
    // Whether it is there is not told to whoever may not read it.
    #expect(hint("billing/triage", one) == hint("billing/triagx", one))
    #expect(hint("billing/triag", one)?.contains("billing") == false)
  }

  @Test func `the names are listed once on the way to one that is not there`() throws {
    let served = try Served()
    _ = try served.enrol("support/**")
    let tip = try served.registry.tip()
    let tree = ListedTree(served.registry.journal.tree(of: tip.entry))
    let state = try State(entry: tip.number, time: tip.state.time, tree: tree)
    let snapshot = try Snapshot(
      of: RegistryTip(entry: tip.entry, state: state, memoryProblem: nil, refused: nil),
      cacheBytes: 0)
    let reader = Reader(token: try #require(state.services().services.first?.tokens.first))
    let error = #expect(throws: RegistryError.self) {
      try reader.resolve(Reference("support/triagee@latest"), in: snapshot)
    }
    guard case .unknownPrompt(_, let nearest, _)? = error else {
      Issue.record("it is \(String(describing: error))")
      return
    }
    #expect(nearest?.text == "support/triage")
    #expect(tree.listings == 1)
  }

  @Test func `no partial is offered to whoever asks for a prompt`() throws {
    let served = try Served()
    try served.publish([
      ("support/talk", "{{> support/tone}}Hello\n"), ("support/_tone", "Calm.\n"),
    ])
    let answer = served.get("/v1/prompts/support/tone@latest")
    #expect(answer.status == 404)
    #expect(answer.json["hint"]?.string?.contains("_tone") == false)
    let partial = served.get("/v1/prompts/support/_tne@latest").json["hint"]?.string
    #expect(partial == "did you mean 'support/_tone'?")
  }

  @Test func `whoever reads the newest of a retired prompt is told`() throws {
    let served = try Served()
    let name = try PromptName("support/triage")
    _ = try served.write { state, pen throws(RegistryError) in
      try state.retiring(name, why: "Nobody asks", pen)
    }
    #expect(served.get("/v1/prompts/support/triage@latest").headers["Stet-Retired"] == "true")
    #expect(served.get("/v1/prompts/support/triage@^1").headers["Stet-Retired"] == "true")
    #expect(served.get("/v1/prompts/support/triage@1.0.0").headers["Stet-Retired"] == nil)
  }

  @Test func `a version is whole with what it includes, of which the rest is hidden`() throws {
    let served = try Served()
    try served.publish([
      ("support/talk", "{{> billing/tone}}Hello\n"), ("billing/_tone", "Be calm.\n"),
    ])
    let token = try served.enrol("support/**")
    let version = served.get("/v1/prompts/support/talk@1.0.0", token: token)
    #expect(String(decoding: version.bytes, as: UTF8.self).contains("Be calm."))
    for hidden in ["billing/_tone", "billing/_tone@1.0.0", "billing/_tone@1.0.0/source"] {
      #expect(served.get("/v1/prompts/\(hidden)", token: token).status == 404)
    }
  }

  @Test func `of an entry about more than he sees a reader is told what the changelog says`()
    throws
  {
    let served = try Served()
    try served.publish([("support/zoo", Served.triage), ("billing/sum", Served.triage)])
    try served.promote([("support/zoo", "1.0.0"), ("billing/sum", "1.0.0")], to: "production")
    let token = try served.enrol("support/**", ["production"])
    let prompt = served.get("/v1/prompts/support/zoo", token: token)
    #expect(prompt.json["versions"]?.list?.first?["what"] == "a change")
    let ledger = served.get("/v1/ledger?since=2", token: token)
    #expect(!String(decoding: ledger.bytes, as: UTF8.self).contains("billing"))
    let entries = ledger.json["entries"]?.list ?? []
    #expect(entries.map { $0["action"]?.string } == ["publish", "promote"])
    #expect(entries.first?["what"] == "a change")
    #expect(entries.last?["what"] == .null)
    #expect(!String(decoding: ledger.bytes, as: UTF8.self).contains("\"now\""))
  }

  @Test func `a range means only what is live where the token may look`() throws {
    let served = try Served()
    try served.promote("support/triage", "1.0.0", to: "production")
    try served.publish("support/triage", Served.triage + "Be kind.\n", from: "1.0.0")
    let token = try served.enrol("support/**", ["production"])
    let latest = served.get("/v1/prompts/support/triage@latest", token: token)
    #expect(latest.headers["Stet-Version"] == "1.0.0")
    let live = served.get("/v1/prompts/support/triage@production", token: token)
    #expect(live.headers["Stet-Entry"] == "3")
    #expect(served.get("/v1/prompts/support/triage@staging", token: token).status == 404)
  }

  @Test func `an operator sees requests and metrics`() throws {
    let served = try Served()
    let token = try served.enrol("**", operates: true)
    #expect(served.get("/v1/requests", token: token).status == 200)
    #expect(served.get("/metrics", token: token).status == 200)
  }

  @Test func `an open service answers only names of this machine`() throws {
    let served = try Served()
    for host in ["localhost:7878", "127.0.0.1:7878", "[::1]:7878", "[::1]", "127.0.0.1"] {
      #expect(served.get("/v1/prompts", ["Host": host]).status == 200)
    }
    for host in ["evil.example", "evil.example:7878", "127.0.0.1.evil.example", "10.0.0.1"] {
      #expect(served.get("/v1/prompts", ["Host": host]).status == 403)
    }
  }

  @Test func `a service that others can reach is never open`() throws {
    var options = ServiceOptions()
    options.reach = .network
    #expect(try Served(options).get("/v1/prompts").status == 401)
  }
}

/// A tree that counts how often all versions are listed from the top.
private final class ListedTree: TreeReader {
  private let tree: any TreeReader
  private let count = Mutex(0)

  init(_ tree: any TreeReader) { self.tree = tree }

  var listings: Int { count.withLock { $0 } }

  func blob(at path: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    try tree.blob(at: path, limit: limit)
  }

  func children(of folder: String) throws(LedgerError) -> [TreeChild] {
    if folder == "versions" { count.withLock { $0 += 1 } }
    return try tree.children(of: folder)
  }

  func content(at path: String) throws(LedgerError) -> ContentID? { try tree.content(at: path) }

  func holds(_ bytes: [UInt8]?, at path: String) throws(LedgerError) -> Bool {
    try tree.holds(bytes, at: path)
  }
}

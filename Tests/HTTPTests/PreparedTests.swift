import Platform
import Testing

@testable import HTTP

struct PreparedTests {
  static let tag = "\"sha256-abc\""

  static func prepared(_ text: String, _ tally: Tally = Tally()) -> Prepared {
    Prepared(
      Array(text.utf8),
      headers: [
        "Content-Type": "application/json", "ETag": tag, "Cache-Control": "no-cache",
        "Empty": "",
      ], route: Route(1, "/one"), tally: tally)
  }

  @Test func aTableFindsEachOfItsTargetsAndNothingElse() {
    var table = TargetTable<Int>()
    for number in 0..<5000 {
      #expect(table.insert(Array("/v1/prompts/p\(number)@1.0.0".utf8).span, number) == nil)
    }
    #expect(table.count == 5000)
    for number in [0, 1, 17, 4999] {
      let target = Array("/v1/prompts/p\(number)@1.0.0".utf8)
      #expect(table.find(target.span) == number)
    }
    for other in [
      "", "/", "/v1/prompts/p5000@1.0.0", "/v1/prompts/p1@1.0.", "/V1/prompts/p1@1.0.0",
    ] {
      let target = Array(other.utf8)
      #expect(table.find(target.span) == nil)
    }
  }

  @Test func anEmptyTableFindsNothing() {
    let target = Array("/".utf8)
    #expect(TargetTable<Int>().find(target.span) == nil)
  }

  @Test func theLastOfEqualTargetsCounts() {
    var table = TargetTable<Int>()
    let target = Array("/a".utf8)
    table.insert(target.span, 1)
    #expect(table.insert(target.span, 2) == 1)
    #expect(table.count == 1)
    #expect(table.find(target.span) == 2)
  }

  @Test func aCacheKeepsWhatIsAskedForWithinItsBudget() {
    let one = Self.prepared(String(repeating: "x", count: 1000))
    let cache = PreparedCache(byteLimit: 100 * one.cost)
    let hot = Array("/hot".utf8)
    cache.insert(hot.span, one)
    var found = 0
    for number in 0..<10_000 {
      let target = Array("/cold/\(number)".utf8)
      cache.insert(target.span, Self.prepared(String(repeating: "y", count: 1000)))
      if cache.find(hot.span) === one { found += 1 }
      #expect(cache.find(target.span) != nil)
    }
    #expect(found == 10_000)
    #expect(cache.cost <= 100 * one.cost)
    #expect(cache.cost > 40 * one.cost)
    let first = Array("/cold/0".utf8)
    #expect(cache.find(first.span) == nil)
    cache.removeAll()
    #expect(cache.cost == 0)
    #expect(cache.find(hot.span) == nil)
  }

  @Test func aCacheWithoutABudgetKeepsNothing() {
    let cache = PreparedCache(byteLimit: 0)
    let target = Array("/".utf8)
    cache.insert(target.span, Self.prepared("x"))
    #expect(cache.find(target.span) == nil)
  }

  @Test func aPreparedAnswerIsServedWithoutTheHandler() throws {
    let tally = Tally()
    let cache = Self.cache("/a%2Fb", Self.prepared("body", tally))
    var application = Application { _ in Response(500) }
    application.lookup = { target, _ in cache.find(target) }
    let server = try Fixture.server(application)
    let wire = try Wire(server.address)
    let full = try #require(try wire.ask("GET /a%2Fb"))
    #expect(full.status == 200)
    #expect(full.text == "body")
    #expect(full.headers["etag"] == Self.tag)
    let head = try #require(try wire.ask("HEAD /a%2Fb"))
    #expect(head.status == 200)
    #expect(head.headers["content-length"] == "4")
    for asked in [Self.tag, "W/" + Self.tag, "\"x\", " + Self.tag, "*"] {
      let known = try #require(try wire.ask("GET /a%2Fb", ["If-None-Match: \(asked)"]))
      #expect(known.status == 304, "\(asked)")
      #expect(known.headers["etag"] == Self.tag)
      #expect(known.headers["content-type"] == nil)
    }
    #expect(try wire.ask("GET /a%2Fb", ["If-None-Match: \"y\""])?.status == 200)
    #expect(tally.count == 7)
    for other in ["GET /a/b", "GET /a%2fb", "GET /a%2Fb?", "POST /a%2Fb"] {
      #expect(try wire.ask(other)?.status == 500, "\(other)")
    }
  }

  @Test func theHandlersPreparedAnswerIsTheSameOverTheWire() throws {
    let prepared = Self.prepared("body")
    let application = Application { _ in Response(prepared) }
    let server = try Fixture.server(application)
    let wire = try Wire(server.address)
    let answer = try #require(try wire.ask("GET /x"))
    let expected = application.respond(.get, Array("/x".utf8))
    #expect(answer.body == expected.bytes)
    #expect(answer.headers["etag"] == expected.headers["etag"])
    let asked: Headers = ["If-None-Match": Self.tag]
    #expect(application.respond(.get, Array("/x".utf8), headers: asked).status == 304)
    #expect(try wire.ask("GET /x", ["If-None-Match: \(Self.tag)"])?.status == 304)
  }

  @Test func theLookupSeesTheAuthorization() throws {
    let prepared = Self.prepared("secret")
    var application = Application { _ in Response(401) }
    application.lookup = { _, head in
      head.withAuthorization { $0.count == 10 } ? prepared : nil
    }
    let server = try Fixture.server(application)
    let wire = try Wire(server.address)
    #expect(try wire.ask("GET /x")?.status == 401)
    #expect(try wire.ask("GET /x", ["AUTHORIZATION: Bearer abc"])?.text == "secret")
    let two = ["Authorization: a", "Authorization: Bearer abc"]
    #expect(try wire.ask("GET /x", two)?.status == 401)
  }

  @Test func aCacheMayBeSwappedWhileItIsServed() throws {
    let caches = Collected<PreparedCache>()
    caches.add(Self.cache("/a", Self.prepared("0")))
    var application = Application { _ in Response(404) }
    application.lookup = { target, _ in caches.all.last?.find(target) }
    let server = try Fixture.server(application)
    let wire = try Wire(server.address)
    for number in 1...200 {
      #expect(try wire.ask("GET /a")?.text == "\(number - 1)")
      caches.add(Self.cache("/a", Self.prepared("\(number)")))
    }
  }

  private static func cache(_ target: String, _ prepared: Prepared) -> PreparedCache {
    let cache = PreparedCache(byteLimit: 1 << 20)
    cache.insert(Array(target.utf8).span, prepared)
    return cache
  }
}

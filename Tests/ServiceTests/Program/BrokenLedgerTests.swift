import Foundation
import TestSupport
import Testing

/// A ledger that somebody wrote into by other means than ours.
struct BrokenLedgerTests {
  private let served: Served

  init() throws {
    served = try Served()
    try served.publish("support/zoo", Served.triage)
  }

  private var ledger: String { served.folder.path + "/registry" }
  private var state: String { served.folder.path + "/state" }

  private func git(_ words: String...) throws -> String {
    let outcome = try Program("git", in: ledger).run(words)
    try #require(outcome.succeeded, "\(outcome.errors)")
    return outcome.text.trimmingCharacters(in: .newlines)
  }

  /// Puts a commit behind the newest entry that nobody signed.
  private func spoil() throws {
    let unsigned = try git(
      "-c", "user.name=x", "-c", "user.email=x", "commit-tree", "main^{tree}", "-p", "main", "-m",
      "x")
    _ = try git("update-ref", "refs/heads/main", unsigned)
  }

  /// It says that it is behind, and serves what holds.
  private func expectPrefix(of program: ServeProcess, _ url: String) throws {
    let line = try #require(program.said())
    #expect(line.hasPrefix("stet serve: entry 4 breaks I"))
    #expect(line.hasSuffix("; entry 3 is served"))
    let client = try RawClient(url)
    let readiness = try #require(try client.get("/readyz"))
    #expect(readiness.status == 503)
    #expect(readiness.text.contains("the newest entries do not verify; entry 3 is served"))
    #expect(try client.get("/v1/prompts/support/zoo@1.0.0/source")?.text == Served.triage)
    #expect(try #require(try client.get("/metrics")).text.contains("\nstet_verified 0\n"))
  }

  @Test(arguments: [false, true])
  func `what holds is served before and after a restart, whatever stands behind it`(
    isForgotten: Bool
  ) throws {
    let first = try ServeProcess(served)
    let url = try first.url()
    try spoil()
    try expectPrefix(of: first, url)
    first.signal(SIGTERM)
    #expect(first.end().status == 0)

    if isForgotten { try FileManager.default.removeItem(atPath: state) }
    let second = try ServeProcess(served)
    let anew = try second.url()
    try expectPrefix(of: second, anew)
    _ = try git("update-ref", "refs/heads/main", "main~1")
    #expect(second.said() == "stet serve: the newest entry holds; entry 3 is served")
    #expect(try RawClient(anew).get("/readyz")?.status == 200)
  }

  @Test func `entries before a bad one are served although they came with it`() throws {
    let former = try git("rev-parse", "main")
    try served.publish("support/zebra", Served.triage)
    try spoil()
    let spoiled = try git("rev-parse", "main")
    _ = try git("update-ref", "refs/heads/main", former)
    let program = try ServeProcess(served)
    let url = try program.url()
    _ = try git("update-ref", "refs/heads/main", spoiled)
    #expect(try #require(program.said()).hasSuffix("; entry 4 is served"))
    #expect(try RawClient(url).get("/v1/prompts/support/zebra@1.0.0/source")?.status == 200)
  }

  @Test func `a ledger that is gone is not called one that does not verify`() throws {
    let program = try ServeProcess(served)
    let url = try program.url()
    try FileManager.default.moveItem(atPath: ledger, toPath: ledger + "-moved")
    #expect(try #require(program.said()).hasSuffix("; entry 3 is served"))
    let answer = try #require(try RawClient(url).get("/readyz"))
    #expect(answer.status == 503)
    #expect(answer.text.contains("the ledger cannot be read; entry 3 is served"))
    #expect(!answer.text.contains(served.folder.path))
  }

  @Test func `a machine that cannot remember says so`() throws {
    try Data().write(to: URL(fileURLWithPath: state))
    let program = try ServeProcess(served)
    let url = try program.url()
    let line = try #require(program.said())
    #expect(line.hasPrefix("warning: this machine cannot remember what it verified: "))
    #expect(try RawClient(url).get("/readyz")?.status == 200)
  }
}

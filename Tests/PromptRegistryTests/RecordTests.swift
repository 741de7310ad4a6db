import Contracts
import Keys
import Notation
import Testing

@testable import PromptRegistry

struct RecordTests {
  @Test("the digest of a version covers its source and its closure")
  func vectors() throws {
    let plain = Digest(of: "Hello {{name}}\n")
    #expect(
      VersionRecord.digest(source: plain, includes: []).description
        == "sha256:4b3140fd6750ffe762b88737121dbf7280dc5a0e3a2e98f8b9220828d81b3aea")
    let tone = Include(
      name: try PromptName("support/_tone"), source: Digest(of: "Be kind.\n"),
      version: SemanticVersion(1, 0, 0))
    let including = Digest(of: "{{> support/tone}} Hello {{name}}\n")
    #expect(
      VersionRecord.digest(source: including, includes: [tone]).description
        == "sha256:7c367c0cf1c842c76804e5fb0bb30107d8cd6bc4fc9c973a8994b53a7974f4ee")
  }

  private func roundTrip<R: Record>(_ record: R) throws {
    let read = try R(bytes: record.bytes)
    #expect(read == record)
  }

  @Test("every record reads back as it was written")
  func roundTrips() throws {
    let alice = try MemberName("alice")
    let at = Timestamp(seconds: 1_700_000_000)
    let mark = VersionMark(version: SemanticVersion(1, 2, 3), digest: Digest(of: "x"))
    let production = try EnvironmentName("production")
    let triage = try PromptName("support/triage")
    let pin = PinRecord(
      live: mark, before: [Stay(mark: mark, since: at, until: at)], by: alice, entry: 7,
      request: nil, since: at)
    try roundTrip(pin)
    try roundTrip(YankRecord(at: at, by: alice, entry: 3, why: "bad"))
    try roundTrip(LockRecord(at: at, by: alice, why: "incident"))
    try roundTrip(LedgerRecord(created: at))
    try roundTrip(
      ReviewRecord(decision: .reject, entry: 9, key: try World.key(1), subject: Digest(of: "y")))
    try roundTrip(
      RequestRecord(
        author: alice, reason: "go",
        subject: .promotion(
          production, [RequestedChange(name: triage, base: PinMark(pin), target: nil)])))
    try roundTrip(
      RequestRecord(
        author: alice, reason: "go",
        subject: .policy(base: Digest(of: "a"), target: Digest(of: "b"))))
    try roundTrip(PolicyPreset.team.policy(founder: alice, key: try World.key(1)))
    let pattern = try #require(NamePattern("billing/**"))
    var services = ServicesRecord()
    services.services = [
      EnrolledService(
        name: try ServiceName("api"),
        tokens: [
          EnrolledToken(
            entry: 4,
            grant: Grant(
              read: [pattern], environments: [production], expires: at, isOperator: true),
            hash: Digest(of: "t"))
        ])
    ]
    try roundTrip(services)
    var version = VersionRecord(
      name: triage, version: mark.version, digest: mark.digest, size: 5, by: alice, at: at,
      what: "shorter")
    version.from = mark
    version.input = ["type": "object"]
    try roundTrip(version)
  }

  @Test("an unknown field, a missing field and a wrong type are errors with the way to them")
  func strict() throws {
    func place(_ value: Value) -> String? {
      do throws(RecordError) {
        _ = try LockRecord(value)
        return nil
      } catch {
        return error.field
      }
    }
    let good: Value = ["at": "2026-11-21T09:00:00Z", "by": "alice", "why": "x"]
    #expect(place(good) == nil)
    #expect(place(["at": "2026-11-21T09:00:00Z", "by": "alice"]) == "why")
    #expect(place(["at": "2026-11-21", "by": "alice", "why": "x"]) == "at")
    #expect(
      place(["at": "2026-11-21T09:00:00Z", "by": "alice", "why": "x", "more": 1]) == "more")
    #expect(place(["at": "2026-11-21T10:00:00+01:00", "by": "alice", "why": "x"]) == "at")
  }

  @Test("a path of the tree and its slot are the same thing")
  func slots() throws {
    for path in [
      "ledger.json", "policy/policy.json", "policy/services.json", "policy/allowed_signers",
      "prompts/support/_tone.prompt", "versions/support/triage/1.3.0/triage.prompt",
      "versions/support/_tone/1.0.0/_tone.json", "versions/a/2.0.0-beta.1/a.cases.yaml",
      "versions/a/1.0.0/a.brief.md", "versions/a/1.0.0.yanked",
      "environments/production/support/triage.json", "environments/production.locked",
      "requests/184/request.json", "requests/184/policy.json", "requests/184/reviews/bob.json",
    ] {
      #expect(Slot(path: path)?.path == path)
    }
    for path in [
      "README.md", "prompts/A.prompt", "prompts/a.txt", "versions/a/1.0.0/b.prompt",
      "versions/a/1.0/a.prompt", "versions/a/01.0.0/a.prompt", "environments/latest/a.json",
      "requests/0/request.json", "requests/01/request.json", "requests/1/reviews/B.json",
      "policy/other.json", "requests/1/x.json", "prompts/con.prompt", "",
    ] {
      #expect(Slot(path: path) == nil, "\(path)")
    }
  }
}

import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

/// Entries that do nearly what an action may, and the invariant that each of them breaks. The judge
/// alone is asked here, on a registry that is a dictionary; the attacks on whole ledgers are in
/// `Attacks`.
struct JudgeTests {
  let triage: PromptName
  let tone: PromptName
  let staging: EnvironmentName
  let production: EnvironmentName
  let ghost: EnvironmentName
  let first = SemanticVersion(1, 0, 0)

  init() throws {
    triage = try PromptName("support/triage")
    tone = try PromptName("support/_tone")
    staging = try EnvironmentName("staging")
    production = try EnvironmentName("production")
    ghost = try EnvironmentName("ghost")
  }

  /// A partial, a prompt that includes it, live in staging.
  func world() throws -> World {
    var world = try World(["alice", "bob", "carol"])
    try world.publish("alice", "support/_tone", "Be kind.\n")
    try world.publish(
      "alice", "support/triage", "{{> support/tone}}\n", includes: ["support/_tone"])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.promoting([wish], in: staging, reason: "", pen)
    }
    return world
  }

  /// One where nothing needs approval.
  func calmWorld() throws -> World {
    var world = try World(
      ["alice", "bob", "carol"], environments: PolicyPreset.solo.environments)
    try world.publish("alice", "support/triage", "one\n")
    return world
  }

  var wish: Wish { Wish(name: triage, version: first) }

  /// What the judge says of a plan of a member's.
  func invariants<Answer: Sendable>(
    _ world: World, _ who: String = "alice", _ make: (State, Pen) throws -> Plan<Answer>
  ) throws -> Set<Invariant> {
    let pen = try world.pen(who)
    return Set(try world.judge(try make(try world.state, pen), as: pen).map(\.invariant))
  }

  func plan(
    _ headline: Headline, because text: String = "because", _ edits: [Slot: [UInt8]?]
  ) -> Plan<Int> {
    Plan(headline, text: text, edits: edits, answer: 0)
  }
}

// MARK: - Publishing and withdrawing

extension JudgeTests {
  /// A second version whose record and files may be spoiled.
  func publication(
    _ state: State, _ pen: Pen, _ spoil: (inout VersionRecord) throws -> Void = { _ in }
  ) throws -> Plan<Int> {
    let base = try state.existingRecord(of: triage, first)
    let source = Array("{{> support/tone}} again\n".utf8)
    var record = base
    record.version = SemanticVersion(1, 0, 1)
    record.bump = .patch
    record.what = "because"
    record.from = VersionMark(version: first, digest: base.digest)
    record.size = source.count
    (record.by, record.at) = (pen.member, pen.at)
    try spoil(&record)
    record.digest = VersionRecord.digest(
      source: Digest(of: source), includes: record.includes)
    return plan(
      .publish([.init(name: triage, version: record.version)]),
      [
        .version(triage, record.version, .source): source,
        .version(triage, record.version, .record): record.bytes, .prompt(triage): source,
      ])
  }

  @Test("a second version is honest when nothing is spoiled")
  func honest() throws {
    #expect(try invariants(world()) { try publication($0, $1) } == [])
  }

  @Test("a publication changes the offered text, to that of its version, and brings a record")
  func publication() throws {
    let slot = Slot.version(triage, SemanticVersion(1, 0, 1), .record)
    let source = Slot.version(triage, SemanticVersion(1, 0, 1), .source)
    let edits: [(Slot, [UInt8]??, Set<Invariant>)] = [
      (.prompt(triage), nil, [.action, .records]),
      (.prompt(triage), Array("else\n".utf8), [.records]),
      (slot, nil, [.action, .records, .grammar]),
      (source, nil, [.action, .records]),
    ]
    for (slot, bytes, expected) in edits {
      let found = try invariants(world()) { state, pen in
        var plan = try publication(state, pen)
        plan.edits[slot] = bytes
        return plan
      }
      #expect(found == expected, "\(slot.path)")
    }
  }

  @Test("a publication of nothing, and of one name twice")
  func publicationCounts() throws {
    #expect(try invariants(world()) { _, _ in plan(.publish([]), [:]) } == [.action])
    // Each of the two would be a good next version by itself.
    let beta = try #require(SemanticVersion("1.1.0-beta.1"))
    let twice = try invariants(world()) { state, pen in
      var plan = try publication(state, pen)
      var second = try publication(state, pen) {
        $0.version = beta
        $0.bump = .minor
      }
      second.edits[.prompt(triage)] = nil
      plan.edits.merge(second.edits) { one, _ in one }
      return Plan<Int>(
        .publish([
          .init(name: triage, version: SemanticVersion(1, 0, 1)),
          .init(name: triage, version: beta),
        ]), text: "because", edits: plan.edits, answer: 0)
    }
    #expect(twice == [.records])
  }

  @Test("a record names its own prompt, not another with the same past")
  func otherName() throws {
    var world = try world()
    try world.publish(
      "alice", "support/twin", "{{> support/tone}}\n", includes: ["support/_tone"])
    let twin = try PromptName("support/twin")
    #expect(try invariants(world) { try publication($0, $1) { $0.name = twin } } == [.records])
  }

  @Test("the words of a record are those of its entry, and beside them only what was allowed")
  func words() throws {
    func found(
      _ text: String, _ spoil: (inout VersionRecord) throws -> Void
    ) throws -> Set<Invariant> {
      try invariants(world()) { state, pen in
        let honest = try publication(state, pen, spoil)
        return plan(honest.headline, because: text, honest.edits)
      }
    }
    let all = "because\n\nWhy: they skim\n\nImpact: fewer"
    func filled(_ record: inout VersionRecord) {
      (record.why, record.impact) = ("they skim", "fewer")
    }
    #expect(try found(all, filled) == [])
    #expect(try found(all + "\n\nAllowed secret: an example", filled) == [])
    #expect(try found("because\n\nAllowed secret: a\n\nAllowed case: b") { _ in } == [])
    // Whether a text is one is told by its bytes: the second letter joins the blank before it.
    #expect(try found("because\n\nAllowed secret: \u{301}a") { _ in } == [])
    for text in [
      "because", "because ", "because\n\nWhy: they skim", all + "\n", all + "\n\nand more",
      all + "\n\nAllowed secret: ", all + "\nAllowed secret: an example",
      all + "\n\nAllowed secret: one\nAllowed case: two", "Because" + all.dropFirst(7),
    ] {
      #expect(try found(text, filled) == [.records], "\(text)")
    }
    #expect(try found("") { $0.what = "" } == [.records])
    #expect(try found("because\n\nWhy: ") { $0.why = "" } == [.records])
    #expect(try found("because\n\nImpact: ") { $0.impact = "" } == [.records])
    // The same letters in other bytes are other words.
    #expect(try found("caf\u{e9}") { $0.what = "cafe\u{301}" } == [.records])
  }

  @Test("the closure is sorted, of partials, at their newest release, with their digests")
  func includes() throws {
    let spoilers: [(inout VersionRecord) throws -> Void] = [
      { $0.includes += $0.includes },
      { record in
        record.includes = [
          Include(
            name: try PromptName("support/triage"), source: Digest(of: "x"),
            version: SemanticVersion(1, 0, 0))
        ]
      },
      { record in
        record.includes = record.includes.map {
          Include(name: $0.name, source: $0.source, version: SemanticVersion(9, 0, 0))
        }
      },
      { record in
        record.includes = record.includes.map {
          Include(name: $0.name, source: Digest(of: "x"), version: $0.version)
        }
      },
    ]
    for spoil in spoilers {
      let found = try invariants(world()) { try publication($0, $1, spoil) }
      #expect(found == [.records])
    }
    var other = try world()
    try other.publish("alice", "support/twin", "no partial\n")
    let twin = Include(
      name: try PromptName("support/twin"), source: Digest(of: "no partial\n"), version: first)
    #expect(
      try invariants(other) { try publication($0, $1) { $0.includes = [twin] } } == [.records])
    var newer = try world()
    try newer.publish("alice", "support/_tone", "Be kinder.\n")
    #expect(try invariants(newer) { try publication($0, $1) } == [.records])
  }

  @Test("a number comes from a release of its name, and only the first from none")
  func numbers() throws {
    let spoilers: [(inout VersionRecord) -> Void] = [
      { $0.from = nil },
      {
        $0.from = nil
        $0.bump = .first
      },
      { $0.bump = .first }, { $0.version = SemanticVersion(1, 0, 2) },
      { $0.version = SemanticVersion(2, 0, 0) },
    ]
    for spoil in spoilers {
      let found = try invariants(world()) { try publication($0, $1, spoil) }
      #expect(found == [.records])
    }
  }

  @Test("a yank needs a version that is there and live nowhere, a reason, and a mark that is true")
  func yank() throws {
    var world = try world()
    try world.publish("alice", "support/other", "x\n")
    let other = try PromptName("support/other")
    func found(
      _ name: PromptName, _ version: SemanticVersion, because text: String = "because",
      _ mark: (Pen) throws -> YankRecord
    ) throws -> Set<Invariant> {
      try invariants(world) { _, pen in
        plan(.yank(name, version), because: text, [.yanked(name, version): try mark(pen).bytes])
      }
    }
    func honest(_ pen: Pen) -> YankRecord {
      YankRecord(at: pen.at, by: pen.member, entry: pen.entry, why: "because")
    }
    #expect(try found(other, first, honest) == [])
    #expect(try found(other, first, because: "", honest) == [.action, .records])
    #expect(try found(triage, first, honest) == [.action])
    #expect(try found(other, SemanticVersion(3, 0, 0), honest) == [.records])
    let bob = try World.member("bob")
    let marks: [(Pen) -> YankRecord] = [
      { YankRecord(at: $0.at, by: bob, entry: $0.entry, why: "because") },
      { YankRecord(at: Timestamp(seconds: 0), by: $0.member, entry: $0.entry, why: "because") },
      { YankRecord(at: $0.at, by: $0.member, entry: 1, why: "because") },
      { YankRecord(at: $0.at, by: $0.member, entry: $0.entry, why: "another reason") },
    ]
    for mark in marks { #expect(try found(other, first, mark) == [.records]) }
    let nothing = try invariants(world) { _, _ in
      plan(.yank(other, first), [.prompt(other): nil])
    }
    #expect(nothing == [.action])
  }

  @Test("a prompt is not retired while it is live, nor without a reason, nor by nothing")
  func retire() throws {
    let world = try world()
    #expect(
      try invariants(world) { _, _ in plan(.retire(triage), [.prompt(triage): nil]) } == [.action])
    #expect(
      try invariants(world) { _, _ in plan(.retire(tone), because: "", [.prompt(tone): nil]) } == [
        .action
      ])
    #expect(
      try invariants(world) { _, pen in
        plan(
          .retire(tone),
          [
            .lock(staging): LockRecord(at: pen.at, by: pen.member, why: "x").bytes
          ])
      } == [.action])
  }

  @Test("nothing comes from a pre-release where there is no release yet")
  func preReleases() throws {
    var world = try world()
    let name = try PromptName("support/beta")
    let text = Array("beta\n".utf8)
    func edits(_ record: VersionRecord) -> [Slot: [UInt8]?] {
      [
        .version(name, record.version, .source): text,
        .version(name, record.version, .record): record.bytes,
      ]
    }
    func record(_ version: String) throws -> VersionRecord {
      VersionRecord(
        name: name, version: try #require(SemanticVersion(version)),
        digest: VersionRecord.digest(source: Digest(of: text), includes: []), size: text.count,
        by: try World.member("alice"), at: world.time, what: "because")
    }
    let beta = try record("1.0.0-beta.1")
    try world.act("alice") { _, _ in
      plan(.publish([.init(name: name, version: beta.version)]), edits(beta))
    }
    for version in ["1.0.0-beta.2", "1.0.1-beta.1"] {
      var next = try record(version)
      next.bump = .patch
      next.from = VersionMark(version: beta.version, digest: beta.digest)
      let found = try invariants(world) { _, _ in
        plan(.publish([.init(name: name, version: next.version)]), edits(next))
      }
      #expect(found == [.records], "\(version)")
    }
  }

  @Test("trailers stand in the entries that they belong to, and in no others")
  func trailers() throws {
    let world = try world()
    let mark = ReviewMark(decision: .approve, subject: Digest(of: "x"))
    let others: [(Headline, Int?, ReviewMark?)] = [
      (.publish([]), 2, nil), (.yank(tone, first), 2, nil), (.retire(tone), 2, nil),
      (.request(.promotion(staging, [])), 2, nil), (.review(.approve, 2), 2, nil),
      (.review(.approve, 2), nil, mark), (.close(2), nil, nil), (.close(2), 2, mark),
      (.promote(staging, []), nil, mark), (.revert(staging, []), 2, nil), (.lock(staging), 2, nil),
      (.unlock(staging), nil, mark), (.policy(version: 2), nil, mark), (.service, 2, nil),
    ]
    for (headline, request, review) in others {
      let found = try invariants(world) { _, _ in
        var plan = plan(headline, [:])
        (plan.request, plan.review) = (request, review)
        return plan
      }
      #expect(found.contains(.grammar), "\(headline)")
    }
  }
}

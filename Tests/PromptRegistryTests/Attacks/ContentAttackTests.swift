import Contracts
import Git
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

/// Attacks on what is published and on what an action may do: I17 to I19 and I27. Each is mounted
/// on a real repository.
struct ContentAttackTests {
  let triage: PromptName
  let production: EnvironmentName
  let first = SemanticVersion(1, 0, 0)

  init() throws {
    triage = try PromptName("support/triage")
    production = try EnvironmentName("production")
  }

  private func siege() throws -> Siege {
    let siege = try Siege()
    try siege.publish("alice", "support/triage", "one\n")
    return siege
  }

  private func publication(_ siege: Siege, _ text: String = "two\n") throws -> Plan<[Published]> {
    try siege.plan("alice") { state, pen throws(RegistryError) in
      try Siege.publishing("support/triage", text, state, pen)
    }
  }

  @Test("I18: the bytes of a published version changed, removed, or added to")
  func publishedBytes() throws {
    let attacks: [(Slot, [UInt8]?)] = [
      (.version(triage, first, .source), Array("harmless\n".utf8)),
      (.version(triage, first, .record), nil),
      (.version(triage, first, .brief), Array("# Goal\n".utf8)),
    ]
    for (slot, bytes) in attacks {
      let siege = try siege()
      var plan = try publication(siege)
      plan.edits[slot] = .some(bytes)
      let finding = try siege.forge(plan, as: "alice")
      #expect(finding.invariants.contains(.frozen), "\(finding.messages)")
      #expect(finding.blamesTheForgeryOnly)
    }
  }

  @Test("I18: a number published again")
  func numberAgain() throws {
    let siege = try siege()
    let plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      let text = Array("another\n".utf8)
      var record = try state.existingRecord(of: triage, first)
      record.digest = VersionRecord.digest(source: Digest(of: text), includes: [])
      record.size = text.count
      record.at = pen.at
      return Plan(
        .publish([.init(name: triage, version: first)]), text: "again",
        edits: [
          .version(triage, first, .source): text, .version(triage, first, .record): record.bytes,
          .prompt(triage): text,
        ], answer: pen.entry)
    }
    let finding = try siege.forge(plan, as: "alice")
    #expect(finding.invariants.contains(.frozen), "\(finding.messages)")
  }

  @Test("I18: a yank taken back")
  func unyanked() throws {
    let siege = try siege()
    try siege.act("alice") { state, pen throws(RegistryError) in
      try state.yanking(triage, first, why: "bad", pen)
    }
    var plan = try publication(siege)
    plan.edits[.yanked(triage, first)] = .some(nil)
    try siege.forge(plan, as: "alice").isRefused(by: .frozen, .action)
  }

  @Test("I18: the ledger's own record changed")
  func ledgerRecord() throws {
    let siege = try siege()
    var plan = try publication(siege)
    plan.edits[.ledger] = LedgerRecord(created: Timestamp(seconds: 0)).bytes
    try siege.forge(plan, as: "alice").isRefused(by: .frozen, .action)
  }

  /// What an honest member would write for an action, after what has to come before it.
  private func plan(of action: Action, _ siege: Siege) throws -> Plan<Int> {
    let wish = Wish(name: triage, version: first)
    switch action {
    case .`init`: throw Unwritten()
    case .publish: return try publication(siege).forgetful
    case .yank:
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        try state.yanking(triage, first, why: "bad", pen)
      }
    case .retire:
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        try state.retiring(triage, why: "old", pen)
      }
    case .lock:
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        try state.locking(production, why: "incident", pen)
      }
    case .unlock:
      try siege.act("alice") { state, pen throws(RegistryError) in
        try state.locking(production, why: "incident", pen)
      }
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        try state.unlocking(production, why: "over", pen)
      }
    case .request, .review, .close: return try plan(aboutRequest: action, wish, siege)
    case .promote, .revert: return try plan(movingPins: action, wish, siege)
    case .policy:
      let alice = try World.member("alice")
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        let key = state.policy.member(alice)?.keys.last
        return try state.changingPolicy(
          to: state.policy.revoking(key, of: alice, at: pen.at), reason: "lost", pen)
      }
    case .service:
      let name = try ServiceName("billing-api")
      let grant = Grant(
        read: [try #require(NamePattern("**"))], environments: [], expires: nil,
        isOperator: false)
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        try state.addingService(name, grant, hash: Digest(of: "token"), pen)
      }
    }
  }

  private func plan(movingPins action: Action, _ wish: Wish, _ siege: Siege) throws -> Plan<Int> {
    let staging = try EnvironmentName("staging")
    guard action == .revert else {
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        try state.promoting([wish], in: staging, reason: "", pen)
      }.forgetful
    }
    try siege.promote("alice", wish, to: "staging")
    try siege.publish("alice", "support/triage", "two\n")
    try siege.promote(
      "alice", Wish(name: triage, version: SemanticVersion(1, 0, 1)), to: "staging")
    return try siege.plan("alice") { state, pen throws(RegistryError) in
      try state.reverting([wish], in: staging, why: "worse", pen)
    }.forgetful
  }

  private func plan(
    aboutRequest action: Action, _ wish: Wish, _ siege: Siege
  ) throws -> Plan<Int> {
    guard action != .request else {
      return try siege.plan("alice") { state, pen throws(RegistryError) in
        try state.requesting([wish], in: production, reason: "please", pen)
      }.forgetful
    }
    let request = try siege.request("bob", wish, to: "production")
    return try siege.plan("alice") { state, pen throws(RegistryError) in
      action == .close
        ? try state.closing(request.id, reason: "no", pen).forgetful
        : try state.reviewing(request, .approve, reason: "", pen).forgetful
    }
  }

  private struct Unwritten: Error {}

  @Test("I17: an extra path in any action", arguments: Action.allCases.dropFirst())
  func extraPath(action: Action) throws {
    let siege = try siege()
    var plan = try plan(of: action, siege)
    #expect(plan.action == action)
    plan.edits[.yanked(try PromptName("support/other"), first)] =
      YankRecord(
        at: siege.now, by: try World.member("alice"), entry: plan.answer, why: "beside"
      ).bytes
    let finding = try siege.forge(plan, as: "alice")
    #expect(finding.invariants.contains(.action), "\(finding.messages)")
    #expect(finding.blamesTheForgeryOnly)
  }

  @Test("what is honest of every action is not refused", arguments: Action.allCases.dropFirst())
  func honest(action: Action) throws {
    let siege = try siege()
    let plan = try plan(of: action, siege)
    let finding = try siege.forge(plan, as: "alice")
    #expect(finding.invariants.isEmpty, "\(finding.messages)")
  }

  @Test("I17: a path where nothing may lie is I5 too, and the rest is judged")
  func strangePath() throws {
    let siege = try siege()
    let plan = try publication(siege)
    let finding = try siege.forge(plan, as: "alice") { entry in
      var change = plan.proposal(by: try World.member("alice")).change
      change.set("versions/support/triage/1.0.1/run.sh", to: [1])
      entry.tree = try siege.tree(change)
      entry.change = change.digest
    }
    finding.isRefused(by: .trees, .action)
    let other = try self.siege()
    let stranger = try other.forge(try publication(other), as: "alice", with: "mallory") { entry in
      var change = Change()
      change.set("README", to: [1])
      entry.tree = try other.tree(change)
      entry.change = change.digest
    }
    stranger.isRefused(by: .trees, .enrolled, .action, .grammar)
  }

  @Test("I5: where trees cannot be compared, it is said who wrote them all the same")
  func unreadableTree() throws {
    let siege = try siege()
    let plan = try publication(siege)
    let finding = try siege.forge(plan, as: "alice", with: "mallory") { entry in
      let empty = try siege.git(["mktree"])
      let line = "040000 tree \(empty)\tprompts\n"
      entry.tree = try #require(ObjectID(hex: try siege.git(["mktree"], Array(line.utf8))))
    }
    finding.isRefused(by: .trees, .enrolled)
  }

  @Test("I19: a policy that cannot be read hides nothing else")
  func unreadablePolicy() throws {
    let siege = try siege()
    var plan = try publication(siege)
    plan.edits[.policy] = Array("{}\n".utf8)
    plan.edits[.version(triage, first, .record)] = .some(nil)
    try siege.forge(plan, as: "alice", with: "mallory")
      .isRefused(by: .records, .enrolled, .frozen)
  }

  @Test("I17: a file of a version without a record, and a record without its source")
  func halfAVersion() throws {
    let siege = try siege()
    var plan = try publication(siege)
    plan.edits[.version(try PromptName("support/zz"), first, .source)] = Array("x\n".utf8)
    try siege.forge(plan, as: "alice").isRefused(by: .action, .records)
    let other = try self.siege()
    var half = try publication(other)
    half.edits[.version(triage, SemanticVersion(1, 0, 1), .source)] = nil
    try other.forge(half, as: "alice").isRefused(by: .action, .records)
  }

  @Test(
    "I3: a first line that says something else than the change",
    arguments: Action.allCases.dropFirst())
  func headline(action: Action) throws {
    let siege = try siege()
    let plan = try plan(of: action, siege)
    try siege.forge(plan, as: "alice") { $0.headline = "\(action) something harmless" }
      .isRefused(by: .grammar)
  }

  @Test("I3: an action that is none, and one with another's trailers")
  func trailers() throws {
    let siege = try siege()
    let plan = try publication(siege)
    try siege.forge(plan, as: "alice") { $0.deed.action = "bless" }.isRefused(by: .grammar)
    let other = try self.siege()
    try other.forge(try publication(other), as: "alice") { $0.deed.request = 2 }
      .isRefused(by: .grammar)
  }

  @Test(
    "I19: a record that does not say who, when, what and how large",
    arguments: Array(records.keys.sorted()))
  func wrongRecord(field: String) throws {
    let siege = try siege()
    var plan = try publication(siege)
    let slot = Slot.version(triage, SemanticVersion(1, 0, 1), .record)
    var record = try VersionRecord(bytes: try #require(plan.edits[slot] ?? nil))
    let spoil = try #require(Self.records[field])
    try spoil(&record)
    plan.edits[slot] = record.bytes
    let finding = try siege.forge(plan, as: "alice")
    #expect(finding.invariants == [.records], "\(finding.messages)")
    #expect(finding.blamesTheForgeryOnly)
  }

  private static let records: [String: @Sendable (inout VersionRecord) throws -> Void] = [
    "who": { $0.by = try World.member("bob") },
    "when": { $0.at = Timestamp(seconds: 0) },
    "size": { $0.size += 1 },
    "digest": { $0.digest = Digest(of: "other") },
    "from": { $0.from = VersionMark(version: SemanticVersion(1, 0, 0), digest: Digest(of: "x")) },
    "bump": { $0.bump = .major },
    "rules": { $0.rules = 0 },
    "a contract that is no schema": { $0.input = .number(5) },
    "whom a reason hits": { $0.reasons = [reason(hits: .string("x"))] },
    "a reason that is not whole": { $0.reasons = [["rule": "input-removed"]] },
    "name": { $0.name = try PromptName("support/other") },
    "includes": {
      $0.includes = [
        Include(
          name: try PromptName("support/_none"), source: Digest(of: "x"),
          version: SemanticVersion(1, 0, 0))
      ]
    },
  ]

  private static func reason(hits: Value) -> Value {
    ["after": .null, "before": .null, "hits": hits, "path": "", "rule": "input-removed"]
  }

  @Test("I19: reasons of a later table of rules, and schemas of every kind, are none of it")
  func laterRules() throws {
    let siege = try siege()
    var plan = try publication(siege)
    let slot = Slot.version(triage, SemanticVersion(1, 0, 1), .record)
    var record = try VersionRecord(bytes: try #require(plan.edits[slot] ?? nil))
    record.rules = 7
    record.reasons = [Self.reason(hits: "consumer")]
    (record.input, record.output) = (.bool(true), .map(ValueMap([])))
    plan.edits[slot] = record.bytes
    let finding = try siege.forge(plan, as: "alice")
    #expect(finding.invariants.isEmpty, "\(finding.messages)")
  }

  @Test("I19: bytes that are not the one form of their record")
  func canonical() throws {
    let siege = try siege()
    var plan = try publication(siege)
    let slot = Slot.version(triage, SemanticVersion(1, 0, 1), .record)
    plan.edits[slot] = (plan.edits[slot] ?? nil).map { $0 + [10] }
    try siege.forge(plan, as: "alice").isRefused(by: .records)
  }

  @Test("I27: published by somebody who does not own the name, or is no author")
  func rights() throws {
    let siege = try siege()
    let plan = try siege.plan("bob") { state, pen throws(RegistryError) in
      try Siege.publishing("billing/invoice", "one\n", state, pen)
    }
    var stolen = plan
    let slot = Slot.version(try PromptName("billing/invoice"), first, .record)
    var record = try VersionRecord(bytes: try #require(plan.edits[slot] ?? nil))
    record.by = try World.member("alice")
    stolen.edits[slot] = record.bytes
    try siege.forge(stolen, as: "alice").isRefused(by: .rights)

    let other = try self.siege()
    var foreign = try publication(other)
    let place = Slot.version(triage, SemanticVersion(1, 0, 1), .record)
    var written = try VersionRecord(bytes: try #require(foreign.edits[place] ?? nil))
    written.by = try World.member("carol")
    foreign.edits[place] = written.bytes
    try other.forge(foreign, as: "carol").isRefused(by: .rights)
  }
}

extension Plan {
  /// The same without its answer.
  var forgetful: Plan<Int> {
    var plan = Plan<Int>(headline, text: text, edits: edits, answer: 0)
    plan.request = request
    plan.review = review
    return plan
  }
}

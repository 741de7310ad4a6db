import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

/// A registry that is a dictionary: verbs are carried out on it, and the judge sees every step.
struct World {
  private(set) var tree = MemoryTree()
  private(set) var entry = 0
  private(set) var time = Timestamp(seconds: 1_700_000_000)

  /// A key that is the same in every run; nobody signs here.
  static func key(_ seed: UInt8) throws -> PublicKey {
    try PrivateKey.generate(random: [UInt8](repeating: seed, count: 32)).publicKey
  }

  static func name(_ text: String) throws -> PromptName { try PromptName(text) }
  static func member(_ text: String) throws -> MemberName { try MemberName(text) }

  var state: State {
    get throws { try State(entry: entry, time: time, tree: tree) }
  }

  mutating func wait(_ seconds: Int64) { time = Timestamp(seconds: time.seconds + seconds) }

  /// A world whose members have the keys 1, 2, 3 … in order, each with every role.
  init(
    _ members: [String], environments: [EnvironmentRule]? = nil, changeApprovals: Int = 0
  ) throws {
    var enrolled: [Member] = []
    for (index, name) in members.enumerated() {
      enrolled.append(
        Member(
          name: try Self.member(name), keys: [try Self.key(UInt8(index + 1))], revoked: [],
          roles: Set(Role.allCases)))
    }
    let policy = Policy(
      version: 1, members: enrolled, owners: [],
      environments: environments ?? PolicyPreset.team.environments,
      changeApprovals: changeApprovals)
    let founding = try Founding(policy: policy, founder: enrolled[0].name)
    let plan = founding.plan(at: time)
    try carryOut(
      plan, as: Pen(member: enrolled[0].name, key: enrolled[0].keys[0], entry: 1, at: time))
  }

  func pen(_ name: String) throws -> Pen {
    let member = try Self.member(name)
    let key = try state.policy.member(member)?.keys.first
    return Pen(member: member, key: try #require(key), entry: entry + 1, at: time)
  }

  /// Decides as a member, and carries it out; the judge must agree.
  @discardableResult
  mutating func act<A: Sendable>(
    _ name: String, _ decide: (State, Pen) throws(RegistryError) -> Plan<A>
  ) throws -> A {
    let pen = try pen(name)
    let plan = try decide(try state, pen)
    try carryOut(plan, as: pen)
    return plan.answer
  }

  private mutating func carryOut<A: Sendable>(_ plan: Plan<A>, as pen: Pen) throws {
    let violations = try judge(plan, as: pen)
    #expect(violations.isEmpty, "the judge refuses what a verb decided")
    tree = tree.applying(Self.change(plan))
    entry += 1
  }

  /// What the judge says of a plan, whoever made it.
  func judge<A: Sendable>(_ plan: Plan<A>, as pen: Pen) throws -> [Ledger.Violation] {
    let after = tree.applying(Self.change(plan))
    let changes = tree.changes(to: after).compactMap { change in
      Slot(path: change.path).map { SlotChange(slot: $0, kind: change.kind) }
    }
    let change = StateChange(
      action: plan.action, heading: Heading(plan, pen),
      before: entry == 0 ? nil : try state,
      after: try State(entry: entry + 1, time: time, tree: after), changes: changes)
    var found: [Ledger.Violation] = []
    try Judge.judge(change, &found)
    return found
  }

  /// Puts files into the tree as if earlier entries had.
  mutating func put(_ files: [Slot: [UInt8]]) {
    var change = Change()
    for (slot, bytes) in files { change.set(slot.path, to: bytes) }
    tree = tree.applying(change)
  }

  static func change<A: Sendable>(_ plan: Plan<A>) -> Change {
    var change = Change()
    for (slot, bytes) in plan.edits {
      if let bytes { change.set(slot.path, to: bytes) } else { change.remove(slot.path) }
    }
    return change
  }
}

extension Heading {
  init<A: Sendable>(_ plan: Plan<A>, _ pen: Pen) {
    self.init(
      (pen.entry, pen.at), author: pen.member.text, key: pen.key,
      words: (plan.headline.text, plan.text), about: (plan.request, plan.review))
  }
}

extension World {
  /// Publishes one text without asking what it promises: the next patch, or what is given.
  mutating func publish(
    _ who: String, _ name: String, _ text: String, by bump: Bump = .patch,
    includes: [String] = []
  ) throws {
    let name = try Self.name(name)
    try act(who) { state, pen throws(RegistryError) in
      let used = try state.versions(of: name)
      let base = used.highestRelease
      let version = Numbering(used: used.map(\.version)).release(from: base, by: bump)
      var frozen: [Include] = []
      for include in includes.compactMap({ try? PromptName($0) }) {
        let newest = try state.resolve(Reference(name: include, selector: .latest))
        let source = try state.file(.source, of: include, newest.version) ?? []
        frozen.append(
          Include(name: include, source: Digest(of: source), version: newest.version))
      }
      var record = VersionRecord(
        name: name, version: version ?? SemanticVersion(1, 0, 0),
        digest: VersionRecord.digest(source: Digest(of: Array(text.utf8)), includes: frozen),
        size: text.utf8.count, by: pen.member, at: pen.at, what: "a change")
      record.includes = frozen
      record.bump = base == nil ? .first : bump
      if let base {
        record.from = VersionMark(
          version: base, digest: try state.existingRecord(of: name, base).digest)
      }
      return Plan(
        .publish([.init(name: name, version: record.version)]), text: "a change",
        edits: [
          .version(name, record.version, .source): Array(text.utf8),
          .version(name, record.version, .record): record.bytes, .prompt(name): Array(text.utf8),
        ], answer: record.version)
    }
  }
}

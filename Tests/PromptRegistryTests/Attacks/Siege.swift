import Contracts
import Foundation
import Git
import Keys
import Ledger
import Notation
import TestSupport
import Testing

@testable import PromptRegistry

/// A registry on disk that alice, bob and carol use honestly, and somebody with a shell there, git,
/// `ssh-keygen` and whatever keys he got hold of.
///
/// Honest entries go through the registry. Forged ones are written by stock git and signed by
/// `ssh-keygen`, so no check of ours stands in their way before `verify` judges them.
final class Siege {
  let folder: TemporaryFolder
  let registry: Registry
  private var seconds: Int64 = 1_700_000_000
  private var operations = 0

  var path: String { folder.path + "/registry" }
  /// The clock of everybody.
  var now: Timestamp { Timestamp(seconds: seconds) }

  /// Staging asks for nobody's word, production for `approvals`; bob owns what is below `billing`.
  init(approvals: Int = 1, _ edit: (inout Policy) throws -> Void = { _ in }) throws {
    folder = try TemporaryFolder()
    var rules = PolicyPreset.team.environments
    rules[1].approvals = approvals
    var policy = Policy(
      version: 1, members: try Self.members(),
      owners: [
        OwnersRule(
          match: try #require(NamePattern("billing/**")), members: [try World.member("bob")])
      ],
      environments: rules, changeApprovals: approvals)
    try edit(&policy)
    let alice = try World.member("alice")
    let founding = try Founding(policy: policy, founder: alice)
    registry = try Registry.found(
      folder.path + "/registry", memory: nil, founding: founding,
      Order(
        signer: .key(try Self.key("alice")), now: Timestamp(seconds: seconds),
        nonce: String(repeating: "0", count: 32))
    ).registry
  }

  private static func members() throws -> [Member] {
    let roles: [(String, Set<Role>)] = [
      ("alice", [.admin, .author, .operator, .reviewer]), ("bob", [.admin, .author, .reviewer]),
      ("carol", [.admin, .operator, .reviewer]),
    ]
    return try roles.map { name, roles in
      let keys = try [name, name + "2"].map { try key($0).publicKey }
      return Member(name: try World.member(name), keys: keys, revoked: [], roles: roles)
    }
  }

  /// `alice` and `alice2` are her two keys; `mallory` has one that nobody enrolled.
  static func key(_ name: String) throws -> PrivateKey {
    try PrivateKey.generate(random: Digest(of: "the key \(name)").bytes)
  }

  func wait(_ more: Int64) { seconds += more }
}

// MARK: - Honest members

extension Siege {
  /// Decides and writes as a member.
  @discardableResult
  func act<Answer: Sendable>(
    _ who: String, _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws -> Answer {
    operations += 1
    seconds += 60
    let digits = String(operations, radix: 16)
    let order = Order(
      signer: .key(try Self.key(who)), now: now,
      nonce: String(repeating: "0", count: 32 - digits.count) + digits)
    return try registry.write(order, decide).answer
  }

  func publish(_ who: String, _ name: String, _ text: String) throws {
    try act(who) { state, pen throws(RegistryError) in
      try Self.publishing(name, text, state, pen)
    }
  }

  static func publishing(
    _ name: String, _ text: String, _ state: State, _ pen: Pen
  ) throws(RegistryError) -> Plan<[Published]> {
    let name = try Reference(name).name
    let start = try state.versions(of: name).highestRelease
    var order = PublishOrder(
      [Draft(name: name, source: Array(text.utf8), start: start)],
      ChangeWords(what: "a change", why: nil, impact: nil))
    order.repetition = .meant
    return try state.publishing(order, pen)
  }

  /// Promotes where nobody has to be asked.
  func promote(_ who: String, _ wish: Wish, to environment: String) throws {
    let environment = try EnvironmentName(environment)
    try act(who) { state, pen throws(RegistryError) in
      try state.promoting([wish], in: environment, reason: "", pen)
    }
  }

  @discardableResult
  func request(_ who: String, _ wish: Wish, to environment: String) throws -> NumberedRequest {
    let environment = try EnvironmentName(environment)
    return try act(who) { state, pen throws(RegistryError) in
      try state.requesting([wish], in: environment, reason: "please", pen)
    }
  }

  func approve(_ who: String, _ request: NumberedRequest) throws {
    try act(who) { state, pen throws(RegistryError) in
      try state.reviewing(request, .approve, reason: "", pen)
    }
  }

  func tip() throws -> RegistryTip { try registry.tip() }
}

// MARK: - Forgers

extension Siege {
  /// The pen of a member who holds a key of somebody, perhaps his own.
  func pen(_ who: String, with key: String? = nil) throws -> Pen {
    Pen(
      member: try World.member(who), key: try Self.key(key ?? who).publicKey,
      entry: try tip().state.entry + 1, at: now)
  }

  /// What an honest member would write now.
  func plan<Answer: Sendable>(
    _ who: String, _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws -> Plan<Answer> {
    try decide(try tip().state, try pen(who))
  }

  /// Writes a plan as an entry behind the tip with stock git, signed by `ssh-keygen`, and says what
  /// `verify` finds. `spoil` may change what the commit says.
  func forge<Answer: Sendable>(
    _ plan: Plan<Answer>, as who: String, with key: String? = nil,
    _ spoil: (inout Entry) throws -> Void = { _ in }
  ) throws -> Finding {
    let entry = try entry(plan, as: who, spoil)
    return try verdict(on: entry.commit(signature: try sign(entry.payload, with: key ?? who)))
  }

  /// The entry that a plan becomes; its tree is stored.
  func entry<Answer: Sendable>(
    _ plan: Plan<Answer>, as who: String, _ spoil: (inout Entry) throws -> Void = { _ in }
  ) throws -> Entry {
    let proposal = plan.proposal(by: try World.member(who))
    let tip = try tip().entry
    operations += 1
    let digits = String(operations, radix: 16)
    let operation = OperationID(
      firstNumber: tip.entry.number + 1,
      nonce: String(repeating: "f", count: 32 - digits.count) + digits)
    var entry = Entry(
      proposal, tree: try tree(proposal.change), place: .after(tip), time: now,
      operation: try #require(operation))
    try spoil(&entry)
    return entry
  }

  /// Puts any commit in place of the newest and says what `verify` finds, on a machine that knows
  /// nothing of the ledger.
  func verdict(on commit: [UInt8]) throws -> Finding {
    let good = try tip().entry
    let id = try git(["hash-object", "-w", "-t", "commit", "--literally", "--stdin"], commit)
    _ = try git(["update-ref", "refs/heads/main", id])
    let stranger = try Registry.open(path, memory: nil)
    let verdict = try stranger.journal.verify()
    let entry = try verdict.tip.map { try stranger.journal.entry($0) }
    return Finding(verdict, good: good, believed: entry)
  }

  /// What `ssh-keygen` makes of it.
  func sign(_ payload: [UInt8], with key: String) throws -> [UInt8] {
    let file = "\(folder.path)/\(key)"
    if !FileManager.default.fileExists(atPath: file) {
      try Data(try Self.key(key).openSSHFile(comment: key).utf8).write(
        to: URL(fileURLWithPath: file))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }
    let outcome = try Program("ssh-keygen").run(
      ["-q", "-Y", "sign", "-n", "git", "-f", file], input: payload)
    return try #require(outcome.succeeded ? outcome.output : nil, "\(outcome.errors)")
  }

  /// The tree after a change to that of the tip.
  func tree(_ change: Change) throws -> ObjectID {
    let index = ["GIT_INDEX_FILE": folder.path + "/index"]
    _ = try git(["read-tree", "main"], environment: index)
    var lines = ""
    for edit in change.edits {
      let blob = try edit.content.map { try git(["hash-object", "-w", "--stdin"], $0) }
      lines +=
        blob.map { "100644 \($0)\t\(edit.path)\n" }
        ?? "0 \(String(repeating: "0", count: 40))\t\(edit.path)\n"
    }
    _ = try git(["update-index", "--index-info"], Array(lines.utf8), environment: index)
    let hex = try git(["write-tree"], environment: index)
    return try #require(ObjectID(hex: hex))
  }

  @discardableResult
  func git(
    _ arguments: [String], _ input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> String {
    let outcome = try Program("git", in: path).run(
      arguments, input: input, environment: environment)
    return try #require(
      outcome.succeeded ? outcome.text : nil, "git \(arguments): \(outcome.errors)"
    ).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// What `verify` says of a ledger whose newest entry is forged.
struct Finding {
  let invariants: Set<Invariant>
  let messages: [String]
  /// Whether the forged entry alone is refused, and all before it is still believed.
  let blamesTheForgeryOnly: Bool

  init(_ verdict: Ledger.Verdict, good: SignedEntry, believed: SignedEntry?) {
    invariants = Set((verdict.broken?.violations ?? []).map(\.invariant))
    messages = (verdict.broken?.violations ?? []).map(\.description)
    blamesTheForgeryOnly =
      verdict.broken?.number == good.entry.number + 1 && verdict.valid == good.entry.number
      && believed == good
  }

  /// The forged entry breaks exactly these.
  func isRefused(
    by expected: Invariant..., at location: SourceLocation = #_sourceLocation
  ) {
    #expect(invariants == Set(expected), "\(messages)", sourceLocation: location)
    #expect(blamesTheForgeryOnly, sourceLocation: location)
  }
}

import Contracts
import Foundation
import Git
import Keys
import Ledger
import Notation
import PromptRegistry
import Synchronization

/// What the entries of a made-up registry do: of ten one asks, two approve, one promotes, and six
/// publish.
struct MillPace {
  private static let cycle = 10
  private static let publicationsOfCycle = 6
  /// Entries that go into one pack, where each publishes one prompt and where each publishes many.
  private static let packSizes = 200...2_000

  /// How many prompts there are.
  let prompts: Int
  /// How many of them, a divisor, are published by one entry.
  var together = 1

  enum Step { case publish, request, firstApproval, secondApproval, promote }

  /// What comes after so many entries.
  func step(after entries: Int) -> Step {
    switch (entries - 1) % Self.cycle {
    case 6: .request
    case 7: .firstApproval
    case 8: .secondApproval
    case 9: .promote
    case _: .publish
    }
  }

  /// How many entries publish every prompt once.
  var round: Int { prompts / together }

  /// How many entries it takes until every prompt has so many versions.
  func entries(forVersions versions: Int) -> Int {
    let (cycles, rest) = (round * versions).quotientAndRemainder(
      dividingBy: Self.publicationsOfCycle)
    return 1 + cycles * Self.cycle + rest
  }

  var packSize: Int { max(Self.packSizes.lowerBound, Self.packSizes.upperBound / together) }
}

/// Grows a registry to any length fast: each entry is decided by the verbs and signed as ever, but
/// objects are gathered into packs, and nothing is judged or forced to disk on the way.
final class RegistryMill {
  private let path: String
  private let pace: MillPace
  private let people: People
  private let names: [PromptName]
  private let production: EnvironmentName
  private var parent: SignedEntry
  private var seconds = Int64(People.start)
  /// Entries that published.
  private var publications = 0

  /// Alice writes; bob and carol have to agree before anything goes to production.
  init(_ path: String, _ pace: MillPace) throws {
    self.path = path
    self.pace = pace
    people = try People()
    production = try EnvironmentName("production")
    names = try (0..<pace.prompts).map { try PromptName("area-\($0 % 100)/prompt-\($0)") }
    let founding = try Founding(policy: people.policy(), founder: people.alice.name)
    parent = try Registry.found(
      path, memory: nil, founding: founding, people.order(people.alice, at: seconds, 1)
    ).entry
  }

  /// Adds entries until there are so many.
  func grow(to count: Int) throws {
    let hopper = try Hopper(path)
    while parent.entry.number < count {
      let goal = min(count, parent.entry.number + pace.packSize)
      while parent.entry.number < goal { try add(hopper) }
      try hopper.empty()
      try FileHandle.standardError.write(contentsOf: Data("\r\(goal) of \(count)".utf8))
    }
    try FileHandle.standardError.write(contentsOf: Data("\n".utf8))
    try Repository.open(path).setMain(parent.id)
  }
}

extension RegistryMill {
  private func add(_ hopper: Hopper) throws {
    seconds += 30
    switch pace.step(after: parent.entry.number) {
    case .publish: try add(hopper, people.alice) { try self.publishing($0, $1) }
    case .request: try add(hopper, people.alice) { try self.requesting($0, $1) }
    case .firstApproval: try add(hopper, people.bob) { try self.approving($0, $1) }
    case .secondApproval: try add(hopper, people.carol) { try self.approving($0, $1) }
    case .promote: try add(hopper, people.alice) { try self.promoting($0, $1) }
    }
  }

  private func add(
    _ hopper: Hopper, _ person: Person, _ decide: (State, Pen) throws -> Plan<Int>
  ) throws {
    let number = parent.entry.number + 1
    let time = Timestamp(seconds: seconds)
    let state = try State(
      entry: parent.entry.number, time: parent.entry.time,
      tree: HopperTree(hopper: hopper, root: parent.entry.tree))
    let pen = Pen(member: person.name, key: person.key.publicKey, entry: number, at: time)
    let proposal = try decide(state, pen).proposal(by: person.name)
    let tree = try hopper.write(proposal.change, onto: parent.entry.tree)
    let nonce = String(repeating: "0", count: 24) + String(number, radix: 16).leftPadded(to: 8)
    guard let operation = OperationID(firstNumber: number, nonce: nonce) else { throw Jam() }
    let entry = Entry(
      proposal, tree: tree, place: .after(parent), time: time, operation: operation)
    let signature = try person.key.sign(entry.payload, namespace: SignedEntry.namespace)
    let bytes = entry.commit(signature: Array(signature.utf8))
    parent = try SignedEntry(commit: bytes, id: try hopper.write(commit: bytes))
  }

  private func publishing(_ state: State, _ pen: Pen) throws -> Plan<Int> {
    let (release, place) = publications.quotientAndRemainder(dividingBy: pace.round)
    publications += 1
    let drafts = stride(from: place, to: names.count, by: pace.round).map {
      Self.draft(of: names[$0], release)
    }
    let order = PublishOrder(
      drafts,
      ChangeWords(what: "Edition \(release)", why: "users skim the first sentence", impact: nil))
    let plan = try state.publishing(order, pen)
    return plan.answering(pen.entry)
  }

  private static func draft(of name: PromptName, _ release: Int) -> Draft {
    let source = """
      ---
      model: example/model-1
      input:
        schema:
          ticket: string, what the customer wrote
      ---
      {{role "system"}}
      Sort the ticket into a queue and answer in two sentences, edition \(release).
      \(String(repeating: "Never promise what the policy does not say. ", count: 10))
      {{role "user"}}
      {{ticket}}

      """
    let start = release == 0 ? nil : SemanticVersion(1, 0, release - 1)
    return Draft(name: name, source: Array(source.utf8), start: start)
  }

  private func requesting(_ state: State, _ pen: Pen) throws -> Plan<Int> {
    let (release, place) = (publications - 1).quotientAndRemainder(dividingBy: pace.round)
    let wish = Wish(name: names[place], version: SemanticVersion(1, 0, release))
    return try state.requesting([wish], in: production, reason: "It reads better", pen)
      .answering(pen.entry)
  }

  private func approving(_ state: State, _ pen: Pen) throws -> Plan<Int> {
    try state.reviewing(try open(state), .approve, reason: "", pen).answering(pen.entry)
  }

  private func promoting(_ state: State, _ pen: Pen) throws -> Plan<Int> {
    try state.promoting(request: try open(state).id, pen).answering(pen.entry)
  }

  private func open(_ state: State) throws -> NumberedRequest {
    guard let id = try state.requests().last else { throw Jam() }
    return try state.openRequest(id)
  }
}

/// Something that the mill relies on is not so.
struct Jam: Error {}

extension Plan {
  fileprivate func answering(_ number: Int) -> Plan<Int> {
    var plan = Plan<Int>(headline, text: text, edits: edits, answer: number)
    plan.request = request
    plan.review = review
    return plan
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}

// MARK: - Who

/// A member with the key in hand.
struct Person: Sendable {
  let name: MemberName
  let key: PrivateKey
}

/// The members of a made-up registry.
struct People: Sendable {
  static let start = 1_790_000_000

  let alice: Person
  let bob: Person
  let carol: Person

  init() throws {
    func person(_ name: String, _ seed: UInt8) throws -> Person {
      Person(
        name: try MemberName(name),
        key: try PrivateKey.generate(random: [UInt8](repeating: seed, count: 32)))
    }
    alice = try person("alice", 1)
    bob = try person("bob", 2)
    carol = try person("carol", 3)
  }

  func policy() throws -> Policy {
    let members = [alice, bob, carol].map { person in
      Member(
        name: person.name, keys: [person.key.publicKey], revoked: [],
        roles: Set(Role.allCases))
    }
    let rules = try [
      EnvironmentRule(name: EnvironmentName("staging"), from: nil, approvals: 0),
      EnvironmentRule(name: EnvironmentName("production"), from: nil, approvals: 2),
    ]
    return Policy(
      version: 1, members: members, owners: [], environments: rules, changeApprovals: 2)
  }

  func order(_ person: Person, at seconds: Int64, _ number: Int) -> Order {
    let digits = String(number, radix: 16)
    return Order(
      signer: .key(person.key), now: Timestamp(seconds: seconds),
      nonce: digits.leftPadded(to: 32))
  }
}

// MARK: - Where objects gather

/// A gathering that the state is read from and the next entry written to.
private final class Hopper: Sendable {
  private let path: String
  private let gathering: Mutex<Gathering>

  init(_ path: String) throws(GitError) {
    self.path = path
    gathering = Mutex(try Gathering(path))
  }

  func with<Result: Sendable>(
    _ body: (borrowing Repository) throws(GitError) -> Result
  ) throws(LedgerError) -> Result {
    do throws(GitError) {
      return try gathering.withLock { gathering throws(GitError) in
        try body(gathering.repository)
      }
    } catch {
      throw .git(error)
    }
  }

  func write(_ change: Change, onto base: ObjectID) throws -> ObjectID {
    let tree = try with { repository throws(GitError) in
      var edits: [TreeEdit] = []
      for edit in change.edits {
        var blob: ObjectID?
        if let content = edit.content { blob = try repository.write(.blob, content) }
        edits.append(TreeEdit(path: edit.path, blob: blob))
      }
      return try repository.applying(edits, to: base)
    }
    guard let tree else { throw Jam() }
    return tree
  }

  func write(commit bytes: [UInt8]) throws -> ObjectID {
    try with { repository throws(GitError) in try repository.write(.commit, bytes) }
  }

  /// Writes what was gathered as one pack, and begins anew.
  func empty() throws {
    try gathering.withLock { gathering throws(GitError) in
      var full = try Gathering(path)
      swap(&full, &gathering)
      _ = try full.finish()
    }
  }
}

/// The files of one state among what is stored and what is gathered.
private struct HopperTree: Ledger.TreeReader {
  let hopper: Hopper
  let root: ObjectID

  func blob(at path: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    try hopper.with { repository throws(GitError) in
      try repository.file(at: path, in: root, limit: limit)
    }
  }

  func children(of folder: String) throws(LedgerError) -> [TreeChild] {
    try hopper.with { repository throws(GitError) in
      guard let entry = try repository.entry(at: folder, in: root), entry.kind == .folder else {
        return []
      }
      return try repository.tree(entry.id).entries.map {
        TreeChild(name: $0.name, isFolder: $0.kind == .folder)
      }
    }
  }

  func holds(_ bytes: [UInt8]?, at path: String) throws(LedgerError) -> Bool {
    try blob(at: path, limit: .max) == bytes
  }

  /// No verb asks.
  func content(at path: String) throws(LedgerError) -> ContentID? { nil }
}

extension Repository {
  /// Puts the reference where the mill has come to.
  fileprivate borrowing func setMain(_ id: ObjectID) throws {
    let main = "refs/heads/main"
    let outcome = compareAndSwap(main, to: id, expecting: try reference(main))
    guard case .swapped = outcome else { throw Jam() }
  }
}

import Foundation
import Git
import Keys
import Notation
import TestSupport

@testable import Ledger

/// The rules of a ledger about nothing but notes: who is in `members` may write `notes`.
struct NotebookRules: Rules {
  static let noteLimit = 1000

  var indexing = Indexing(edition: 7) { step in step.changes.map { Keyword($0.path) } }

  func byteLimit(at path: String) -> Int? {
    path.hasPrefix("notes/") || path.hasPrefix("members/") ? Self.noteLimit : nil
  }

  func judge(_ transition: Transition, _ found: inout [Violation]) throws(LedgerError) {
    let policy: any TreeReader =
      transition.entry.number == 1 ? transition.after : transition.before
    let member = transition.entry.member
    let line = try policy.blob(at: "members/\(member)", limit: Self.noteLimit)
    if line != Array(transition.signer.line.utf8) {
      found.append(Violation(.enrolled, "the key is not that of \(member)"))
    }
    if let changes = transition.changes,
      transition.entry.headline != "write \(changes.first?.path ?? "")"
    {
      found.append(Violation(.grammar, "the headline is not that of the change"))
    }
  }
}

/// A notebook on disk, whose only member is alice until she lets others in.
struct Notebook {
  let folder: TemporaryFolder
  var path: String { folder.path + "/ledger.git" }
  var memory: Memory { Memory(folder: folder.path + "/state", place: path) }
  var git: Program { Program("git", in: path) }
  static let start: Int64 = 1_795_000_000

  init() throws {
    folder = try TemporaryFolder()
    let journal = try Journal.create(path, rules: NotebookRules(), memory: memory)
    try Self.write(journal, ["members/alice": Sample.key().publicKey.line], nonce: "0")
  }

  func open(
    remembering: Bool = true, rules: NotebookRules = NotebookRules()
  ) throws -> Journal {
    try Journal.open(path, rules: rules, memory: remembering ? memory : nil)
  }

  /// Writes notes as alice; nil takes one away.
  @discardableResult
  static func write(
    _ journal: Journal, _ notes: [String: String?], text: String = "", nonce: String,
    at time: Int64 = start, signer: Signer? = nil
  ) throws -> SignedEntry {
    let digits = String(repeating: "0", count: 32 - nonce.utf8.count) + nonce
    let order = Order(
      signer: try signer ?? .key(Sample.key()), now: Timestamp(seconds: time), nonce: digits)
    let outcome = try journal.append(order) { (_) throws(Never) in
      Decision(proposal(notes, text: text), answer: ())
    }
    return outcome.get().entry
  }

  @discardableResult
  func write(
    _ notes: [String: String?], nonce: String, at time: Int64 = start
  ) throws -> SignedEntry {
    try Self.write(open(), notes, nonce: nonce, at: time)
  }

  static func proposal(_ notes: [String: String?], text: String = "") -> Proposal {
    var change = Change()
    for (path, note) in notes {
      if let note { change.set(path, to: Array(note.utf8)) } else { change.remove(path) }
    }
    return Proposal(
      Deed("write"), member: "alice", headline: "write \(change.edits.first?.path ?? "")",
      text: text, change: change)
  }
}

// MARK: - Forging

extension Notebook {
  /// Stores any bytes as an object of any kind, as an attacker with a shell would.
  func store(_ kind: String, _ bytes: [UInt8]) throws -> ObjectID {
    let outcome = try git.run(
      ["hash-object", "-w", "-t", kind, "--literally", "--stdin"], input: bytes)
    let hex = outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard outcome.succeeded, let id = ObjectID(hex: hex) else {
      throw Sample.Failure()
    }
    return id
  }

  func force(_ id: ObjectID) throws {
    guard try git.run(["update-ref", "refs/heads/main", id.hex]).succeeded else {
      throw Sample.Failure()
    }
  }

  func tip() throws -> SignedEntry {
    guard let tip = try open(remembering: false).store.tip() else { throw Sample.Failure() }
    return try open(remembering: false).entry(tip)
  }

  /// The entry that an honest writer would put behind the tip, with a new note and its tree stored.
  func next(_ notes: [String: String?] = ["notes/n": "new"]) throws -> Entry {
    let tip = try tip()
    let proposal = Self.proposal(notes)
    let store = try open(remembering: false).store
    let prepared = try store.prepare(proposal.change, onto: tip.entry.tree)
    try store.store(prepared.objects)
    return Entry(
      proposal, tree: prepared.tree, place: .after(tip), time: tip.entry.time,
      operation: try Sample.operation(tip.entry.number + 1))
  }

  /// Signs an entry, puts it in place whatever it is, and says what `verify` finds.
  func verdict(on entry: Entry, by key: PrivateKey? = nil) throws -> Verdict {
    let signature = try (key ?? Sample.key()).sign(entry.payload, namespace: "git")
    return try verdict(onCommit: entry.commit(signature: Array(signature.utf8)))
  }

  /// Puts any bytes in place of the newest commit, and says what `verify` finds.
  func verdict(onCommit bytes: [UInt8]) throws -> Verdict {
    try force(store("commit", bytes))
    return try open(remembering: false).verify()
  }

  /// A tree object with these raw entries.
  func storeTree(_ entries: [(mode: String, name: String, id: ObjectID)]) throws -> ObjectID {
    var bytes: [UInt8] = []
    for entry in entries { bytes += Array("\(entry.mode) \(entry.name)\0".utf8) + entry.id.bytes }
    return try store("tree", bytes)
  }
}

extension Verdict {
  /// What the first bad entry breaks; none where all hold.
  var invariants: Set<Invariant> { Set((broken?.violations ?? []).map(\.invariant)) }
}

import Git
import Keys
import Notation

@testable import Ledger

/// Entries of a made-up ledger for tests of pure functions.
enum Sample {
  static func key(_ byte: UInt8 = 1) throws -> PrivateKey {
    try .generate(random: [UInt8](repeating: byte, count: 32))
  }

  static func id(_ digit: Character) throws -> ObjectID {
    guard let id = ObjectID(hex: String(repeating: digit, count: 40)) else { throw Failure() }
    return id
  }

  static func operation(_ number: Int = 1) throws -> OperationID {
    guard let id = OperationID(firstNumber: number, nonce: String(repeating: "a", count: 32)) else {
      throw Failure()
    }
    return id
  }

  static func proposal(text: String = "Why: a test") -> Proposal {
    var change = Change()
    change.set("notes/a.txt", to: [1, 2])
    return Proposal(
      Deed("write"), member: "alice", headline: "write notes/a.txt", text: text, change: change)
  }

  static func entry(text: String = "Why: a test", after parent: SignedEntry? = nil) throws -> Entry
  {
    Entry(
      proposal(text: text), tree: try id("4"), place: parent.map(Place.after) ?? .first,
      time: Timestamp(seconds: 1_795_000_000), operation: try operation())
  }

  /// The entry as a commit with a signature that is valid.
  static func signed(_ entry: Entry, by key: PrivateKey? = nil) throws -> SignedEntry {
    let key = try key ?? self.key()
    let signature = Array(try key.sign(entry.payload, namespace: "git").utf8)
    let bytes = entry.commit(signature: signature)
    return try SignedEntry(commit: bytes, id: ObjectID.of(.commit, bytes))
  }

  struct Failure: Error {}
}

extension SignedEntry {
  /// Reads bytes under whatever name they have.
  init(rehashing bytes: [UInt8]) throws {
    try self.init(commit: bytes, id: ObjectID.of(.commit, bytes))
  }
}

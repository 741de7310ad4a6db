import Foundation
import Git
import Keys
import Notation
import Synchronization
import TestSupport
import Testing

@testable import Ledger

/// One of several machines that share a notebook through a host: it has a copy and a memory of its
/// own.
final class Machine: Sendable {
  let folder: TemporaryFolder
  let journal: Journal
  let address: RemoteAddress
  private let heard = Mutex<[RemoteNews]>([])

  /// A machine with an empty copy.
  init(_ url: String, expectedID: Digest? = nil) throws {
    folder = try TemporaryFolder()
    address = try RemoteAddress(url)
    let path = folder.path + "/ledger.git"
    journal = try Journal.create(
      path, rules: NotebookRules(), memory: Memory(folder: folder.path + "/state", place: path),
      expectedID: expectedID)
  }

  /// The host as this machine sees it.
  var remote: Remote {
    Remote(
      address, caller: GitCaller(["PATH": "/usr/local/bin:/usr/bin:/bin"], company: .alone),
      memory: Memory(folder: folder.path + "/state", place: address.text)
    ) { [self] news in heard.withLock { $0.append(news) } }
  }

  /// What happened on the way, without progress.
  var news: [String] {
    heard.withLock { $0 }.compactMap { news in
      switch news {
      case .verifying: nil
      case .overtaken: "overtaken"
      case .notTakenOver(let error): "not taken over: \(error)"
      case .hadArrived(let entry): "had arrived: \(entry.entry.headline)"
      case .sent(let entry): "sent: \(entry.entry.headline)"
      case .dropped(let entry, .overtaken): "overtaken: \(entry.entry.headline)"
      case .dropped(let entry, .refused(let words)): "refused: \(entry.entry.headline): \(words)"
      }
    }
  }

  @discardableResult
  func pull() throws -> Standing { try journal.pull(from: remote) }

  func order(_ nonce: String, at time: Int64 = Notebook.start) throws -> Order {
    let digits = String(repeating: "0", count: 32 - nonce.utf8.count) + nonce
    var order = Order(
      signer: .key(try Sample.key()), now: Timestamp(seconds: time), nonce: digits)
    order.remote = remote
    return order
  }

  /// Begins a notebook at the host, whose only member is alice.
  @discardableResult
  func begin() throws -> SignedEntry {
    let entry = try found("0")
    try journal.send(to: remote)
    return entry
  }

  /// The first entry, here alone.
  @discardableResult
  func found(_ nonce: String) throws -> SignedEntry {
    let line = try Sample.key().publicKey.line
    return try writeAlone(["members/alice": line], nonce: nonce)
  }

  /// Writes an entry that no host hears of.
  @discardableResult
  func writeAlone(_ files: [String: String], nonce: String) throws -> SignedEntry {
    var order = try order(nonce)
    order.remote = nil
    return try journal.append(order) { (_) throws(Never) in
      Decision(Notebook.proposal(files), answer: ())
    }.get().entry
  }

  /// Writes one note as alice.
  @discardableResult
  func write(_ note: String, _ text: String = "x", nonce: String) throws -> SignedEntry {
    try journal.append(order(nonce)) { (_) throws(Never) in
      Decision(Notebook.proposal(["notes/\(note)": text]), answer: ())
    }.get().entry
  }

  /// The notes as this machine has verified them.
  func notes() throws -> [String] {
    guard let tip = try journal.standing().tip else { return [] }
    return try journal.tree(of: tip).children(of: "notes").map(\.name)
  }

  /// The newest entry that this machine has verified.
  func tip() throws -> SignedEntry? { try journal.standing().tip }

  /// How many entries wait to be sent.
  func waiting() throws -> Int { try Outbox(store: journal.store).entries().count }
}

/// A host with a notebook, and two machines that share it.
struct Share {
  static let name = "notes.git"
  let host: GitHost
  let one: Machine
  let two: Machine

  /// `port` leads to the host by another way.
  init(through port: (GitHost) throws -> Int = { $0.port }) throws {
    host = try GitHost()
    try host.makeRepository(Self.name)
    one = try Machine(host.url(Self.name))
    try one.begin()
    two = try Machine(host.url(Self.name, port: port(host)))
    try two.pull()
  }

  /// A third machine that sees the host as it is now.
  func verified() throws -> Machine {
    let third = try Machine(host.url(Self.name))
    try third.pull()
    return third
  }

  /// Git itself finds nothing wrong at the host.
  func check() throws {
    _ = try host.git(Self.name, "fsck", "--strict", "--full", "--no-dangling")
  }
}

/// The problem with a host that the body throws; anything else fails the test.
func problem(_ body: () throws -> Void) -> RemoteProblem? {
  do {
    try body()
    Issue.record("nothing was thrown")
  } catch LedgerError.remote(_, let problem) {
    return problem
  } catch {
    Issue.record("another error: \(error)")
  }
  return nil
}

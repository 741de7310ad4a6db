package import Keys
import Notation
import Platform

/// What a machine remembers of the ledger at one place: a file of its own, replaced as a whole.
///
/// It alone says what was verified; nothing inside a repository is trusted for that.
package struct Memory: Hashable, Sendable {
  /// The largest such file.
  private static let sizeLimit = 16 * 1024

  /// The file.
  package let path: String
  private let place: String
  private var folder: String { String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) }
  /// Where the index of the ledger is kept; it may be removed at any time.
  var indexPath: String { path.replacing(".json", with: ".index") }

  /// The memory of the ledger at a place, a real path or a URL, in a folder of such memories.
  package init(folder: String, place: String) {
    path = "\(folder)/\(Digest(of: place).hex).json"
    self.place = place
  }

  /// What is remembered; nil on first contact.
  package func recall() throws(LedgerError) -> Remembered? {
    let bytes: [UInt8]
    do throws(PlatformError) {
      bytes = try FileSystem.read(path, limit: Self.sizeLimit)
    } catch .missing {
      return nil
    } catch {
      throw .platform(error)
    }
    // Whoever can write here can make us believe anything, so a file that is none of ours says so.
    guard let value = try? RecordForm.parse(bytes), let remembered = Remembered(value) else {
      throw .badMemory(path: path)
    }
    return remembered
  }

  /// Remembers an entry of a ledger that has just begun here, whatever was here before.
  package func begin(with remembered: Remembered) throws(LedgerError) {
    try forget()
    try remember(remembered)
  }

  /// Forgets the place, where a ledger is about to begin.
  package func forget() throws(LedgerError) {
    do throws(PlatformError) { try FileSystem.remove(path) } catch { throw .platform(error) }
  }

  /// Keeps the index of the ledger, whatever was kept before.
  func keepIndex(_ bytes: [UInt8]) throws(PlatformError) {
    try FileSystem.createDirectories(folder)
    try FileSystem.replace(indexPath, bytes)
  }

  /// Remembers an entry if it is newer than what is remembered.
  package func remember(_ remembered: Remembered) throws(LedgerError) {
    if let old = try recall(), old.number >= remembered.number { return }
    let value: Value = [
      "commit": .string(remembered.commit.description), "entry": .number(Double(remembered.number)),
      "id": .string(remembered.ledgerID.description), "place": .string(place),
    ]
    do throws(PlatformError) {
      try FileSystem.createDirectories(folder)
      // If a loss of power brings the older one back, a few entries are verified once more.
      try FileSystem.replace(path, RecordForm.bytes(value), durability: .content)
    } catch {
      throw .platform(error)
    }
  }
}

/// An entry that was verified on this machine.
package struct Remembered: Hashable, Sendable {
  /// The ledger that it belongs to.
  package let ledgerID: Digest
  /// Its number.
  package let number: Int
  /// The SHA-256 of its commit.
  package let commit: Digest

  /// What to remember of an entry that has been verified.
  package init(_ entry: SignedEntry) {
    ledgerID = entry.ledgerID
    number = entry.entry.number
    commit = entry.digest
  }

  init?(_ value: Value) {
    guard let id = value["id"]?.string.flatMap({ Digest($0) }),
      let commit = value["commit"]?.string.flatMap({ Digest($0) }),
      let number = value["entry"]?.integer, value.map?.count == 4
    else { return nil }
    ledgerID = id
    self.number = number
    self.commit = commit
  }
}

import Git
import Platform
import Synchronization

/// One open repository that several threads may use in turn.
final class ObjectStore: Sendable {
  /// The one reference that a ledger hangs on.
  static let main = "refs/heads/main"

  /// The repository's own folder.
  let path: String
  private let opened: Mutex<Opened>
  private let source: Source

  /// How a repository was found.
  private enum Source { case folder, environment }

  /// A handle, and when files of packed objects had last come or gone before it was opened.
  private struct Opened: ~Copyable {
    let repository: Repository
    let packedAt: Int64?
  }

  private init(_ repository: consuming sending Repository, _ source: Source) {
    path = repository.path
    self.source = source
    let packedAt = Self.packedAt(path)
    opened = Mutex(Opened(repository: repository, packedAt: packedAt))
  }

  static func open(_ path: String) throws(LedgerError) -> ObjectStore {
    do throws(GitError) {
      return ObjectStore(try Repository.open(path), .folder)
    } catch .missing {
      throw .missing(path: path)
    } catch {
      throw .git(error)
    }
  }

  /// Opens what git's variables name; the objects of a push that is being judged are seen.
  static func openFromEnvironment() throws(LedgerError) -> ObjectStore {
    do throws(GitError) {
      return ObjectStore(try Repository.openFromEnvironment(), .environment)
    } catch .missing(let subject) {
      throw .missing(path: subject)
    } catch {
      throw .git(error)
    }
  }

  static func create(
    _ path: String, _ settings: [ConfigEntry] = ConfigEntry.ours
  ) throws(LedgerError) -> ObjectStore {
    do throws(GitError) { return ObjectStore(try Repository.create(path, settings), .folder) } catch
    {
      throw .git(error)
    }
  }

  /// The same once more, for another thread.
  func openedAgain() throws(LedgerError) -> ObjectStore {
    switch source {
    case .folder: try .open(path)
    case .environment: try .openFromEnvironment()
    }
  }

  /// Lends the handle; the body must not call the store again.
  func with<Result: Sendable, Failure: Error>(
    _ body: (borrowing Repository) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try opened.withLock { opened throws(Failure) in try body(opened.repository) }
  }

  /// Opens the repository anew where git has packed it since: the old handle would keep the files
  /// that were replaced, and so their memory and their room on the disk, for as long as it lives.
  func renewAfterPacking() throws(LedgerError) {
    guard source == .folder else { return }
    let packedAt = Self.packedAt(path)
    do throws(GitError) {
      try opened.withLock { opened throws(GitError) in
        guard opened.packedAt != packedAt else { return }
        opened = Opened(repository: try Repository.open(path), packedAt: packedAt)
      }
    } catch {
      throw .git(error)
    }
  }

  private static func packedAt(_ path: String) -> Int64? {
    // A repository that was never packed has no such folder, or nothing in it.
    (try? FileSystem.status(of: "\(path)/objects/pack"))?.modifiedNanoseconds
  }
}

extension ObjectStore {
  /// The commit that the ledger stands at.
  func tip() throws(LedgerError) -> ObjectID? { try reference(Self.main) }

  /// The object that a reference names; nil where there is no such reference.
  func reference(_ name: String) throws(LedgerError) -> ObjectID? {
    try ledgerErrors { r throws(GitError) in try r.reference(name) }
  }

  /// The references whose names begin so, sorted by name.
  func references(under prefix: String) throws(LedgerError) -> [Reference] {
    try ledgerErrors { r throws(GitError) in try r.references(under: prefix) }
  }

  /// Sets a reference below `refs/stet/`, wherever it stood.
  func setOwnReference(_ name: String, to id: ObjectID) throws(LedgerError) {
    try ledgerErrors { r throws(GitError) in try r.setOwnReference(name, to: id) }
  }

  /// Deletes a reference below `refs/stet/`.
  func deleteOwnReference(_ name: String) throws(LedgerError) {
    try ledgerErrors { r throws(GitError) in try r.deleteOwnReference(name) }
  }

  /// Lends the handle and gives what git refuses the type of the ledger's errors.
  func ledgerErrors<Result: Sendable>(
    _ body: (borrowing Repository) throws(GitError) -> Result
  ) throws(LedgerError) -> Result {
    do throws(GitError) { return try with(body) } catch { throw .git(error) }
  }

  /// The bytes of a commit, as git stores them.
  func commit(
    _ id: ObjectID, limit: Int = Entry.sizeLimit
  ) throws(GitError) -> [UInt8] {
    try with { r throws(GitError) in try r.read(id, .commit, limit: limit) }
  }

  /// A commit that is in our grammar; `.broken` for any other.
  func entry(_ id: ObjectID) throws(LedgerError) -> SignedEntry {
    let bytes: [UInt8]
    do throws(GitError) { bytes = try commit(id) } catch {
      throw error.asBrokenEntry(number: nil, commit: id)
    }
    do throws(Violation) { return try SignedEntry(commit: bytes, id: id) } catch {
      let other = EntryReader.foreignCommitter(in: bytes)
      throw .broken(BrokenEntry(number: nil, commit: id, [error] + [other].compactMap { $0 }))
    }
  }
}

extension GitError {
  /// What it means that git could not read something that an entry needs; nil where the fault is
  /// not the ledger's but the machine's.
  var violation: Violation? {
    switch self {
    case .tree(let path, let problem):
      Violation(.trees, "the tree of '\(path)' is not canonical: \(problem)")
    case .tooLarge(let id, let size, let limit):
      Violation(.trees, "the object \(id) has \(size) bytes, and \(limit) are allowed")
    case .tooManyChanges(let limit):
      Violation(.trees, "it changes more than \(limit) files")
    case .wrongKind(let id, let found):
      Violation(.trees, "the object \(id) is a \(found.rawValue)")
    case .missing(let subject): Violation(.objectNames, "the object \(subject) is missing")
    case .corrupt(let subject):
      Violation(.objectNames, "the object \(subject) does not hash to its name")
    case .library(let failure):
      switch failure.cause {
      case .full, .overQuota, .readOnly, .denied: nil
      case .vanished, nil: Violation(.objectNames, "an object cannot be read: \(failure.message)")
      }
    case .exists, .foreignOwner, .symbolicReference, .packedReference, .unreadable, .configuration,
      .setting, .linkedRepository:
      nil
    }
  }

  /// Whether trying again may help: git removes empty folders while we write into them.
  var mayPass: Bool {
    switch self {
    case .missing: true
    case .library(let failure):
      switch failure.cause {
      case .vanished, nil: true
      case .full, .overQuota, .readOnly, .denied: false
      }
    case .tree, .tooLarge, .tooManyChanges, .wrongKind, .corrupt, .exists, .foreignOwner,
      .symbolicReference, .packedReference, .unreadable, .configuration, .setting,
      .linkedRepository:
      false
    }
  }

  /// The error for a commit that could not be read.
  func asBrokenEntry(number: Int?, commit: ObjectID?) -> LedgerError {
    guard let violation else { return .git(self) }
    return .broken(BrokenEntry(number: number, commit: commit, [violation]))
  }
}

extension LedgerError {
  /// Whether trying again may help.
  var mayPass: Bool {
    switch self {
    case .git(let error): error.mayPass
    // Git took an empty folder away that was just about to be written to.
    case .platform(.missing(subject: _)): true
    case .platform, .missing, .broken, .futureFormat, .tooLarge, .text, .badMemory, .badNonce,
      .emptyChange, .refusedByRules, .parentAhead, .busy, .foreignLock, .remote, .packing, .signing,
      .key, .wrongIndex:
      false
    }
  }
}

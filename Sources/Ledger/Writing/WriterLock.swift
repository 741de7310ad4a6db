import Git
import Platform

/// Makes writers of one repository take turns, on whatever path they came.
///
/// The compare-and-swap alone keeps the ledger right; this keeps it fair, and remembers which
/// commit a writer was about to put in place when it died.
struct WriterLock: ~Copyable {
  /// How long a writer waits for its turn.
  static let timeoutSeconds = 10
  /// How long a lock of git's must lie untouched before it counts as left behind.
  private static let stillNanoseconds: Int64 = 1_000_000_000
  /// More than git ever writes into such a lock.
  private static let gitLockSizeLimit = 256

  private let lock: FileLock
  private let folder: String

  /// Waits for its turn; removes what a writer left behind that died in the middle of the swap.
  init(_ folder: String) throws(LedgerError) {
    self.folder = folder
    do throws(PlatformError) {
      lock = try Self.acquire(in: folder)
    } catch .locked(_, let seconds) {
      throw .busy(seconds: seconds)
    } catch {
      throw .platform(error)
    }
  }

  private static func acquire(in folder: String) throws(PlatformError) -> FileLock {
    let lock = try FileLock(path(in: folder), .exclusive, timeoutSeconds: timeoutSeconds)
    let note = try lock.note()
    if !note.isEmpty {
      try removeGitLock(in: folder, noted: note)
      try lock.setNote([])
    }
    return lock
  }

  /// Says which commit is about to be put in place.
  borrowing func note(_ id: ObjectID) throws(LedgerError) {
    do throws(PlatformError) { try lock.setNote(Array(id.hex.utf8)) } catch {
      throw .platform(error)
    }
  }

  /// Says that nothing is.
  borrowing func clearNote() {
    // A note that stays costs the next writer one look at a lock that is not there.
    try? lock.setNote([])
  }

  /// Removes git's lock whoever left it, unless it changes while it is looked at; returns its path
  /// if there was one.
  borrowing func removeForeignLock() throws(LedgerError) -> String? {
    guard let path = try Self.abandonedLock(in: folder) else { return nil }
    do throws(PlatformError) { try FileSystem.remove(path) } catch { throw .platform(error) }
    return path
  }

  /// The path of git's lock, if there is one; throws where it changes while it is looked at.
  static func abandonedLock(in folder: String) throws(LedgerError) -> String? {
    let path = gitLock(in: folder)
    let isStill: Bool
    do throws(PlatformError) {
      guard let first = try FileSystem.status(of: path) else { return nil }
      Clock.pause(nanoseconds: stillNanoseconds)
      isStill = try FileSystem.status(of: path) == first
    } catch {
      throw .platform(error)
    }
    guard isStill else { throw .foreignLock(path: path) }
    return path
  }

  private static func path(in folder: String) -> String { "\(folder)/writer.lock" }

  static func gitLock(in folder: String) -> String { "\(folder)/\(ObjectStore.main).lock" }

  /// Removes git's lock if it can only be the one of the writer that left the note: with nothing
  /// in it but the noted commit or a beginning of it, no older than the note, and untouched for a
  /// second.
  private static func removeGitLock(
    in folder: String, noted: [UInt8]
  ) throws(PlatformError) {
    let path = gitLock(in: folder)
    guard let first = try FileSystem.status(of: path),
      let note = try FileSystem.status(of: Self.path(in: folder)),
      first.modifiedNanoseconds >= note.modifiedNanoseconds
    else { return }
    let content = try FileSystem.read(path, limit: gitLockSizeLimit)
    guard (noted + [UInt8(ascii: "\n")]).starts(with: content) else { return }
    Clock.pause(nanoseconds: stillNanoseconds)
    guard try FileSystem.status(of: path) == first else { return }
    try FileSystem.remove(path)
  }
}

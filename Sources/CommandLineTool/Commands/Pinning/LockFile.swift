import Contracts
import Keys
import Platform
import PromptReading
import PromptRegistry

/// The `stet.lock` of the working folder.
struct LockFile {
  let path: String
  /// What it says; nil where it is not there yet.
  let lock: PinLock?
  /// Whether it says what this program wrote.
  let isAsWritten: Bool

  init(_ session: Session) throws(CommandError) {
    let path = session.surroundings.path(PinLock.fileName)
    self.path = path
    let bytes = try platformErrors(
      in: FileSystem.exists(path)
        ? FileSystem.read(path, limit: PinLock.byteLimit) : nil)
    guard let bytes else {
      (lock, isAsWritten) = (nil, true)
      return
    }
    do throws(LockFault) {
      let found = try FoundLock(bytes: bytes)
      (lock, isAsWritten) = (found.lock, found.isAsWritten)
    } catch {
      throw .reading(ReadingError(.lock(path: path, error)))
    }
  }

  /// What it says, whoever wrote it; an error where it is not there.
  func existing(_ session: Session) throws(CommandError) -> PinLock {
    guard let lock else { throw .pinning(.noLock(session.surroundings.folder)) }
    return lock
  }

  /// Refuses a lock that was changed by hand: what is written next would vouch for the change.
  func requireAsWritten() throws(CommandError) {
    guard isAsWritten else { throw .pinning(.changedLock(path)) }
  }

  /// Writes it anew.
  func write(_ lock: PinLock) throws(CommandError) {
    try platformErrors(in: FileSystem.replace(path, lock.bytes))
  }
}

extension Pin {
  /// What was asked for, as a reference.
  func reference() throws(CommandError) -> Reference {
    try registryErrors(in: Reference(ask))
  }

  /// Exactly this version.
  func exactReference() throws(CommandError) -> Reference {
    try registryErrors(in: Reference("\(name)@\(version)"))
  }

  /// Whether the version can be what the ask meant once.
  var isAsked: Bool {
    // An ask that cannot be read means no version.
    guard let reference = try? Reference(ask), reference.name.text == name else { return false }
    return switch reference.selector {
    case .latest, .environment: true
    case .exact(let exact): exact == version
    case .range(let range): range.contains(version)
    case .digest(let digits): digest.hex.hasPrefix(digits)
    case .draft: false
    }
  }
}

extension Session {
  /// Where pinned versions come from: what `--from` names, else the service of the lock, else the
  /// registry that any command would use here.
  func pinSource(
    _ from: String?, _ lock: PinLock?
  ) throws(CommandError) -> any PinSource {
    let place = from ?? lock?.url
    if let place, ServiceURL.isMeant(by: place) {
      return try ServiceSource(ServiceURL(place), self)
    }
    if let place { return LedgerSource(try open(place)) }
    do throws(CommandError) { return LedgerSource(try open()) } catch {
      guard case .noRegistry(nil) = error else { throw error }
      throw .pinning(.noSource)
    }
  }

  /// Finds out where the source stands; refuses another registry than that of the lock.
  func standing(
    of source: any PinSource, for lock: PinLock?
  ) throws(CommandError) -> RegistryStanding {
    let standing = try source.standing()
    if let expected = lock?.registry, expected != standing.id {
      throw .pinning(.otherRegistry(expected: expected, found: standing.id))
    }
    return standing
  }
}

import Glibc

/// A lock between processes on a file that may carry a short note; released with its owner.
///
/// The system drops the lock when the process ends, however it ends; the file itself stays.
package struct FileLock: ~Copyable {
  /// Whether others may hold the lock at the same time.
  package enum Mode: Sendable {
    case exclusive, shared
  }

  /// The longest note that is read back.
  package static let noteSizeLimit = 4096

  private let file: Descriptor

  /// Waits up to `timeoutSeconds`, then throws `.locked`; zero asks once. Makes a missing file.
  package init(_ path: String, _ mode: Mode, timeoutSeconds: Int) throws(PlatformError) {
    let deadline = Clock.monotonicNanoseconds() + Int64(timeoutSeconds) * 1_000_000_000
    var waiting = Backoff()
    while true {
      let opened = try Descriptor(opening: path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o644)
      if try opened.tryLock(mode), try opened.isStill(path) {
        file = opened
        return
      }
      if Clock.monotonicNanoseconds() >= deadline {
        throw .locked(subject: path, seconds: timeoutSeconds)
      }
      waiting.pause()
    }
  }

  /// What the last owner that wrote a note left there; empty where none did.
  package borrowing func note() throws(PlatformError) -> [UInt8] {
    if lseek(file.raw, 0, SEEK_SET) < 0 { throw .of("lseek", file.subject) }
    return try file.readAll(limit: Self.noteSizeLimit)
  }

  /// Replaces the note; it outlives this process, though not a loss of power.
  package borrowing func setNote(_ note: [UInt8]) throws(PlatformError) {
    if lseek(file.raw, 0, SEEK_SET) < 0 { throw .of("lseek", file.subject) }
    if ftruncate(file.raw, 0) != 0 { throw .of("ftruncate", file.subject) }
    try file.writeAll(note)
  }
}

extension Descriptor {
  fileprivate borrowing func tryLock(_ mode: FileLock.Mode) throws(PlatformError) -> Bool {
    let operation =
      switch mode {
      case .exclusive: LOCK_EX
      case .shared: LOCK_SH
      }
    if uninterrupted({ flock(raw, operation | LOCK_NB) }) == 0 { return true }
    if errno == EWOULDBLOCK { return false }
    throw .of("flock", subject)
  }

  /// Whether the path still names this file: a lock on a file that somebody removed guards nothing.
  fileprivate borrowing func isStill(_ path: String) throws(PlatformError) -> Bool {
    let own = try status()
    var named = stat()
    return unsafe lstat(path, &named) == 0
      && own.st_ino == named.st_ino && own.st_dev == named.st_dev
  }
}

/// Pauses that double up to a cap, each with a random part, so that waiters do not march in step.
package struct Backoff {
  private var nanoseconds: Int64
  private let cap: Int64

  /// Starts with about half a millisecond; no pause is longer than `capMilliseconds`.
  package init(firstMicroseconds: Int64 = 500, capMilliseconds: Int64 = 20) {
    nanoseconds = firstMicroseconds * 1000
    cap = capMilliseconds * 1_000_000
  }

  /// Waits, and makes the next wait longer.
  package mutating func pause() {
    Clock.pause(nanoseconds: Int64.random(in: nanoseconds / 2...nanoseconds))
    nanoseconds = min(nanoseconds * 2, cap)
  }
}

import Glibc

/// What the operating system refused, or a limit of this layer that was reached.
///
/// `subject` is the path or the program the call was about, as the caller gave it.
package enum PlatformError: Error, Hashable, Sendable {
  /// No such file, or a folder of its path is no folder.
  case missing(subject: String)
  /// Something of that name is there already.
  case exists(subject: String)
  /// The rights of this user do not suffice.
  case denied(subject: String)
  /// The file system is mounted read-only.
  case readOnly(subject: String)
  /// The disk or the quota is full.
  case full(subject: String)
  /// A folder, a device or a link where a plain file was asked for, or the other way round.
  case wrongKind(subject: String)
  /// A file or an input is longer than the limit the caller set.
  case tooLarge(subject: String, limit: Int)
  /// Bytes that are no UTF-8 where a text was asked for.
  case notText(subject: String)
  /// Another process held the lock for the whole time that the caller was ready to wait.
  case locked(subject: String, seconds: Int)
  /// A program ran longer than the caller allowed, and was ended.
  case timedOut(subject: String, seconds: Int)
  /// The reader of our output has gone: nothing more can be said to him.
  case closedPipe
  /// A stream that was closed before this process began.
  case closed(subject: String)
  /// Any other refusal, with the call and the number the system gave.
  case system(call: String, subject: String, code: Int32)
}

extension PlatformError {
  /// The case for the number that a failed call left behind.
  static func of(_ call: String, _ subject: String, _ code: Int32 = errno) -> PlatformError {
    switch code {
    case ENOENT, ENOTDIR: .missing(subject: subject)
    case EEXIST: .exists(subject: subject)
    case EACCES, EPERM: .denied(subject: subject)
    case EROFS: .readOnly(subject: subject)
    case ENOSPC, EDQUOT: .full(subject: subject)
    case EISDIR, ELOOP: .wrongKind(subject: subject)
    case EPIPE: .closedPipe
    default: .system(call: call, subject: subject, code: code)
    }
  }

  /// The system's own words for an error number, such as `Too many open files`.
  package static func words(for code: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { room in
      guard let start = room.baseAddress, unsafe strerror_r(code, start, room.count) == 0 else {
        return "error \(code)"
      }
      return unsafe String(cString: start)
    }
  }
}

extension PlatformError {
  /// What a refusal means to whoever asked; its raw value is the word that programs branch on.
  package enum Kind: String, CaseIterable, Sendable {
    /// What was named, or given to work with, is not what is needed.
    case badInput = "bad-input"
    case notPermitted = "not-permitted"
    case limit
    /// It may go well another time.
    case busy
    /// Nobody but us can be blamed.
    case `internal`
  }

  /// What it means to whoever asked.
  package var kind: Kind {
    switch self {
    case .missing, .exists, .wrongKind, .notText, .closedPipe, .closed: .badInput
    case .denied, .readOnly: .notPermitted
    case .full, .tooLarge: .limit
    case .locked, .timedOut: .busy
    case .system(_, _, let code): Self.kind(ofNumber: code)
    }
  }

  private static func kind(ofNumber code: Int32) -> Kind {
    switch code {
    case ENAMETOOLONG, ENXIO, ENODEV: .badInput
    case EFBIG: .limit
    case EMFILE, ENFILE, ENOMEM, EAGAIN, EBUSY, EIO: .busy
    default: .internal
    }
  }
}

/// Repeats a call for as long as a signal interrupts it.
@discardableResult
func uninterrupted<Number: SignedInteger>(_ call: () -> Number) -> Number {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

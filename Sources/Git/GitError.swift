import CGit2

/// What git's storage refused, lacks, or has wrong.
package enum GitError: Error, Hashable, Sendable {
  /// There is no such object, reference or repository.
  case missing(subject: String)
  /// Something of that name is there already.
  case exists(subject: String)
  /// The repository belongs to another user, whose settings we do not trust.
  case foreignOwner(path: String)
  /// An object is of another kind than its place demands.
  case wrongKind(ObjectID, found: ObjectKind)
  /// An object is larger than the caller allows.
  case tooLarge(ObjectID, size: Int, limit: Int)
  /// The content of an object does not hash to its name.
  case corrupt(subject: String)
  /// A tree that git itself would not have written; `path` is empty for the root.
  case tree(path: String, TreeProblem)
  /// Two trees differ in more files than the caller allows.
  case tooManyChanges(limit: Int)
  /// A reference that points at another reference where an object was expected.
  case symbolicReference(name: String)
  /// A reference that git has packed; only the `git` program deletes such a one safely.
  case packedReference(name: String)
  /// A file of the repository's own that cannot be read.
  case unreadable(path: String)
  /// A line of the repository's configuration that is not of the plain form we write.
  case configuration(line: Int)
  /// A setting of the repository's that we neither write nor know to be harmless.
  case setting(key: String)
  /// A repository that keeps its objects and settings elsewhere.
  case linkedRepository(path: String)
  /// Any other failure inside libgit2.
  case library(LibraryFailure)
}

/// A failed call of libgit2, in its own terms.
package struct LibraryFailure: Hashable, Sendable {
  /// The function.
  package let call: String
  /// Its negative return code, a `git_error_code`.
  package let code: Int32
  /// The part of the library that failed, a `git_error_t`.
  package let category: Int32
  /// The library's own sentence, or the empty string.
  package let message: String
}

extension LibraryFailure {
  /// What the operating system had against it, as far as the sentence tells.
  package enum Cause: String, Sendable, CaseIterable {
    case full = "No space left on device"
    case overQuota = "Disk quota exceeded"
    case readOnly = "Read-only file system"
    case denied = "Permission denied"
    case vanished = "No such file or directory"
  }

  /// Whether a reference is not as git writes them.
  package var isAboutReference: Bool {
    category == Int32(bitPattern: GIT_ERROR_REFERENCE.rawValue)
  }

  /// libgit2 clears `errno` and keeps only the system's words, at the end of its own.
  package var cause: Cause? { Cause.allCases.first { message.hasSuffix($0.rawValue) } }
}

/// The one door to libgit2: a negative code becomes an error, with the message that the library
/// keeps for this thread until its next call.
@discardableResult
func check(_ call: StaticString, _ subject: String, _ code: Int32) throws(GitError) -> Int32 {
  if code >= 0 { return code }
  throw failure(call, subject, code)
}

/// As the other, for an object; its name is written out only where something failed.
@discardableResult
func check(_ call: StaticString, _ id: ObjectID, _ code: Int32) throws(GitError) -> Int32 {
  if code >= 0 { return code }
  throw failure(call, id.hex, code)
}

/// The error for a code that is known to be negative.
func failure(_ call: StaticString, _ subject: String, _ code: Int32) -> GitError {
  let last = unsafe git_error_last()
  let message = unsafe last?.pointee.message.map { unsafe String(cString: $0) } ?? ""
  switch code {
  // 1.5.1 says of another user's repository that nobody has called its folder safe.
  case GIT_ENOTFOUND.rawValue where message.contains("safe.directory"),
    GIT_EOWNER.rawValue:
    return .foreignOwner(path: subject)
  case GIT_ENOTFOUND.rawValue: return .missing(subject: subject)
  case GIT_EEXISTS.rawValue: return .exists(subject: subject)
  case GIT_EMISMATCH.rawValue: return .corrupt(subject: subject)
  default:
    return .library(
      LibraryFailure(
        call: "\(call)", code: code, category: unsafe last?.pointee.klass ?? 0,
        message: message))
  }
}

import Git
import Platform

/// What keeps this machine from using a ledger that may well be sound.
package enum Obstacle: Hashable, Sendable {
  /// There is no room left.
  case full
  /// Something is longer than is read or written.
  case size
  /// Whoever runs this may not.
  case rights
  /// The repository is set up in a way that no ledger is.
  case settings
  /// What the ledger hangs on names no commit.
  case reference
  /// A program or a file that is needed is not there, or is something else.
  case absent
  /// Somebody else is using it.
  case others
}

extension LedgerError {
  /// The obstacle that this error is; nil where it is none.
  package var obstacle: Obstacle? {
    switch self {
    case .git(let error): error.obstacle
    case .platform(let error): error.obstacle
    case .missing, .broken, .futureFormat, .tooLarge, .text, .badMemory, .badNonce, .emptyChange,
      .refusedByRules, .parentAhead, .busy, .foreignLock, .remote, .packing, .signing,
      .key, .wrongIndex:
      nil
    }
  }
}

extension Obstacle {
  /// What may help; nil where nothing more can be said.
  var hint: String? {
    switch self {
    case .size: nil
    case .full: "make room and try again; nothing was changed"
    case .rights: "look at its owner and its permissions; nothing was changed"
    case .settings:
      "somebody may want git to run something there; fetch the registry anew, or mend its 'config'"
    case .reference:
      "'refs/heads/main' in it should name the newest entry; fetch the registry anew, or put back "
        + "what a copy of it has there"
    case .absent: "'stet doctor' says what this machine lacks"
    case .others: "try again"
    }
  }
}

extension GitError {
  fileprivate var obstacle: Obstacle? {
    switch self {
    case .foreignOwner, .unreadable: .rights
    case .configuration, .setting, .linkedRepository: .settings
    case .library(let failure):
      switch failure.cause {
      case .full, .overQuota: .full
      case .readOnly, .denied: .rights
      case .vanished, nil: failure.isAboutReference ? .reference : nil
      }
    case .symbolicReference: .reference
    case .missing, .exists, .wrongKind, .tooLarge, .corrupt, .tree, .tooManyChanges,
      .packedReference:
      nil
    }
  }
}

extension PlatformError {
  /// The platform's own classes, so that a refusal is the same wherever it is met.
  fileprivate var obstacle: Obstacle? {
    switch kind {
    case .badInput: .absent
    case .notPermitted: .rights
    case .limit: isAboutRoom ? .full : .size
    case .busy: .others
    case .internal: nil
    }
  }

  private var isAboutRoom: Bool {
    if case .full = self { true } else { false }
  }
}

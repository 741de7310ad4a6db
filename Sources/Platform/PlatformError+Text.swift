extension PlatformError {
  /// What was refused.
  package var message: String {
    switch self {
    case .missing(let subject): "there is no '\(subject)'"
    case .exists(let subject): "'\(subject)' is there already"
    case .denied(let subject): "the rights to '\(subject)' are missing"
    case .readOnly(let subject): "'\(subject)' is on a file system that is read-only"
    case .full(let subject): "the disk is full, '\(subject)' could not be written"
    case .wrongKind(let subject): "'\(subject)' is another kind of file than is needed here"
    case .tooLarge(let subject, let limit): "'\(subject)' has more than \(limit) bytes"
    case .notText(let subject): "'\(subject)' is no UTF-8"
    case .locked(let subject, let seconds):
      "'\(subject)' has been in use by another process for \(seconds) seconds"
    case .timedOut(let subject, let seconds): "'\(subject)' did not end within \(seconds) seconds"
    case .closedPipe: "nobody reads the output"
    case .closed(let subject): "'\(subject)' is closed"
    case .system(let call, let subject, let code):
      "\(call) failed on '\(subject)': \(PlatformError.words(for: code))"
    }
  }

  /// What may help; nil where nothing but the message is known.
  package var hint: String? {
    switch self {
    case .denied: "look at its owner and its permissions"
    case .full: "make room and try again; nothing was changed"
    case .locked, .timedOut: "try again"
    case .missing, .exists, .readOnly, .wrongKind, .tooLarge, .notText, .closedPipe, .closed,
      .system:
      nil
    }
  }
}

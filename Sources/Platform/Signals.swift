import Glibc

/// Signals as something a thread waits for; no handler ever runs.
package enum Signals {
  /// The signals by which a person or a supervisor asks a process to do something.
  package enum Request: CaseIterable, Sendable {
    case interrupt, terminate, hangup

    var number: Int32 {
      switch self {
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      case .hangup: SIGHUP
      }
    }
  }

  /// A write to a reader who left becomes the error `.closedPipe` instead of the process's end.
  package static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// From now on requests wait for `next()`; call it before any thread starts, as each inherits it.
  package static func hold() {
    var requests = set()
    _ = unsafe pthread_sigmask(SIG_BLOCK, &requests, nil)
  }

  /// Waits for a request; only after `hold()`.
  package static func next() -> Request {
    var requests = set()
    while true {
      var number: Int32 = 0
      guard unsafe sigwait(&requests, &number) == 0 else {
        preconditionFailure("sigwait was given a set it does not know")
      }
      if let request = Request.allCases.first(where: { $0.number == number }) { return request }
    }
  }

  /// Sends this process a request, as a supervisor would.
  package static func send(_ request: Request) { kill(getpid(), request.number) }

  /// Whether a held request has arrived that nobody has taken yet.
  static func isPending() -> Bool {
    var pending = sigset_t()
    _ = unsafe sigpending(&pending)
    return Request.allCases.contains { unsafe sigismember(&pending, $0.number) == 1 }
  }

  /// What this process may be ignoring at some time, and a program it starts must not.
  static let ignoredByUs = [SIGPIPE, SIGINT, SIGQUIT]

  static func set() -> sigset_t {
    var requests = sigset_t()
    _ = unsafe sigemptyset(&requests)
    for request in Request.allCases { _ = unsafe sigaddset(&requests, request.number) }
    return requests
  }
}

/// The end of this process.
package enum Process {
  /// Ends at once with that status; nothing is flushed, as nothing is buffered.
  package static func exit(_ status: Int32) -> Never { _exit(status) }
}

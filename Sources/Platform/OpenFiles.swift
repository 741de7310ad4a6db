import Glibc

/// How many files and connections this process may have open at once.
package enum OpenFiles {
  /// Asks for as many as the system lets this user have, and returns how many those are.
  ///
  /// Programs are started with a low limit for the sake of old ones that use `select`.
  package static func raiseLimit() -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      preconditionFailure("every process has a limit of open files")
    }
    var raised = limit
    raised.rlim_cur = limit.rlim_max
    let wasRaised = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0
    return Int(clamping: wasRaised ? raised.rlim_cur : limit.rlim_cur)
  }
}

import Glibc

extension Command {
  /// The path that the system is to run; `.missing` where no folder of `PATH` has the program.
  package func resolvedExecutable() throws(PlatformError) -> String {
    if executable.utf8.contains(UInt8(ascii: "/")) { return executable }
    for folder in (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
      let path = "\(folder)/\(executable)"
      if unsafe access(path, X_OK) == 0, try FileSystem.kind(of: path) != .directory {
        return path
      }
    }
    throw .missing(subject: executable)
  }

  /// The two lists in the form that `exec` takes, valid inside the closure.
  func withLists<Result, Failure: Error>(
    _ body: (
      UnsafePointer<UnsafeMutablePointer<CChar>?>, UnsafePointer<UnsafeMutablePointer<CChar>?>
    )
      throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let words = CStrings([executable] + arguments)
    let variables = CStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    return try unsafe body(UnsafePointer(words.list), UnsafePointer(variables.list))
  }
}

/// Which descriptors of ours become the program's three streams; nil leaves it our own stream.
struct Streams {
  var input: Int32?
  var output: Int32?
  var errors: Int32?
}

/// A started program that nobody has waited for yet.
struct Child {
  let number: pid_t
  let company: Command.Company

  init(_ command: Command, streams: Streams) throws(PlatformError) {
    let path = try command.resolvedExecutable()
    var actions = unsafe posix_spawn_file_actions_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    for (from, to) in [(streams.input, 0), (streams.output, 1), (streams.errors, 2)] {
      if let from { _ = unsafe posix_spawn_file_actions_adddup2(&actions, from, Int32(to)) }
    }
    var attributes = Self.attributes(command.company)
    defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
    var number: pid_t = 0
    let code = unsafe command.withLists { words, variables in
      unsafe posix_spawn(&number, path, &actions, &attributes, words, variables)
    }
    if code != 0 { throw .of("posix_spawn", command.executable, code) }
    self.number = number
    company = command.company
  }

  /// `POSIX_SPAWN_SETSID`, which glibc shows to nobody who does not ask for its extensions.
  private static let newSession: Int16 = 0x80

  /// Our own masks and ignored signals are not the program's.
  private static func attributes(_ company: Command.Company) -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    _ = unsafe posix_spawnattr_init(&attributes)
    var none = sigset_t()
    _ = unsafe sigemptyset(&none)
    _ = unsafe posix_spawnattr_setsigmask(&attributes, &none)
    var restored = none
    for number in Signals.ignoredByUs { _ = unsafe sigaddset(&restored, number) }
    _ = unsafe posix_spawnattr_setsigdefault(&attributes, &restored)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
    switch company {
    case .alone: flags |= newSession
    case .shared: break
    }
    _ = unsafe posix_spawnattr_setflags(&attributes, flags)
    return attributes
  }

  /// How it ended, or nil while it runs.
  func ending(_ wait: Wait) throws(PlatformError) -> Ending? {
    var status: Int32 = 0
    let options =
      switch wait {
      case .never: WNOHANG
      case .forever: Int32(0)
      }
    let result = uninterrupted { unsafe waitpid(number, &status, options) }
    if result < 0 { throw .of("waitpid", "\(number)") }
    if result == 0 { return nil }
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }

  enum Wait {
    case never, forever
  }

  /// Ends it at once, with everything it started where it has a group of its own.
  func end() {
    switch company {
    case .alone: kill(-number, SIGKILL)
    case .shared: kill(number, SIGKILL)
    }
  }
}

/// A list of C strings, closed by a null pointer and freed with its owner.
@safe private final class CStrings {
  let list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    unsafe list = .allocate(capacity: texts.count + 1)
    for (place, text) in texts.enumerated() {
      unsafe (list + place).initialize(to: strdup(text))
    }
    unsafe (list + count).initialize(to: nil)
  }

  deinit {
    for place in 0..<count { unsafe free(list[place]) }
    unsafe list.deallocate()
  }
}

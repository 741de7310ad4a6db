import Glibc
import Synchronization

/// Other programs: run to their end with pipes, run at our terminal, or become one.
package enum Subprocess {
  /// Runs a program to its end and returns all it said.
  ///
  /// Throws `.timedOut` and `.tooLarge` after ending it. A request to stop this process (Ctrl-C)
  /// ends the program first. A status other than zero is no error here.
  package static func run(_ command: Command) throws(PlatformError) -> Outcome {
    Signals.ignoreBrokenPipes()
    let held = HeldSignals()
    // A program started by another thread in between would keep our pipes open.
    var pump = try spawning.withLock { _ throws(PlatformError) in try Pump.starting(command) }
    let child = pump.child
    do throws(PlatformError) {
      let ending = try pump.run(command)
      held.release()
      return Outcome(ending: ending, output: pump.output, errors: pump.errors)
    } catch {
      child.end()
      _ = try child.ending(.forever)
      held.release()
      throw error
    }
  }

  /// Runs a program on our own three streams: a pager, an editor, `stet git`. No time limit.
  ///
  /// While it runs, Ctrl-C is the program's business alone.
  package static func runAtTerminal(_ command: Command) throws(PlatformError) -> Ending {
    var command = command
    command.company = .shared
    let interrupt = signal(SIGINT, SIG_IGN)
    let quit = signal(SIGQUIT, SIG_IGN)
    defer {
      _ = signal(SIGINT, interrupt)
      _ = signal(SIGQUIT, quit)
    }
    let child = try spawning.withLock { _ throws(PlatformError) in
      try Child(command, streams: Streams())
    }
    guard let ending = try child.ending(.forever) else {
      preconditionFailure("waiting for ever ended before the program did")
    }
    return ending
  }

  /// This process becomes the program; returns only with the reason why it could not.
  package static func become(_ command: Command) -> PlatformError {
    do throws(PlatformError) {
      let path = try command.resolvedExecutable()
      for number in Signals.ignoredByUs { _ = signal(number, SIG_DFL) }
      _ = unsafe command.withLists { words, variables in unsafe execve(path, words, variables) }
      throw .of("execve", path)
    } catch {
      return error
    }
  }
}

/// Held while pipes are made and handed to a new program.
private let spawning = Mutex(())

/// Keeps requests to stop waiting while a program runs, so that it can be ended first.
private struct HeldSignals {
  private var before = sigset_t()

  init() {
    var requests = Signals.set()
    _ = unsafe pthread_sigmask(SIG_BLOCK, &requests, &before)
  }

  /// Lets go; a request that came meanwhile is delivered now.
  func release() {
    var before = before
    _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}

/// Feeds a program and takes what it says, all three at once, so that neither side blocks for ever.
private struct Pump: ~Copyable {
  let child: Child
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private var toChild: Descriptor?
  private var fromOutput: Descriptor?
  private var fromErrors: Descriptor?
  private var sent = 0

  /// How long a request to stop may go unnoticed.
  private static let tickMilliseconds: Int64 = 100

  /// Starts the program with a pipe at each of its streams.
  static func starting(_ command: Command) throws(PlatformError) -> Pump {
    let input = try Pipe(command.executable)
    let output = try Pipe(command.executable)
    let errors = try Pipe(command.executable)
    let streams = Streams(
      input: input.reader.raw, output: output.writer.raw, errors: errors.writer.raw)
    let child = try Child(command, streams: streams)
    _ = fcntl(input.writer.raw, F_SETFL, O_NONBLOCK)
    return Pump(child, input.takeWriter(), output.takeReader(), errors.takeReader())
  }

  private init(
    _ child: Child, _ toChild: consuming Descriptor, _ fromOutput: consuming Descriptor,
    _ fromErrors: consuming Descriptor
  ) {
    self.child = child
    self.toChild = .some(toChild)
    self.fromOutput = .some(fromOutput)
    self.fromErrors = .some(fromErrors)
  }

  mutating func run(_ command: Command) throws(PlatformError) -> Ending {
    var patience = Patience(command)
    var waiting = Backoff(firstMicroseconds: 100, capMilliseconds: 20)
    while true {
      let rest = try patience.rest(heard: output.count + errors.count)
      if Signals.isPending() {
        throw .system(call: "poll", subject: command.executable, code: EINTR)
      }
      if fromOutput != nil || fromErrors != nil {
        try exchange(command, milliseconds: min(rest / 1_000_000 + 1, Self.tickMilliseconds))
      } else if let ending = try child.ending(.never) {
        return ending
      } else {
        waiting.pause()
      }
    }
  }

  private mutating func exchange(_ command: Command, milliseconds: Int64) throws(PlatformError) {
    if sent == command.input.count { toChild = nil }
    var wishes = [
      pollfd(fd: toChild?.raw ?? -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: fromOutput?.raw ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: fromErrors?.raw ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    let ready = unsafe poll(&wishes, nfds_t(wishes.count), Int32(milliseconds))
    if ready < 0 && errno != EINTR { throw .of("poll", command.executable) }
    guard ready > 0 else { return }
    if wishes[0].revents != 0 { try send(command) }
    if wishes[1].revents != 0 { try Self.take(&fromOutput, into: &output, command) }
    if wishes[2].revents != 0 { try Self.take(&fromErrors, into: &errors, command) }
  }

  /// A program that stops reading its input has what it needs: that is no error.
  private mutating func send(_ command: Command) throws(PlatformError) {
    guard let raw = toChild?.raw else { return }
    let count = unsafe command.input.withUnsafeBytes { bytes in
      unsafe write(raw, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
    }
    if count >= 0 {
      sent += count
    } else if errno == EPIPE {
      toChild = nil
    } else if errno != EAGAIN && errno != EINTR {
      throw .of("write", command.executable)
    }
  }

  private static func take(
    _ source: inout Descriptor?, into bytes: inout [UInt8], _ command: Command
  ) throws(PlatformError) {
    if try source?.readSome(into: &bytes) == 0 { source = nil }
    if bytes.count > command.outputLimit {
      throw .tooLarge(subject: command.executable, limit: command.outputLimit)
    }
  }
}

/// How long a program is still waited for.
private struct Patience {
  private let command: Command
  private let start = Clock.monotonicNanoseconds()
  private var heard = 0
  private var lastHeard = Clock.monotonicNanoseconds()

  init(_ command: Command) { self.command = command }

  /// The nanoseconds until it has run too long or said nothing for too long; `heard` is how many
  /// bytes it has said so far.
  mutating func rest(heard: Int) throws(PlatformError) -> Int64 {
    let now = Clock.monotonicNanoseconds()
    if heard > self.heard { (self.heard, lastHeard) = (heard, now) }
    let whole = start + Int64(command.timeoutSeconds) * 1_000_000_000 - now
    if whole <= 0 { throw .timedOut(subject: command.executable, seconds: command.timeoutSeconds) }
    guard let seconds = command.silenceSeconds else { return whole }
    let silent = lastHeard + Int64(seconds) * 1_000_000_000 - now
    if silent <= 0 { throw .timedOut(subject: command.executable, seconds: seconds) }
    return min(whole, silent)
  }
}

/// Both ends of a new pipe, neither of which a program inherits by accident.
private struct Pipe: ~Copyable {
  let reader: Descriptor
  let writer: Descriptor

  init(_ subject: String) throws(PlatformError) {
    var ends: [Int32] = [-1, -1]
    if unsafe pipe(&ends) != 0 { throw .of("pipe", subject) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reader = Descriptor(owning: ends[0], subject: subject)
    writer = Descriptor(owning: ends[1], subject: subject)
  }

  consuming func takeReader() -> Descriptor { reader }
  consuming func takeWriter() -> Descriptor { writer }
}

import Glibc

/// The three streams a process is born with.
package enum StandardStream: Int32, Sendable {
  case input = 0
  case output = 1
  case error = 2

  /// What errors call it.
  private var name: String {
    switch self {
    case .input: "standard input"
    case .output: "standard output"
    case .error: "standard error"
    }
  }

  /// Takes the numbers of streams that were closed before this process began: a file that is opened
  /// later would get one, and what is meant for the stream would land in it.
  ///
  /// Using such a stream fails, as before.
  package static func occupyClosed() {
    for stream in [input, output, error] where fcntl(stream.rawValue, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", stream == .input ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes all of it, past every buffer; `.closedPipe` when the reader has gone.
  ///
  /// Needs `Signals.ignoreBrokenPipes()` once before, else the system ends the process instead.
  package func write(_ bytes: [UInt8]) throws(PlatformError) {
    try naming { () throws(PlatformError) in
      try writeEverything(bytes, to: rawValue, subject: name)
    }
  }

  /// As `write`, of a text's UTF-8.
  package func write(_ text: String) throws(PlatformError) { try write(Array(text.utf8)) }

  /// Reads to the end; `.tooLarge` beyond `limit` bytes.
  package func readAll(limit: Int) throws(PlatformError) -> [UInt8] {
    try naming { () throws(PlatformError) in
      let duplicate = fcntl(rawValue, F_DUPFD_CLOEXEC, 0)
      if duplicate < 0 { throw .of("fcntl", name) }
      return try Descriptor(owning: duplicate, subject: name).readAll(limit: limit)
    }
  }

  /// The next line without its end, or nil when there is none; reads no byte beyond it.
  ///
  /// A line longer than `limit` bytes is `.tooLarge`; bytes that are no UTF-8 become U+FFFD.
  package func readLine(limit: Int) throws(PlatformError) -> String? {
    var line: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      let count = uninterrupted { unsafe read(rawValue, &byte, 1) }
      if count < 0 { throw naming(.of("read", name)) }
      if count == 0 && line.isEmpty { return nil }
      if count == 0 || byte == UInt8(ascii: "\n") { break }
      if line.count == limit { throw .tooLarge(subject: name, limit: limit) }
      line.append(byte)
    }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// Calls a stream closed that cannot be used as what it is; of any other file the same refusal
  /// would be a fault of ours.
  private func naming(_ error: PlatformError) -> PlatformError {
    guard case .system(_, _, EBADF) = error else { return error }
    return .closed(subject: name)
  }

  private func naming<Result>(
    _ body: () throws(PlatformError) -> Result
  ) throws(PlatformError) -> Result {
    do throws(PlatformError) { return try body() } catch { throw naming(error) }
  }
}

/// What is known of the terminal behind a stream.
package enum Terminal {
  /// Whether a person rather than a file or a program is at the other end.
  package static func isTerminal(_ stream: StandardStream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Columns of the terminal; nil where there is none or it does not say.
  package static func width(_ stream: StandardStream) -> Int? { size(stream)?.columns }

  /// Lines of the terminal; nil where there is none or it does not say.
  package static func height(_ stream: StandardStream) -> Int? { size(stream)?.lines }

  private static func size(_ stream: StandardStream) -> (columns: Int, lines: Int)? {
    var size = winsize()
    guard unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
      size.ws_row > 0
    else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}

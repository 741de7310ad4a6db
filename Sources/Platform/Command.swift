/// A program to run in our working folder: no shell is involved, and it sees no variable that is
/// not named here.
package struct Command: Sendable {
  /// Whether the program may talk to the person at the terminal.
  package enum Company: Sendable {
    /// A session of its own: whatever it starts ends with it, and there is no terminal that it or
    /// anything it starts could ask.
    case alone
    /// In our process group: it may ask for a passphrase, and Ctrl-C reaches it directly.
    case shared
  }

  /// A path, or a name without `/` that is looked up in the `PATH` of `environment`.
  package var executable: String
  /// The words after the program's name.
  package var arguments: [String]
  /// Every variable the program sees.
  package var environment: [String: String]
  /// What it reads from its standard input.
  package var input: [UInt8] = []
  /// How long it may run.
  package var timeoutSeconds = 60
  /// How long it may say nothing on either output; nil where silence means nothing.
  package var silenceSeconds: Int?
  /// How much it may say on each of its two outputs.
  package var outputLimit = 16 * 1024 * 1024
  /// Whether it may talk to the person at the terminal.
  package var company: Company = .alone

  package init(_ executable: String, _ arguments: [String], environment: [String: String]) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
  }
}

/// How a program ended.
package enum Ending: Hashable, Sendable {
  /// It left with this status; zero is success.
  case exited(Int32)
  /// A signal ended it.
  case killed(signal: Int32)

  /// Whether it left with status zero.
  package var isSuccess: Bool { self == .exited(0) }
}

/// What a program said and how it ended.
package struct Outcome: Hashable, Sendable {
  /// How it ended.
  package let ending: Ending
  /// What it wrote to its standard output.
  package let output: [UInt8]
  /// What it wrote to its standard error.
  package let errors: [UInt8]

  /// Its standard output as text; bytes that are no UTF-8 become U+FFFD.
  package var outputText: String { String(decoding: output, as: UTF8.self) }
  /// Its standard error as text; bytes that are no UTF-8 become U+FFFD.
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

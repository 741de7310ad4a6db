import Notation
import Platform

/// Everything outside that a command may depend on, as a value: with the same surroundings and the
/// same files the same command does the same.
struct Surroundings: Sendable {
  /// The moment, asked anew each time.
  var now: @Sendable () -> Timestamp
  /// That many unpredictable bytes.
  var random: @Sendable (_ count: Int) -> [UInt8]
  /// The environment variables.
  var environment: [String: String]
  /// The folder that relative paths start from, as an absolute path.
  var folder: String
  /// The name that whoever runs this is known by on this machine; looked up only when asked for.
  var login: @Sendable () -> String?
  /// All of standard input, up to a number of bytes.
  var input: @Sendable (_ limit: Int) throws(PlatformError) -> [UInt8]
  /// Standard output.
  var answers: Channel
  /// Standard error.
  var talk: Channel

  init(
    now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (Int) -> [UInt8],
    input: @escaping @Sendable (Int) throws(PlatformError) -> [UInt8], answers: Channel,
    talk: Channel
  ) {
    self.now = now
    self.random = random
    self.input = input
    self.answers = answers
    self.talk = talk
    environment = [:]
    login = { nil }
    folder = "/"
  }
}

extension Surroundings {
  /// The path as seen from the working folder.
  func path(_ path: String) -> String {
    path.hasPrefix("/") ? path : folder == "/" ? "/\(path)" : "\(folder)/\(path)"
  }

  /// The path as somebody in the working folder would write it.
  func shown(_ path: String) -> String {
    path.hasPrefix("\(folder)/") ? String(path.dropFirst(folder.utf8.count + 1)) : path
  }

  /// An environment variable that says something; an empty one says nothing.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

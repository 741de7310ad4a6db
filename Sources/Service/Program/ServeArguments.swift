package import HTTP
package import Platform
package import PromptRegistry

/// The words behind `stet-serve`.
package struct ServeArguments: Sendable {
  var ledger: String?
  var state: String?
  var listen = "127.0.0.1:7878"
  var certificate: String?
  var key: String?
  var threads = 1
  var service = ServiceOptions()
  var limits = ServerLimits()
  var proxy = Proxy.none
  var log = Log.quiet

  /// Whether something before the service ends TLS.
  enum Proxy: Sendable { case none, endsTLS }
  /// Whether each request is written down.
  enum Log: Sendable { case quiet, requests }

  /// Reads the words; throws a sentence about the first that makes no sense.
  package init(_ words: [String]) throws(ServeProblem) {
    var words = words[...]
    while let word = words.popFirst() {
      switch word {
      case "--behind-proxy": proxy = .endsTLS
      case "--log": log = .requests
      case _:
        guard let value = words.popFirst() else { throw .usage("'\(word)' needs a value") }
        try take(word, value)
      }
    }
    guard ledger != nil, state != nil else { throw .usage("--ledger and --state are needed") }
    guard (certificate == nil) == (key == nil) else {
      throw .usage("--tls-cert and --tls-key belong together")
    }
  }

  private static let numbers: [String: WritableKeyPath<ServeArguments, Int> & Sendable] = [
    "--threads": \.threads,
    "--connections": \.limits.connections,
    "--connections-per-address": \.limits.connectionsPerAddress,
    "--header-bytes": \.limits.headerBytes,
    "--body-bytes": \.limits.bodyBytes,
    "--idle-seconds": \.limits.idleSeconds,
    "--request-seconds": \.limits.requestSeconds,
    "--event-streams": \.limits.eventStreams,
    "--requests-per-second": \.service.requestsPerSecond,
  ]

  private mutating func take(_ word: String, _ value: String) throws(ServeProblem) {
    switch word {
    case "--ledger": ledger = value
    case "--state": state = value
    case "--listen": listen = value
    case "--tls-cert": certificate = value
    case "--tls-key": key = value
    case "--cache":
      guard let bytes = Self.bytes(value) else {
        throw .usage("'\(value)' is no size such as '256MB'")
      }
      service.cacheBytes = bytes
    case _:
      guard let path = Self.numbers[word] else { throw .usage("'\(word)' is no option") }
      guard let number = Int(value), number > 0 else {
        throw .usage("'\(word)' needs a number greater than 0, not '\(value)'")
      }
      self[keyPath: path] = number
    }
  }

  static func bytes(_ text: String) -> Int? {
    for (unit, shift) in [("KB", 10), ("MB", 20), ("GB", 30), ("", 0)] where text.hasSuffix(unit) {
      guard let count = Int(text.dropLast(unit.count)), count >= 0, count < 1 << 30 else {
        return nil
      }
      return count << shift
    }
    return nil
  }
}

/// Why the service does not start.
package enum ServeProblem: Error, Sendable {
  case usage(String)
  case registry(RegistryError)
  case platform(PlatformError)
  case server(ServerError)
  case exposedAddress(String, hint: String)

  /// What a person reads.
  var message: String {
    switch self {
    case .usage(let text): text
    case .registry(let error):
      ErrorText.message(error) + (ErrorText.hint(error).map { "\nhint: \($0)" } ?? "")
    case .platform(let error): "\(error)"
    case .server(.platform(let error)): "it cannot listen there: \(error)"
    case .server(.badCertificate):
      "the certificate or its key cannot be used, or they do not belong together"
    case .server(.cannotStart): "the system gives too few files or threads"
    case .server(.cannotReload): "the service has stopped"
    case .exposedAddress(let text, let hint): "\(text)\nhint: \(hint)"
    }
  }

  /// What the process ends with.
  var exitCode: Int32 {
    switch self {
    case .usage, .exposedAddress: 2
    case .registry(let error): error.code.exitCode
    case .platform, .server: 3
    }
  }
}

import HTTP

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
      // How errors are told, even those about these words: `ServeTool` looks for it first.
      case "--json": continue
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

import Platform
import PromptRegistry

/// Reads from a service with the program `curl`, which knows proxies, certificates and TLS.
struct WebClient {
  private let service: ServiceURL
  private let token: String?
  private let environment: [String: String]
  var sendsToken: Bool { token != nil }

  /// The variable that holds the token.
  static let tokenVariable = "STET_TOKEN"
  private static let timeoutSeconds = 60
  /// The largest answer.
  private static let byteLimit = 32 << 20
  /// What `curl` may know of our surroundings.
  private static let passedOn = [
    "PATH", "HOME", "http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY",
    "all_proxy", "ALL_PROXY", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR",
  ]

  /// Refuses to send a token where others could read it on the way.
  init(_ service: ServiceURL, _ session: Session) throws(CommandError) {
    self.service = service
    token = session.surroundings.variable(Self.tokenVariable)
    environment = session.surroundings.environment.filter { Self.passedOn.contains($0.key) }
    guard token != nil else { return }
    guard service.isPrivate else { throw .pinning(.unencrypted(service.text)) }
    guard token?.utf8.allSatisfy(Self.isTokenByte) ?? true else { throw .pinning(.badToken) }
  }

  /// What the service answers for a path that is encoded already; no status is an error here.
  func get(_ path: String) throws(CommandError) -> WebAnswer {
    var settings = "url = \"\(service.text)\(path)\"\n"
    // On the command line everybody on this machine could read it.
    if let token { settings += "header = \"Authorization: Bearer \(token)\"\n" }
    var command = Platform.Command(
      "curl",
      [
        "--disable", "--silent", "--show-error", "--include", "--suppress-connect-headers",
        "--globoff", "--path-as-is", "--proto", "=http,https",
        "--max-time", "\(Self.timeoutSeconds)", "--max-filesize", "\(Self.byteLimit)",
        "--config", "-",
      ], environment: environment)
    command.input = Array(settings.utf8)
    command.timeoutSeconds = Self.timeoutSeconds + 5
    command.outputLimit = Self.byteLimit
    let outcome = try run(command)
    guard outcome.ending.isSuccess else {
      throw .pinning(.offline(service.text, Silence(outcome.ending)))
    }
    guard let answer = WebAnswer(outcome.output) else {
      throw .pinning(.notAService(service.text))
    }
    return answer
  }

  private func run(_ command: Platform.Command) throws(CommandError) -> Platform.Outcome {
    do throws(PlatformError) { return try Subprocess.run(command) } catch {
      if case .missing = error { throw .pinning(.noCurl) }
      throw .platform(error)
    }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte)
      && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}

/// Why no answer came, by what `curl` ended with.
enum Silence: Hashable {
  case unknownHost, nobodyListens, timeout, badCertificate, tooLong, brokenOff
  case other(Ending)

  init(_ ending: Ending) {
    self =
      switch ending {
      case .exited(6): .unknownHost
      case .exited(7): .nobodyListens
      case .exited(28): .timeout
      case .exited(60), .exited(77): .badCertificate
      case .exited(63): .tooLong
      case .exited(18), .exited(52), .exited(56): .brokenOff
      case .exited, .killed: .other(ending)
      }
  }
}

extension Silence: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknownHost: "there is no such host"
    case .nobodyListens: "nobody listens there"
    case .timeout: "no answer came in time"
    case .badCertificate: "nobody this machine trusts vouches for its certificate"
    case .tooLong: "its answer is too long"
    case .brokenOff: "it broke off"
    case .other(.exited(let status)): "'curl' ended with \(status)"
    case .other(.killed(let signal)): "'curl' was ended by signal \(signal)"
    }
  }
}

/// A status, headers in lower case, and a body.
struct WebAnswer {
  let status: Int
  let headers: [String: String]
  let body: [UInt8]

  /// Reads what `curl --include` writes; nil for anything else.
  init?(_ bytes: [UInt8]) {
    let separator = Array("\r\n\r\n".utf8)
    guard let end = bytes.firstRange(of: separator) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
      return nil
    }
    self.status = status
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    self.headers = headers
    body = Array(bytes[end.upperBound...])
  }
}

extension WebClient {
  /// A reference as it stands in a path.
  static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { encoded, byte in
      if isPlain(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case _: "-._~/@:".utf8.contains(byte)
    }
  }

  /// The text of a header that is encoded beyond ASCII; what is badly encoded stays as it is.
  static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

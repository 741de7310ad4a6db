/// Where a service answers: `https://prompts.example.com`, perhaps with a path in front of `/v1`.
struct ServiceURL: Hashable {
  /// The URL without a slash at its end.
  let text: String
  private let scheme: Scheme
  private let host: Substring

  private enum Scheme: String, CaseIterable { case http = "http://", https = "https://" }

  /// Whether the text means a service and not a folder.
  static func isMeant(by text: String) -> Bool {
    Scheme.allCases.contains { text.hasPrefix($0.rawValue) }
  }

  /// Refuses what could mean anything else than a host, a port and a path.
  init(_ text: String) throws(CommandError) {
    guard let scheme = Scheme.allCases.first(where: { text.hasPrefix($0.rawValue) }) else {
      throw .pinning(.badURL(text))
    }
    let rest = text.dropFirst(scheme.rawValue.count)
    let authority = rest.prefix { $0 != "/" }
    guard !authority.isEmpty, text.utf8.allSatisfy(Self.isPlain) else {
      throw .pinning(.badURL(text))
    }
    var text = text
    while text.hasSuffix("/") { text.removeLast() }
    self.text = text
    self.scheme = scheme
    let isNumeric = authority.hasPrefix("[")
    host =
      isNumeric ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
  }

  /// Whether nobody else can read what is sent there.
  var isPrivate: Bool {
    switch scheme {
    case .https: true
    case .http: host == "localhost" || host == "[::1]" || Self.isLoopback(host)
    }
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// No user, no query, no fragment, nothing that a shell or curl gives a meaning.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case _: "-._~/:[]".utf8.contains(byte)
    }
  }
}

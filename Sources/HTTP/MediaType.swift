/// A media type such as `application/json`, with its parameters.
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
  /// `application` in `application/json`, in lower case.
  package let type: String
  /// `json` in `application/json`, in lower case.
  package let subtype: String
  /// Parameters such as `charset`, names in lower case.
  package let parameters: [String: String]

  /// Answers to programs.
  package static let json = MediaType("application", "json")
  /// Errors to programs, as RFC 9457 has them.
  package static let problem = MediaType("application", "problem+json")
  /// Sources, and what is for eyes only.
  package static let text = MediaType("text", "plain", ["charset": "utf-8"])
  /// Pages.
  package static let html = MediaType("text", "html", ["charset": "utf-8"])
  /// Server-sent events.
  package static let eventStream = MediaType("text", "event-stream")

  /// A type from its parts.
  package init(_ type: String, _ subtype: String, _ parameters: [String: String] = [:]) {
    self.type = type
    self.subtype = subtype
    self.parameters = parameters
  }

  /// Reads the form of `Content-Type`, or one range of `Accept`.
  package init?(header: some StringProtocol) {
    let parts = header.split(separator: ";", omittingEmptySubsequences: false)
      .map { Headers.trimmed($0) }
    let names = parts[0].lowercased().split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, names.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
      return nil
    }
    type = String(names[0])
    subtype = String(names[1])
    var parameters: [String: String] = [:]
    for part in parts.dropFirst() where !part.isEmpty {
      guard let equals = part.firstIndex(of: "=") else { return nil }
      var value = part[part.index(after: equals)...]
      if value.count >= 2, value.first == "\"", value.last == "\"" {
        value = value.dropFirst().dropLast()
      }
      parameters[Headers.trimmed(part[..<equals]).lowercased()] = String(value)
    }
    self.parameters = parameters
  }

  package var description: String {
    "\(type)/\(subtype)"
      + parameters.sorted { $0.key < $1.key }.map { "; \($0.key)=\($0.value)" }.joined()
  }

  /// Whether both name the same type, whatever their parameters.
  package func isSameType(as other: MediaType) -> Bool {
    type == other.type && subtype == other.subtype
  }

  /// The one of `offers` that `accept` likes best, earlier offers first; `nil` if it likes none.
  ///
  /// No `Accept`, or one that cannot be read, likes everything.
  package static func preferred(_ accept: [String], among offers: [MediaType]) -> MediaType? {
    let ranges = accept.compactMap(MediaType.init(header:))
    guard !ranges.isEmpty else { return offers.first }
    var best: (offer: MediaType, quality: Double)?
    for offer in offers {
      let quality = offer.quality(in: ranges)
      if quality > 0, quality > best?.quality ?? 0 { best = (offer, quality) }
    }
    return best?.offer
  }

  private func quality(in ranges: [MediaType]) -> Double {
    let matching = ranges.filter { $0.covers(self) }
    // The most specific range decides, RFC 9110 section 12.5.1.
    guard let range = matching.max(by: { $0.precision < $1.precision }) else { return 0 }
    return range.parameters["q"].map { Double($0) ?? 0 } ?? 1
  }

  private func covers(_ other: MediaType) -> Bool {
    (type == "*" && subtype == "*") || (type == other.type && subtype == "*")
      || isSameType(as: other)
  }

  private var precision: Int { (type == "*" ? 0 : 1) + (subtype == "*" ? 0 : 1) }
}

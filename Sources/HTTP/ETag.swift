/// An entity tag: the name of some exact bytes, or of some meaning (`weak`).
package struct ETag: Hashable, Sendable, CustomStringConvertible {
  /// Whether the tag names bytes or only what they mean.
  package enum Strength: Hashable, Sendable { case strong, weak }

  /// The tag without quotes.
  package let tag: String
  /// Strong unless it says otherwise.
  package let strength: Strength

  /// A tag to send; `tag` holds neither quotes nor control characters.
  package init(_ tag: String, _ strength: Strength = .strong) {
    self.tag = tag
    self.strength = strength
  }

  /// Reads the form of a header, `"…"` or `W/"…"`.
  package init?(header: some StringProtocol) {
    var text = Headers.trimmed(header)[...]
    strength = text.hasPrefix("W/") ? .weak : .strong
    if strength == .weak { text.removeFirst(2) }
    guard text.utf8.count >= 2, text.first == "\"", text.last == "\"" else { return nil }
    tag = String(text.dropFirst().dropLast())
    guard !tag.utf8.contains(where: { $0 <= 0x20 || $0 == 0x22 || $0 == 0x7F }) else { return nil }
  }

  package var description: String {
    strength == .weak ? "W/\"\(tag)\"" : "\"\(tag)\""
  }

  /// Whether both name the same meaning, which is all that `If-None-Match` asks.
  package func weaklyMatches(_ other: ETag) -> Bool { tag == other.tag }
}

/// What `If-None-Match` asks: answer only if the tag is none of these.
package enum NoneMatch: Hashable, Sendable {
  case any
  case tags([ETag])

  /// Reads the header's value; text that follows no rule matches nothing.
  package init(_ value: some StringProtocol) {
    if Headers.trimmed(value) == "*" {
      self = .any
      return
    }
    // A comma may stand inside a tag, so the list is cut after each closing quote.
    var tags: [ETag] = []
    var rest = Substring(value)
    while let open = rest.firstIndex(of: "\"") {
      let afterOpen = rest.index(after: open)
      guard let close = rest[afterOpen...].firstIndex(of: "\"") else { break }
      let prefix = rest[..<open].drop { $0 == " " || $0 == "\t" || $0 == "," }
      guard let tag = ETag(header: "\(prefix)\(rest[open...close])") else { break }
      tags.append(tag)
      rest = rest[rest.index(after: close)...]
    }
    self = .tags(tags)
  }

  /// Whether the requester already has what `tag` names.
  package func matches(_ tag: ETag) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { $0.weaklyMatches(tag) }
    }
  }
}

/// `<<<dotprompt:…>>>` written by hand in a template: structure in the reference, and so here.
package struct HandwrittenMarker: Hashable, Sendable {
  /// What the marker says.
  package enum Kind: Hashable, Sendable {
    case role(String)
    case history
    case section(String)
    case media(url: String, contentType: String?)
  }

  package let kind: Kind
  package let range: Range<Int>

  private static let opening = Array("<<<dotprompt:".utf8)
  private static let closing = Array(">>>".utf8)

  /// The markers in a part of a source, in order.
  package static func all(in source: [UInt8], _ part: Range<Int>) -> [HandwrittenMarker] {
    var markers: [HandwrittenMarker] = []
    var place = part.lowerBound
    while place + opening.count < part.upperBound {
      guard source[place] == opening[0], source[place..<part.upperBound].starts(with: opening),
        let marker = marker(at: place, in: source[..<part.upperBound])
      else {
        place += 1
        continue
      }
      markers.append(marker)
      place = marker.range.upperBound
    }
    return markers
  }

  private static func marker(at start: Int, in source: ArraySlice<UInt8>) -> HandwrittenMarker? {
    let from = start + opening.count
    var end = from
    while end + closing.count <= source.endIndex, source[end] != UInt8(ascii: "\n") {
      if source[end...].starts(with: closing) {
        let inside = String(decoding: source[from..<end], as: UTF8.self)
        guard let kind = kind(inside) else { return nil }
        return HandwrittenMarker(kind: kind, range: start..<end + closing.count)
      }
      end += 1
    }
    return nil
  }

  private static func kind(_ inside: String) -> Kind? {
    if inside == "history" { return .history }
    if let role = rest(of: inside, after: "role:"), role.allSatisfy(\.isASCIILowercase) {
      return .role(role)
    }
    let words = inside.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if words[0] == "section", words.count > 1 { return .section(words[1]) }
    guard words[0] == "media:url", words.count > 1 else { return nil }
    return .media(url: words[1], contentType: words.count > 2 ? words[2] : nil)
  }

  private static func rest(of text: String, after prefix: String) -> String? {
    guard text.hasPrefix(prefix), text.count > prefix.count else { return nil }
    return String(text.dropFirst(prefix.count))
  }
}

extension Character {
  fileprivate var isASCIILowercase: Bool { ("a"..."z").contains(self) }
}

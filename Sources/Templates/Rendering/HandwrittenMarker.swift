/// `<<<dotprompt:…>>>` written by hand in a template: structure in the reference, and so here.
package struct HandwrittenMarker: Hashable, Sendable {
  /// What the marker says.
  package enum Kind: Hashable, Sendable {
    case role(String)
    case history
    case section(String)
    case media(url: String, contentType: String?)
  }

  /// What it stands for.
  package let kind: Kind
  /// The bytes of the marker in the source.
  package let range: Range<Int>

  private static let opening = Array("<<<dotprompt:".utf8)
  private static let closing = Array(">>>".utf8)

  /// The markers in a part of a source, in order; linear in its length.
  package static func all(in source: [UInt8], _ part: Range<Int>) -> [HandwrittenMarker] {
    let bytes = source[part]
    var markers: [HandwrittenMarker] = []
    var place = part.lowerBound
    var ends = MarkerEnds(bytes)
    while place + opening.count < part.upperBound {
      guard bytes[place] == opening[0], bytes[place...].starts(with: opening),
        let end = ends.end(from: place + opening.count, closing),
        let kind = kind(bytes[place + opening.count..<end])
      else {
        place += 1
        continue
      }
      markers.append(HandwrittenMarker(kind: kind, range: place..<end + closing.count))
      place = end + closing.count
    }
    return markers
  }

  private static func kind(_ inside: ArraySlice<UInt8>) -> Kind? {
    if inside.elementsEqual("history".utf8) { return .history }
    if let role = rest(of: inside, after: "role:") {
      let isWord = !role.isEmpty && role.allSatisfy { (0x61...0x7A).contains($0) }
      return isWord ? .role(String(decoding: role, as: UTF8.self)) : nil
    }
    if let name = rest(of: inside, after: "section ") { return .section(words(name)[0]) }
    guard let link = rest(of: inside, after: "media:url ") else { return nil }
    let words = words(link)
    return .media(url: words[0], contentType: words.count > 1 ? words[1] : nil)
  }

  private static func words(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func rest(
    of bytes: ArraySlice<UInt8>, after prefix: String
  ) -> ArraySlice<UInt8>? {
    bytes.starts(with: prefix.utf8) ? bytes.dropFirst(prefix.utf8.count) : nil
  }
}

/// Where the next `>>>` of the same line is, for rising places in one walk.
private struct MarkerEnds {
  private let bytes: ArraySlice<UInt8>
  /// From `start` on, the first end of a marker or of a line is at `found`.
  private var start = 0
  private var found = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// Nil where the line, or the text, ends first.
  mutating func end(from place: Int, _ closing: [UInt8]) -> Int? {
    if !(start...found).contains(place) || start == found {
      start = place
      found = place
      while found < bytes.endIndex, bytes[found] != UInt8(ascii: "\n"),
        !(bytes[found] == closing[0] && bytes[found...].starts(with: closing))
      {
        found += 1
      }
    }
    return found < bytes.endIndex && bytes[found] != UInt8(ascii: "\n") ? found : nil
  }
}

/// Where the next page of a list begins, as a text that clients hand back unread.
package struct Cursor: Hashable, Sendable, CustomStringConvertible {
  /// The key of the last item that was listed; the next page begins behind it.
  package let last: String

  /// Longer texts are no cursors.
  package static let byteLimit = 512

  /// A cursor behind an item.
  package init(after last: String) { self.last = last }

  /// Reads what a client handed back; nil for anything that was never handed out.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.byteLimit, let bytes = Base64URL.decode(text),
      bytes.first == Self.version,
      let last = String(validating: bytes.dropFirst(), as: UTF8.self)
    else { return nil }
    self.last = last
  }

  package var description: String { Base64URL.encode([Self.version] + Array(last.utf8)) }

  private static let version = UInt8(ascii: "1")
}

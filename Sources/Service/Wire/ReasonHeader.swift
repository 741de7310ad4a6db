import HTTP

/// A reason as a header of an answer carries it: percent-encoded beyond ASCII, and where it
/// is long, its beginning. A reason may have 16 KiB, and all headers of an answer have less room.
package enum ReasonHeader {
  /// The most bytes of the value, the ellipsis included.
  package static let byteLimit = 512

  /// The value for a reason; it is cut between two characters.
  package static func value(_ reason: String) -> String {
    let whole = encoded(reason)
    guard whole.utf8.count > byteLimit else { return whole }
    let ellipsis = encoded("…")
    var beginning = ""
    for character in reason {
      let next = encoded(String(character))
      let size = beginning.utf8.count + next.utf8.count + ellipsis.utf8.count
      guard size <= byteLimit else { break }
      beginning += next
    }
    return beginning + ellipsis
  }

  private static func encoded(_ text: String) -> String {
    PercentCoding.encode(text, keeping: " !'()*,:;/?&=+$@#")
  }
}

/// Names by which a browser on this machine means this machine.
///
/// While the service is open, a page from elsewhere could give its own name this machine's address
/// and read everything; what is asked under such a name is refused.
enum LoopbackHost {
  /// Whether the value of `Host` is such a name; asked for each request, so that nothing is
  /// allocated.
  static func isOne(_ host: Span<UInt8>) -> Bool {
    let end = nameEnd(in: host)
    return isWord(host, end) || isLoopbackAddress(host, end)
  }

  /// The same of a text.
  static func isOne(_ host: String) -> Bool { isOne(Array(host.utf8).span) }

  /// Where a port begins, or the end.
  private static func nameEnd(in host: Span<UInt8>) -> Int {
    var place = host.count
    while place > 0 {
      place -= 1
      if host[place] == UInt8(ascii: ":") { return place }
      guard isDigit(host[place]) else { break }
    }
    return host.count
  }

  private static let words = [Array("localhost".utf8), Array("[::1]".utf8)]

  /// Names have no case, and may say with a dot that they are whole.
  private static func isWord(_ host: Span<UInt8>, _ end: Int) -> Bool {
    let length = end > 0 && host[end - 1] == UInt8(ascii: ".") ? end - 1 : end
    for word in words where word.count == length {
      if word.indices.allSatisfy({ word[$0] == lowercased(host[$0]) }) { return true }
    }
    return false
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// `127.` and three more numbers.
  private static func isLoopbackAddress(_ host: Span<UInt8>, _ end: Int) -> Bool {
    var (parts, number, digits) = (0, 0, 0)
    for place in 0...end {
      let byte = place < end ? host[place] : UInt8(ascii: ".")
      if byte == UInt8(ascii: ".") {
        guard digits > 0, number < 256, parts > 0 || number == 127 else { return false }
        (parts, number, digits) = (parts + 1, 0, 0)
      } else {
        guard isDigit(byte), digits < 3 else { return false }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
      }
    }
    return parts == 4
  }
}

/// Takes lines that end with a line feed, one after the other.
struct LineReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  /// What follows `prefix` in the next line, if it begins so; nil, and nothing taken, if not.
  ///
  /// Bytes that are no UTF-8 come as U+FFFD: the caller compares what it made of the text with the
  /// bytes in the end.
  mutating func take(_ prefix: String) -> String? {
    let rest = bytes[offset...]
    guard rest.starts(with: prefix.utf8), let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      return nil
    }
    let text = rest[(offset + prefix.utf8.count)..<end]
    offset = end + 1
    line += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Says that the next line is not what the grammar wants there.
  func refusal(_ why: String) -> Violation {
    Violation(.grammar, isAtEnd ? "the commit ends too early" : "line \(line) \(why)")
  }
}

/// The shapes of the words of an entry.
enum Word {
  static let memberSizeLimit = 32
  static let actionSizeLimit = 32
  static let headlineSizeLimit = 512

  /// `[a-z][a-z0-9-]{0,31}`
  static func isMember(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.count <= memberSizeLimit
      && text.utf8.allSatisfy {
        isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: "-")
      }
  }

  /// `[a-z]{1,32}`
  static func isAction(_ text: String) -> Bool {
    (1...actionSizeLimit).contains(text.utf8.count) && text.utf8.allSatisfy(isLetter)
  }

  /// Printable ASCII that neither begins nor ends with a space.
  static func isHeadline(_ text: String) -> Bool {
    (1...headlineSizeLimit).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
      && text.utf8.first != 0x20 && text.utf8.last != 0x20
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}

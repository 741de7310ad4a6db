package import PromptRegistry

/// Where the next page of a list begins, as a text that clients hand back unread.
///
/// Hexadecimal digits of the last name, behind the number of this form: so one pattern describes
/// all that are handed out.
package struct Cursor: Hashable, Sendable, CustomStringConvertible {
  /// The last prompt that was listed; the next page begins behind it.
  package let last: PromptName

  private static let form = "1-"

  /// A cursor behind a prompt.
  package init(after last: PromptName) { self.last = last }

  /// Reads what a client handed back; nil for anything that was never handed out.
  package init?(_ text: String) {
    let digits = Array(text.utf8.dropFirst(Self.form.utf8.count))
    guard text.hasPrefix(Self.form), digits.count.isMultiple(of: 2),
      digits.count <= 2 * PromptName.byteLimit
    else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[place..<(place + 2)], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    // What is no name was never handed out.
    guard let last = try? PromptName(String(decoding: bytes, as: UTF8.self)) else { return nil }
    self.init(after: last)
    guard description == text else { return nil }
  }

  package var description: String {
    last.text.utf8.reduce(into: Self.form) { text, byte in
      // A name has no byte below 16, whose number would be one digit.
      text += String(byte, radix: 16)
    }
  }
}

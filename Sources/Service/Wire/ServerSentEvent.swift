/// One event as a stream carries it.
package struct ServerSentEvent: Hashable, Sendable {
  /// What a reader sends back as `Last-Event-ID` when he comes again.
  package let id: Int
  /// What kind of event it is, one word.
  package let name: String
  /// A text, as JSON without line breaks.
  package let data: String

  /// An event; a line break in `name` becomes a space.
  package init(id: Int, name: String, data: String) {
    self.id = id
    self.name = name
    self.data = data
  }

  /// The bytes on the wire.
  package var bytes: [UInt8] {
    let word = String(name.map { $0.isNewline ? " " : $0 })
    // Each of `\r\n`, `\n` and `\r` ends a line for a reader, so each begins a field here.
    let lines = data.split(omittingEmptySubsequences: false) { ["\r\n", "\n", "\r"].contains($0) }
    let fields = ["id: \(id)", "event: \(word)"] + lines.map { "data: \($0)" }
    return Array((fields.joined(separator: "\n") + "\n\n").utf8)
  }

  /// The greatest id that is taken, as JSON has no greater integers.
  package static let idLimit = 9_007_199_254_740_991

  /// The number in a `Last-Event-ID`, blanks around it left out; nil where it is none of ours.
  package static func lastID(_ header: String) -> Int? {
    let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    let digits = header.utf8.split { blanks.contains($0) }
    guard digits.count == 1, let text = String(digits[0]), let id = Int(text),
      (0...idLimit).contains(id), String(id) == text
    else { return nil }
    return id
  }
}

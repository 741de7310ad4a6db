/// JSON as RFC 8259 has it and nothing more; printed as `JSON.stringify` prints it.
package enum JSON {
  /// The one value of a text.
  ///
  /// Refused are: duplicate keys, invalid UTF-8, a byte order mark, halves of surrogate pairs,
  /// numbers beyond binary64, and whatever is larger or deeper than the limits.
  package static func parse(
    _ bytes: [UInt8], limits: NotationLimits = .standard
  ) throws(NotationError) -> Value {
    do throws(Fault) {
      var reader = JSONReader(bytes: bytes, limits: limits)
      return try reader.document()
    } catch {
      throw error.placed(in: bytes)
    }
  }

  /// The value of a text that is at hand as a string.
  package static func parse(
    _ text: String, limits: NotationLimits = .standard
  ) throws(NotationError) -> Value {
    try parse(Array(text.utf8), limits: limits)
  }

  /// `JSON.stringify(value, null, indent)`: compact without an indent, which is capped at 10.
  package static func text(_ value: Value, indent: Int? = nil) -> String {
    String(decoding: bytes(value, indent: indent), as: UTF8.self)
  }

  /// `JSON.stringify(value, null, indent)` with a text as indent, of which 10 UTF-16 units count.
  package static func text(_ value: Value, indent: String) -> String {
    var units = 0
    let capped = indent.unicodeScalars.prefix { scalar in
      units += UTF16.width(scalar)
      return units <= indentLimit
    }
    var writer = JSONWriter(indent: Array(String(capped).utf8))
    writer.write(value)
    return String(decoding: writer.output, as: UTF8.self)
  }

  /// What `text` gives, as UTF-8, without the way through a string.
  package static func bytes(_ value: Value, indent: Int? = nil) -> [UInt8] {
    let width = min(max(indent ?? 0, 0), indentLimit)
    var writer = JSONWriter(indent: Array(repeating: UInt8(ascii: " "), count: width))
    writer.write(value)
    return writer.output
  }

  /// `JSON.stringify` indents by no more than this, whatever it is asked.
  private static let indentLimit = 10
}

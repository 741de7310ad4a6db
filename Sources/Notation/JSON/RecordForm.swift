/// The one way in which a value is written as a record, so that equal values have equal digests.
///
/// It is RFC 8785 (members sorted by the UTF-16 code units of their names; numbers and texts as
/// ECMAScript writes them) set in lines with two spaces of indent and a final newline.
package enum RecordForm {
  /// The canonical bytes; the order of a map's keys makes no difference.
  package static func bytes(_ value: Value) -> [UInt8] {
    var writer = JSONWriter(indent: Array("  ".utf8), keyOrder: .sorted)
    writer.write(value)
    return writer.output + [UInt8(ascii: "\n")]
  }

  /// The value of a record; refuses whatever `bytes` would have written otherwise.
  package static func parse(
    _ bytes: [UInt8], limits: NotationLimits = .standard
  ) throws(NotationError) -> Value {
    let value = try JSON.parse(bytes, limits: limits)
    let canonical = self.bytes(value)
    guard canonical != bytes else { return value }
    let shared = zip(canonical, bytes).prefix { $0 == $1 }.count
    throw NotationError(.notCanonical, at: Position(at: shared, in: bytes))
  }
}

/// YAML 1.2 by its core schema, of which the portable subset is read: no anchors, aliases, tags,
/// duplicate keys, keys that are not texts, or second documents; no numbers that JSON cannot hold.
package enum YAML {
  /// The one document of a text.
  ///
  /// `start` is where the text stands in its file, so that every position is one of the file.
  package static func parse(
    _ bytes: [UInt8], from start: Position = .start, limits: NotationLimits = .standard
  ) throws(NotationError) -> Document {
    do throws(Fault) {
      guard bytes.count <= limits.byteCount else {
        throw Fault(.tooLarge(limit: limits.byteCount), at: limits.byteCount)
      }
      try checkCharacters(bytes)
      var reader = YAMLReader(bytes, from: start, depthLimit: limits.depth)
      return try reader.document()
    } catch {
      throw error.placed(in: bytes, from: start)
    }
  }

  /// The document of a text that is at hand as a string.
  package static func parse(
    _ text: String, from start: Position = .start, limits: NotationLimits = .standard
  ) throws(NotationError) -> Document {
    try parse(Array(text.utf8), from: start, limits: limits)
  }

  /// The value as a block-style document that YAML 1.1 and 1.2 read alike; ends with a newline.
  package static func text(_ value: Value) -> String {
    var writer = YAMLWriter()
    writer.document(value)
    return writer.output
  }

  /// Only UTF-8, and in it only what the standard calls printable.
  private static func checkCharacters(_ bytes: [UInt8]) throws(Fault) {
    var offset = 0
    while offset < bytes.count {
      guard !isPlainASCII(bytes[offset]) else {
        offset += 1
        continue
      }
      guard let scalar = bytes[offset...].firstScalar else { throw Fault(.invalidUTF8, at: offset) }
      guard isPrintable(scalar) else { throw Fault(.controlCharacter(scalar), at: offset) }
      offset += UTF8.width(scalar)
    }
  }

  private static func isPlainASCII(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// The `c-printable` of the standard, without the white space that ASCII has.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x84, 0x86...0x9F, 0xFFFE, 0xFFFF: false
    default: true
    }
  }
}

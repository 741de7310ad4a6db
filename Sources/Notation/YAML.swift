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
      return try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(Fault) in
        var reader = YAMLReader(
          parser: unsafe YAMLParser(buffer), cursor: PositionCursor(bytes: bytes, from: start),
          depthLimit: limits.depth)
        return try reader.document()
      }
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

  /// libfyaml takes any bytes and cuts a value where they are not UTF-8, so they are looked at
  /// first.
  private static func checkCharacters(_ bytes: [UInt8]) throws(Fault) {
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        guard byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
          throw Fault(.controlCharacter(Unicode.Scalar(byte)), at: offset)
        }
        offset += 1
      } else {
        guard let scalar = bytes[offset...].firstScalar else {
          throw Fault(.invalidUTF8, at: offset)
        }
        guard isPrintable(scalar) else { throw Fault(.controlCharacter(scalar), at: offset) }
        offset += UTF8.width(scalar)
      }
    }
  }

  /// The `c-printable` of the standard, for scalars beyond ASCII.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x84, 0x86...0x9F, 0xFFFE, 0xFFFF: false
    default: true
    }
  }
}

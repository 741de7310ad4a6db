/// Percent-encoding as RFC 3986 has it, read strictly.
package enum PercentCoding {
  /// The text that `encoded` stands for; every flaw is an error, nothing is repaired.
  package static func decode(
    _ encoded: some Collection<UInt8>, plus: PlusMeaning = .plus
  ) throws(TargetFlaw) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoded.count)
    var rest = encoded[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexValue),
          let low = rest.popFirst().flatMap(hexValue)
        else { throw .badPercentEncoding }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plus == .space:
        bytes.append(UInt8(ascii: " "))
      case 0...0x20, 0x7F:
        throw .forbiddenByte(byte)
      default:
        bytes.append(byte)
      }
    }
    if bytes.contains(0) { throw .forbiddenByte(0) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    return text
  }

  /// `text` with every byte but RFC 3986's unreserved ones, and those of `keeping`, encoded.
  package static func encode(_ text: String, keeping: String = "") -> String {
    var encoded = ""
    for byte in text.utf8 {
      if isUnreserved(byte) || keeping.utf8.contains(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += "%"
        encoded.unicodeScalars.append(hexDigit(byte >> 4))
        encoded.unicodeScalars.append(hexDigit(byte & 15))
      }
    }
    return encoded
  }

  /// Whether `+` is itself, as in a path, or a space, as in a query.
  package enum PlusMeaning: Sendable { case plus, space }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func hexDigit(_ value: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10)
  }
}

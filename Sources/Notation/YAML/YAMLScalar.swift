/// How one text or number is spelt so that YAML 1.1 and 1.2 read the same.
enum YAMLScalar {
  /// On one line: plain where that is safe, else in double quotes.
  static func inline(_ text: String) -> String {
    isSafePlain(text) ? text : quoted(text)
  }

  /// The mark behind `|` that keeps a text's last line breaks; nil if it cannot stand as a block.
  static func literalChomping(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "\n")), text.unicodeScalars.allSatisfy(isSafeInBlock)
    else { return nil }
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first(where: { !$0.isEmpty }), first.first != " ", first.first != "\t",
      lines.allSatisfy({ $0.isEmpty || !$0.allSatisfy { $0 == " " || $0 == "\t" } })
    else { return nil }
    guard lines.last?.isEmpty == true else { return "-" }
    return lines.dropLast().last?.isEmpty == true ? "+" : ""
  }

  /// YAML 1.1 takes an exponent only behind a point.
  static func text(of number: Double) -> String {
    if number == 0, number.sign == .minus { return "-0.0" }
    let text = NumberText.text(of: number)
    guard let mark = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return "\(text[..<mark]).0\(text[mark...])"
  }
}

extension YAMLScalar {
  private static func isSafePlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isSafeFirst(first) else { return false }
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      guard isSafeInLine(scalar), !(previous == ":" && scalar == " "),
        !(previous == " " && scalar == "#")
      else { return false }
      previous = scalar
    }
    return previous != " " && previous != ":"
      && PlainScalar.reading(of: text) == .text && PlainScalar.olderReading(of: text) == .text
  }

  /// Letters, digits and marks that begin nothing else in any version.
  private static func isSafeFirst(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "/", "(", "$": true
    default: scalar.value >= 0x80 && scalar.properties.isAlphabetic
    }
  }

  private static func isSafeInLine(_ scalar: Unicode.Scalar) -> Bool {
    scalar >= " " && scalar != "\u{7F}" && isSafe(scalar)
  }

  private static func isSafeInBlock(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || isSafeInLine(scalar)
  }

  /// Excluded are the line breaks that YAML 1.1 knows and 1.2 does not, and the byte order mark.
  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x85, 0x2028, 0x2029, 0xFEFF: false
    default: YAML.isPrintable(scalar)
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where isSafeInLine(scalar): quoted.unicodeScalars.append(scalar)
      default: quoted += "\\u\(scalar.value.hex(width: 4))"
      }
    }
    return quoted + "\""
  }
}

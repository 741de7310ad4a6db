/// URIs of RFC 3986 and IRIs of RFC 3987, by their grammar.
enum URIFormat {
  static func isURI(_ text: String, _ repertoire: CharacterRepertoire) -> Bool {
    URIReference(text).scheme != nil && isReference(text, repertoire)
  }

  static func isReference(_ text: String, _ repertoire: CharacterRepertoire) -> Bool {
    let parts = URIReference(text)
    if parts.scheme == nil, parts.authority == nil {
      // Else the first segment would be taken for a scheme.
      let first = parts.path.utf8.prefix { $0 != UInt8(ascii: "/") }
      guard !first.contains(UInt8(ascii: ":")) else { return false }
    }
    return isAuthority(parts.authority ?? "", repertoire)
      && isText(parts.path, also: ":@/", repertoire)
      && isText(parts.query ?? "", also: ":@/?", repertoire)
      && isText(parts.fragment ?? "", also: ":@/?", repertoire)
  }

  private static func isAuthority(_ text: String, _ repertoire: CharacterRepertoire) -> Bool {
    var rest = text.utf8[...]
    if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
      guard isText(String(Substring(rest[..<at])), also: ":", repertoire) else { return false }
      rest = rest[at...].dropFirst()
    }
    if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
      guard isLiteral(rest[..<end].dropFirst()) else { return false }
      rest = rest[end...].dropFirst()
    } else {
      let host = rest.prefix { $0 != UInt8(ascii: ":") }
      guard isText(String(Substring(host)), also: "", repertoire) else { return false }
      rest = rest.dropFirst(host.count)
    }
    return rest.isEmpty
      || rest.first == UInt8(ascii: ":") && rest.dropFirst().allSatisfy(\.isDigit)
  }

  /// What stands between brackets: IPv6, or `v1.` and an address of a kind to come.
  private static func isLiteral(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "v") else {
      return AddressFormat.isIPv6(text)
    }
    let halves = text.dropFirst().split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    return halves.count == 2 && !halves[0].isEmpty && !halves[1].isEmpty
      && halves[0].allSatisfy { $0.hexValue != nil }
      && halves[1].allSatisfy { isUnreserved($0) || isDelimiter($0) || $0 == UInt8(ascii: ":") }
  }

  private static func isText(
    _ text: String, also others: StaticString, _ repertoire: CharacterRepertoire
  ) -> Bool {
    var scanner = FormatScanner(text)
    while !scanner.isAtEnd {
      let plain = scanner.takeAll { byte in
        isUnreserved(byte) || isDelimiter(byte) || others.description.utf8.contains(byte)
          || (byte >= 0x80 && repertoire == .international)
      }
      guard scanner.takePercent() || !plain.isEmpty else { return false }
    }
    return true
  }

  static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte)
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool { "!$&'()*+,;=".utf8.contains(byte) }
}

/// URI templates of RFC 6570.
enum URITemplateFormat {
  static func isTemplate(_ text: String) -> Bool {
    var scanner = FormatScanner(text)
    while !scanner.isAtEnd {
      if scanner.take("{") {
        guard takeExpression(&scanner) else { return false }
      } else {
        let literals = scanner.takeAll { byte in
          byte > 0x20 && byte != 0x7F && !"\"%<>\\^`{|}".utf8.contains(byte)
        }
        guard scanner.takePercent() || !literals.isEmpty else { return false }
      }
    }
    return true
  }

  private static func takeExpression(_ scanner: inout FormatScanner) -> Bool {
    _ = scanner.takeAny(of: "+#./;?&")
    repeat {
      guard takeVariable(&scanner) else { return false }
    } while scanner.take(",")
    return scanner.take("}")
  }

  private static func takeVariable(_ scanner: inout FormatScanner) -> Bool {
    repeat {
      var length = 0
      while scanner.takePercent()
        || !scanner.takeAll(where: { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }).isEmpty
      {
        length += 1
      }
      guard length > 0 else { return false }
    } while scanner.take(".")
    if scanner.take("*") { return true }
    guard scanner.take(":") else { return true }
    let digits = scanner.takeAll(where: \.isDigit)
    return (1...4).contains(digits.count) && digits.first != UInt8(ascii: "0")
  }
}

extension FormatScanner {
  /// Takes `%` and two hexadecimal digits if they are next; a lone `%` is left where it is.
  fileprivate mutating func takePercent() -> Bool {
    var ahead = self
    guard ahead.take("%"), ahead.takeAny(of: "0123456789abcdefABCDEF") != nil,
      ahead.takeAny(of: "0123456789abcdefABCDEF") != nil
    else { return false }
    self = ahead
    return true
  }
}

/// Mailboxes of RFC 5321, and of RFC 6531 with characters beyond ASCII.
enum EmailFormat {
  static func isEmail(_ text: String, _ repertoire: CharacterRepertoire) -> Bool {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let local = text.utf8[..<at]
    let domain = Substring(text.utf8[text.utf8.index(after: at)...])
    return isLocal(local, repertoire) && isDomain(String(domain), repertoire)
  }

  private static func isLocal(
    _ text: Substring.UTF8View, _ repertoire: CharacterRepertoire
  ) -> Bool {
    if text.first == UInt8(ascii: "\"") { return isQuoted(text, repertoire) }
    let atoms = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return atoms.allSatisfy { atom in
      !atom.isEmpty && atom.allSatisfy { isAtomByte($0, repertoire) }
    }
  }

  private static func isAtomByte(_ byte: UInt8, _ repertoire: CharacterRepertoire) -> Bool {
    if byte >= 0x80 { return repertoire == .international }
    return byte.isDigit || byte.isLetter || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  private static func isQuoted(
    _ text: Substring.UTF8View, _ repertoire: CharacterRepertoire
  ) -> Bool {
    guard text.count >= 2, text.last == UInt8(ascii: "\"") else { return false }
    var isEscaped = false
    for byte in text.dropFirst().dropLast() {
      guard byte < 0x80 ? (0x20..<0x7F).contains(byte) : repertoire == .international else {
        return false
      }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\"") {
        return false
      } else {
        isEscaped = byte == UInt8(ascii: "\\")
      }
    }
    return !isEscaped
  }

  private static func isDomain(_ text: String, _ repertoire: CharacterRepertoire) -> Bool {
    if text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") {
      let literal = text.utf8.dropFirst().dropLast()
      let prefix = "IPv6:"
      guard Substring(literal.prefix(prefix.utf8.count)).lowercased() == "ipv6:" else {
        return AddressFormat.isIPv4(literal)
      }
      return AddressFormat.isIPv6(literal.dropFirst(prefix.utf8.count))
    }
    switch repertoire {
    case .ascii: return HostFormat.isHostname(text)
    // A mailbox takes any Unicode in its labels; IDNA's rules are for looking the name up.
    case .international:
      let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      return labels.allSatisfy { label in
        label.contains { $0 >= 0x80 } || HostFormat.isHostname(String(Substring(label)))
      }
    }
  }
}

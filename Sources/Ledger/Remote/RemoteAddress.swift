/// Where a ledger is shared: an address that git understands, and that no option, no program and
/// no password hides in.
package struct RemoteAddress: Hashable, Sendable, CustomStringConvertible {
  /// The longest address, in bytes.
  package static let sizeLimit = 1024
  /// How git may get there.
  static let schemes = ["ssh", "https", "http", "git", "file"]

  /// As it was written.
  package let text: String

  package var description: String { text }

  /// Throws why it is none.
  package init(_ text: String) throws(Flaw) {
    guard !text.isEmpty, text.utf8.count <= Self.sizeLimit,
      text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), text.utf8.first != UInt8(ascii: "-")
    else { throw .malformed }
    if let separator = text.firstRange(of: "://") {
      guard Self.schemes.contains(String(text[..<separator.lowerBound])) else { throw .scheme }
      let host = text[separator.upperBound...].prefix { $0 != "/" }
      let user = host.lastIndex(of: "@").map { host[..<$0] } ?? ""
      guard !user.contains(":") else { throw .password }
    } else if !text.hasPrefix("/") {
      // `user@host:path`, as ssh has it; with two colons git would look for a program.
      guard let colon = text.firstIndex(of: ":"), colon != text.startIndex,
        !text[..<colon].contains("/"), !text[colon...].hasPrefix("::")
      else { throw .malformed }
    }
    self.text = text
  }

  /// Why a text is no such address.
  package enum Flaw: Error, Hashable, Sendable {
    /// Neither `<scheme>://…`, `<host>:<path>` nor an absolute path.
    case malformed
    /// Git would take another way there than the ones we know to be safe.
    case scheme
    /// It names a password, and addresses are written into files that are shared.
    case password
  }
}

extension RemoteAddress.Flaw {
  /// What is wrong with the address, as the end of a sentence.
  package var message: String {
    switch self {
    case .malformed: "it is neither 'scheme://host/path', 'host:path' nor an absolute path"
    case .scheme: "git may go by \(RemoteAddress.schemes.joined(separator: ", ")) only"
    case .password:
      "a password in it would be shared with everybody; git's credential helpers keep it"
    }
  }
}

package import Keys

/// A token as a service shows it; the ledger knows its digest alone.
package struct ServiceToken: Hashable, Sendable {
  /// `stet_` and 64 hexadecimal digits.
  package let text: String

  /// How many random bytes a token is made of.
  package static let byteCount = 32

  /// The token of unpredictable bytes.
  package init(_ bytes: [UInt8]) {
    let digits = Array("0123456789abcdef")
    text = "stet_" + String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// What the ledger holds of it.
  package var hash: Digest { Digest(of: text) }
}

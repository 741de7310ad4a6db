package import Platform

/// Why a ledger was not read, not written, or not believed.
package enum LedgerError: Error, Hashable, Sendable {
  /// A file of a tree is larger than its place allows.
  case tooLarge(path: String, limit: Int)
  /// What somebody wrote may not stand in an entry.
  case text(FreeText.Flaw)
  /// The operating system refused something.
  case platform(PlatformError)
}

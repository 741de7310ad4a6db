import Git

/// Entries that are signed and not yet known to be at the host: kept as references, so that they
/// outlive whatever happens on the way.
struct Outbox {
  private static let prefix = "refs/stet/outbox/"

  let store: ObjectStore

  /// All of them.
  func entries() throws(LedgerError) -> [SignedEntry] {
    let references = try store.references(under: Self.prefix)
    var entries: [SignedEntry] = []
    for reference in references { entries.append(try store.entry(reference.id)) }
    return entries
  }

  /// Keeps an entry until it is dropped.
  func keep(_ entry: SignedEntry) throws(LedgerError) {
    try store.setOwnReference(Self.name(entry), to: entry.id)
  }

  /// Forgets an entry: it has arrived, or it never will.
  func drop(_ entry: SignedEntry) throws(LedgerError) {
    try store.deleteOwnReference(Self.name(entry))
  }

  private static func name(_ entry: SignedEntry) -> String {
    prefix + entry.entry.operation.description
  }
}

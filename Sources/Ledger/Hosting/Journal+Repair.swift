import Git
import Platform

/// What setting a ledger back took away.
package struct Repair: Hashable, Sendable {
  /// Why: the first entry that does not hold.
  package let broken: BrokenEntry
  /// The newest entry before it, where the ledger stands now.
  package let tip: SignedEntry
  /// The reference under which what was taken away is kept.
  package let keptAs: String
}

extension Journal {
  /// Sets a ledger back to the newest entry before which everything holds; nil where all does.
  ///
  /// Nobody has moved onto what follows it, as every reader refuses it, so this is no rollback.
  package func repair() throws(LedgerError) -> Repair? {
    let lock = try WriterLock(store.path)
    guard let found = try repairable() else { return nil }
    let keptAs = "refs/stet/set-aside/\(found.bad.hex)"
    try store.setOwnReference(keptAs, to: found.bad)
    guard try lock.swap(found.tip, in: store, expecting: found.bad) else {
      // Somebody pushed meanwhile.
      throw .busy(seconds: 0)
    }
    return Repair(broken: found.broken, tip: found.tip, keptAs: keptAs)
  }

  private func repairable() throws(LedgerError) -> (
    broken: BrokenEntry, tip: SignedEntry, bad: ObjectID
  )? {
    let verdict = try verify()
    guard let broken = verdict.broken else { return nil }
    guard let tip = verdict.tip, let bad = try store.tip() else { throw .broken(broken) }
    return (broken, try store.entry(tip), bad)
  }
}

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
    guard let (repair, bad) = try repairable() else { return nil }
    try store.setOwnReference(repair.keptAs, to: bad)
    guard try lock.swap(repair.tip, in: store, expecting: bad) else {
      // Somebody pushed meanwhile.
      throw .busy(seconds: 0)
    }
    return repair
  }

  /// What `repair` would do now.
  package func foreseenRepair() throws(LedgerError) -> Repair? { try repairable()?.repair }

  private func repairable() throws(LedgerError) -> (repair: Repair, bad: ObjectID)? {
    let verdict = try verify()
    guard let broken = verdict.broken else { return nil }
    guard let tip = verdict.tip, let bad = try store.tip() else { throw .broken(broken) }
    let repair = Repair(
      broken: broken, tip: try store.entry(tip), keptAs: "refs/stet/set-aside/\(bad.hex)")
    return (repair, bad)
  }
}

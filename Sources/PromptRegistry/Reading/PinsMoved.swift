package import Ledger

extension Registry {
  /// The pins that one entry moved, read from the trees on both sides of it.
  package func pinsMoved(
    by number: Int, from tip: SignedEntry
  ) throws(RegistryError) -> [MovedPin] {
    guard let entry = try entry(number, from: tip), let parent = try parent(of: entry) else {
      throw .unknownEntry(number.description, newest: tip.entry.number)
    }
    let before = try state(after: parent)
    let after = try state(after: entry)
    var moved: [MovedPin] = []
    for environment in after.policy.environments.map(\.name) {
      for name in try after.pinnedNames(in: environment) {
        let old = try before.pin(name, in: environment)
        let new = try after.pin(name, in: environment)
        guard old != new else { continue }
        moved.append(
          MovedPin(name: name, environment: environment, from: old?.live, to: new?.live))
      }
    }
    guard !moved.isEmpty else { throw .conflict(.entryMovedNothing(number)) }
    return moved
  }

  /// The entry with a number, found by going down from a newer one; nil where there is none.
  package func entry(
    _ number: Int, from tip: SignedEntry
  ) throws(RegistryError) -> SignedEntry? {
    var entry = tip
    while entry.entry.number > number {
      guard let parent = try parent(of: entry) else { return nil }
      entry = parent
    }
    return entry.entry.number == number ? entry : nil
  }

  /// The entry before; nil for the first.
  package func parent(of entry: SignedEntry) throws(RegistryError) -> SignedEntry? {
    do throws(LedgerError) {
      return try journal.parent(of: entry)
    } catch {
      throw .ledger(error)
    }
  }
}

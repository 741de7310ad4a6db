package import Ledger

extension Registry {
  /// The pins that one entry moved, read from the trees on both sides of it.
  package func pinsMoved(
    by number: Int, from tip: SignedEntry
  ) throws(RegistryError) -> [MovedPin] {
    guard let entry = try entry(number, from: tip) else {
      throw .unknownEntry(number.description, newest: tip.entry.number)
    }
    guard let parent = try parent(of: entry) else { throw .conflict(.entryMovedNothing(number)) }
    let before = try state(after: parent)
    let after = try state(after: entry)
    var moved: [MovedPin] = []
    for change in try step(to: entry, from: parent).changes {
      guard case .pin(let environment, let name) = Slot(path: change.path) else { continue }
      moved.append(
        MovedPin(
          name: name, environment: environment,
          from: try before.pin(name, in: environment)?.live,
          to: try after.pin(name, in: environment)?.live))
    }
    guard !moved.isEmpty else { throw .conflict(.entryMovedNothing(number)) }
    return moved
  }

  /// The entry before; nil for the first.
  package func parent(of entry: SignedEntry) throws(RegistryError) -> SignedEntry? {
    do throws(LedgerError) {
      return try journal.parent(of: entry)
    } catch {
      throw .ledger(error)
    }
  }

  /// What an entry did behind its parent.
  func step(
    to entry: SignedEntry, from parent: SignedEntry?
  ) throws(RegistryError) -> EntryStep {
    do throws(LedgerError) {
      return try journal.step(to: entry, from: parent)
    } catch {
      throw .ledger(error)
    }
  }
}

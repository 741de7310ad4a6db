import Git
import Platform

extension WriterLock {
  /// Puts a commit in place if the ledger still stands where it is expected to; false where not.
  ///
  /// Throws only when the commit is not in the ledger.
  borrowing func swap(
    _ entry: SignedEntry, in store: ObjectStore, expecting: ObjectID?
  ) throws(LedgerError) -> Bool {
    try note(entry.id)
    defer { clearNote() }
    let deadline = Clock.monotonicNanoseconds() + Int64(Self.timeoutSeconds) * 1_000_000_000
    var waiting = Backoff(firstMicroseconds: 5_000, capMilliseconds: 250)
    while true {
      switch store.swap(to: entry.id, expecting: expecting) {
      case .swapped: return true
      case .modified: return false
      case .locked where Clock.monotonicNanoseconds() < deadline: waiting.pause()
      case .locked: throw .foreignLock(path: Self.gitLock(in: store.path))
      case .ambiguous(let error):
        if try store.holds(entry) { return true }
        throw .git(error)
      }
    }
  }
}

extension ObjectStore {
  func swap(to id: ObjectID, expecting expected: ObjectID?) -> SwapOutcome {
    with { repository throws(Never) in
      repository.compareAndSwap(Self.main, to: id, expecting: expected)
    }
  }

  /// Whether an entry is in the ledger, perhaps behind others by now. Its operation tells: it was
  /// made for this one attempt.
  func holds(_ entry: SignedEntry) throws(LedgerError) -> Bool {
    var next = try tip()
    while let id = next {
      let found = try self.entry(id).entry
      if found.operation == entry.entry.operation { return true }
      guard found.number > entry.entry.operation.firstNumber else { return false }
      next = found.place.link?.parent
    }
    return false
  }
}

package import Git
package import Keys
package import Platform

/// Why a ledger was not read, not written, or not believed.
package enum LedgerError: Error, Hashable, Sendable {
  /// There is no ledger: no repository, or one without entries.
  case missing(path: String)
  /// An entry does not hold; what came before it still does.
  case broken(BrokenEntry)
  /// An entry is of a format that this version does not know.
  case futureFormat(Int, entry: Int)
  /// A file of a tree is larger than its place allows.
  case tooLarge(path: String, limit: Int)
  /// What somebody wrote may not stand in an entry.
  case text(FreeText.Flaw)
  /// The file in which this machine remembers the ledger is none of ours.
  case badMemory(path: String)
  /// The index has another entry under this number than the ledger; it can be made anew.
  case wrongIndex(entry: Int)
  /// What should tell an operation from all others is not 32 hexadecimal digits.
  case badNonce(String)
  /// Every file would be as it was.
  case emptyChange
  /// The entry that was about to be written would not hold, so it was not.
  case refusedByRules([Violation])
  /// The newest entry is from the future, so one of two clocks is wrong.
  case parentAhead(seconds: Int64)
  /// Others were writing for all the time that we were ready to wait.
  case busy(seconds: Int)
  /// Git's lock of the reference was left by a program that is not ours to judge.
  case foreignLock(path: String)
  /// The program that signs failed, and said this.
  case signing(String)
  /// The host that the ledger is shared through could not be reached, or did not do as asked.
  case remote(RemoteAddress, RemoteProblem)
  /// The program that packs failed, and said this.
  case packing(String)
  /// A key or a signature was refused.
  case key(KeyError)
  /// Git's storage refused something.
  case git(GitError)
  /// The operating system refused something.
  case platform(PlatformError)
}

/// An entry that does not hold, with everything that is wrong with it.
package struct BrokenEntry: Error, Hashable, Sendable {
  /// The number that the entry has by its place in the chain; nil where the chain is cut below it.
  package let number: Int?
  /// The commit; nil where it is about the repository as a whole.
  package let commit: ObjectID?
  /// What it breaks, by rising number.
  package let violations: [Violation]

  /// Takes the violations in any order.
  package init(number: Int?, commit: ObjectID?, _ violations: [Violation]) {
    self.number = number
    self.commit = commit
    self.violations = violations.sorted { $0.invariant < $1.invariant }
  }
}

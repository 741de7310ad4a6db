import Git
import Keys

/// Judges one entry by its parent alone: the function that the writer, the hook and every reader
/// share.
struct Inspector {
  /// The most files that one entry may change.
  static let changeLimit = 200_000

  let store: ObjectStore
  let rules: any Rules

  /// What was found of one entry.
  struct Finding {
    /// Everything that it breaks.
    let violations: [Violation]
    /// What it did to the files, as far as its trees could be read.
    let step: EntryStep
  }

  /// What is wrong with an entry behind its parent, and what it changes; nil before the first.
  ///
  /// Throws what keeps us from judging, never what is wrong with the entry. Its own grammar (I2 and
  /// I3) was judged when it was read, and I12 is about no single entry.
  func finding(
    of signed: SignedEntry, after parent: SignedEntry?
  ) throws(LedgerError) -> Finding {
    let entry = signed.entry
    guard entry.format <= Entry.currentFormat else {
      throw .futureFormat(entry.format, entry: entry.number)
    }
    var found = signed.violations(after: parent)
    let signer = Self.signer(of: signed, &found)
    let difference = try difference(from: parent?.entry.tree, to: entry.tree)
    found += difference.violations
    if let digest = difference.digest, digest != entry.change {
      found.append(Violation(.change, "Ledger-Change is not \(digest)"))
    }
    // Rules may rely on it that the first entry, and no other, has no parent and the first number.
    let isPlaced = (parent == nil) == (entry.number == Place.first.number)
    let step = store.step(to: signed, from: parent, difference.changes ?? [])
    if let signer, isPlaced {
      let transition = Transition(
        entry, signer: signer, before: step.before, after: step.after,
        changes: difference.changes)
      let unread = try judge(transition, &found)
      // What cannot be read was said already, unless it lies outside of what changed.
      if let unread, difference.violations.isEmpty { found.append(unread) }
    }
    return Finding(violations: found, step: step)
  }

  /// The key that the signature names, even where the signature does not hold: what else is wrong
  /// is said as well.
  private static func signer(
    of signed: SignedEntry, _ found: inout [Violation]
  ) -> PublicKey? {
    do throws(Violation) {
      return try signed.verifiedSigner()
    } catch {
      found.append(error)
      // A signature that cannot be read names nobody.
      return try? signed.readSignature().publicKey
    }
  }

  /// Adds what the rules find, and returns what they could not read.
  private func judge(
    _ transition: Transition, _ found: inout [Violation]
  ) throws(LedgerError) -> Violation? {
    do throws(LedgerError) {
      try rules.judge(transition, &found)
      return nil
    } catch {
      switch error {
      case .git(let cause):
        guard let violation = cause.violation else { throw error }
        return violation
      case .tooLarge(let path, let limit):
        return Violation(.trees, "'\(path)' is larger than \(limit) bytes")
      case _: throw error
      }
    }
  }
}

// MARK: - What changed

extension ObjectStore {
  /// An entry with the trees on both sides of it.
  func step(
    to entry: SignedEntry, from parent: SignedEntry?, _ changes: [PathChange]
  ) -> EntryStep {
    EntryStep(
      entry: entry,
      before: parent.map { GitTree(store: self, root: $0.entry.tree) } ?? MemoryTree(),
      after: GitTree(store: self, root: entry.entry.tree), changes: changes)
  }
}

extension Inspector {
  private struct Difference {
    /// Nil where the trees cannot be compared.
    var changes: [PathChange]?
    var violations: [Violation] = []
    /// Nil where not every file could be read.
    var digest: Digest?
  }

  /// Compares two trees, reads every file that is new, and looks at I4 and I5 on the way.
  private func difference(
    from first: ObjectID?, to second: ObjectID
  ) throws(LedgerError) -> Difference {
    do throws(GitError) {
      return try store.with { repository throws(GitError) in
        try difference(from: first, to: second, in: repository)
      }
    } catch {
      guard let violation = error.violation else { throw .git(error) }
      return Difference(violations: [violation])
    }
  }

  private func difference(
    from first: ObjectID?, to second: ObjectID, in repository: borrowing Repository
  ) throws(GitError) -> Difference {
    let changes = try repository.changes(from: first, to: second, limit: Self.changeLimit)
    var result = Difference(changes: changes.map { PathChange($0) })
    var digest = ChangeDigest()
    for change in changes {
      guard let blob = change.after else {
        digest.add(change.path, nil)
        continue
      }
      switch try read(blob, at: change.path, in: repository) {
      case .success(let bytes): digest.add(change.path, Digest(of: bytes))
      case .failure(let violation): result.violations.append(violation)
      }
    }
    if result.violations.isEmpty { result.digest = digest.finish() }
    return result
  }

  private func read(
    _ blob: ObjectID, at path: String, in repository: borrowing Repository
  ) throws(GitError) -> Result<[UInt8], Violation> {
    guard let limit = rules.byteLimit(at: path) else {
      return .failure(Violation(.trees, "nothing may lie at '\(path)'"))
    }
    do throws(GitError) {
      return .success(try repository.read(blob, .blob, limit: limit))
    } catch {
      guard let violation = error.violation else { throw error }
      return .failure(Violation(violation.invariant, "'\(path)': \(violation.message)"))
    }
  }
}

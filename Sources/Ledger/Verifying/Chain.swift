import Git
import Keys

/// The commits from one entry up to another, the oldest first.
struct Chain {
  /// The entry that was verified earlier, behind which the chain begins; nil for a chain from the
  /// first entry on.
  let base: SignedEntry?
  /// The commits behind the base.
  let commits: [ObjectID]

  /// The largest commit in which a parent is looked for.
  private static let commitLimit = 1 << 20

  /// The number of the entry at a place, by its place.
  func number(at place: Int) -> Int { (base?.entry.number ?? 0) + place + 1 }

  /// Follows parents from `tip` down to the commit whose bytes have the digest `known`, or to the
  /// first entry where none has.
  ///
  /// Only the parents are looked at: what else is wrong with a commit, its size for one, is found
  /// when it is judged.
  static func down(
    from tip: ObjectID, to known: Digest?, in store: ObjectStore
  ) throws(LedgerError) -> Chain {
    var commits: [ObjectID] = []
    var next: ObjectID? = tip
    while let id = next {
      let bytes: [UInt8]
      do throws(GitError) { bytes = try store.commit(id, limit: Self.commitLimit) } catch {
        throw error.asBrokenEntry(number: nil, commit: id)
      }
      if let known, Digest(of: bytes) == known {
        let base = try store.entry(id)
        return Chain(base: base, commits: commits.reversed())
      }
      commits.append(id)
      next = parent(in: bytes)
    }
    return Chain(base: nil, commits: commits.reversed())
  }

  /// Whether an entry that was verified earlier is one of these, or comes before them.
  func holds(_ remembered: Remembered, in store: ObjectStore) throws(LedgerError) -> Bool {
    let place = remembered.number - number(at: 0)
    guard place >= 0 else {
      guard let base else { return false }
      return try Self.down(from: base.id, to: remembered.commit, in: store).base != nil
    }
    guard commits.indices.contains(place) else { return false }
    return try store.entry(commits[place]).digest == remembered.commit
  }

  /// The first parent that a commit names; nil where it names none that could be read.
  static func parent(in commit: [UInt8]) -> ObjectID? {
    let start = "tree ".utf8.count + 2 * ObjectID.size + 1
    let word = Array("parent ".utf8)
    let hex = start + word.count..<start + word.count + 2 * ObjectID.size
    guard commit.count > hex.upperBound, commit[start..<hex.lowerBound].elementsEqual(word) else {
      return nil
    }
    return ObjectID(hex: String(decoding: commit[hex], as: UTF8.self))
  }
}

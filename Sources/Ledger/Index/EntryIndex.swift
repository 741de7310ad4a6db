import Git
package import Notation

/// Where to look for the entries of a ledger: of each one its commit, its time and what people ask
/// for it by.
///
/// It is made from the ledger and says nothing by itself: whoever finds an entry in it reads the
/// entry again from its commit. Without it every answer is the same, and slower.
package struct EntryIndex: Hashable, Sendable {
  /// The edition of the keywords; one of another edition is made anew.
  let edition: Int
  var commits: [ObjectID] = []
  var times: [Timestamp] = []
  /// The keywords of all entries, one after the other.
  var keywords: [Keyword] = []
  /// Where the keywords of each entry end.
  var ends: [Int] = []

  init(edition: Int) { self.edition = edition }

  mutating func append(_ entry: SignedEntry, _ newKeywords: [Keyword]) {
    commits.append(entry.id)
    times.append(entry.entry.time)
    keywords += newKeywords
    ends.append(keywords.count)
  }

  /// Appends the entries that follow.
  mutating func append(_ rest: EntryIndex) {
    commits += rest.commits
    times += rest.times
    ends += rest.ends.map { keywords.count + $0 }
    keywords += rest.keywords
  }
}

/// Something that people ask for entries by, such as a name, as a number: two may share one.
package struct Keyword: Hashable, Sendable {
  let hash: UInt32

  /// FNV-1a of the text.
  package init(_ text: String) {
    var hash: UInt32 = 0x811C_9DC5
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    self.hash = hash
  }

  init(hash: UInt32) { self.hash = hash }
}

extension EntryIndex {
  /// The part of it that ends with an entry; nil where that is none of its entries.
  func reaching(_ tip: SignedEntry) -> EntryIndex? {
    let count = tip.entry.number
    guard count > 0, count <= commits.count, commits[count - 1] == tip.id else { return nil }
    guard count < commits.count else { return self }
    var part = self
    part.commits.removeSubrange(count...)
    part.times.removeSubrange(count...)
    part.ends.removeSubrange(count...)
    part.keywords.removeSubrange((part.ends.last ?? 0)...)
    return part
  }
}

// MARK: - Finding

extension EntryIndex {
  /// How many entries it knows; the first has number 1.
  package var count: Int { commits.count }

  /// The numbers of the entries that have every one of some keywords, newest first; of entries that
  /// only share a keyword's number as well.
  package func numbers(about wanted: [Keyword]) -> some Sequence<Int> {
    stride(from: count, to: 0, by: -1).lazy.filter { number in
      let known = keywords[(number > 1 ? ends[number - 2] : 0)..<ends[number - 1]]
      return wanted.allSatisfy { known.contains($0) }
    }
  }

  /// The time of an entry.
  package func time(of number: Int) -> Timestamp { times[number - 1] }

  /// The newest entry that is not after a time; nil where all are.
  package func newest(notAfter time: Timestamp) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] > time { high = middle } else { low = middle + 1 }
    }
    return low == 0 ? nil : low
  }

  /// Whether an entry is the one that it has under this number.
  func agrees(with entry: SignedEntry, under number: Int) -> Bool {
    entry.entry.number == number && entry.entry.time == times[number - 1]
  }
}

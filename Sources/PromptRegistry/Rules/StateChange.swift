package import Keys
package import Ledger
package import Notation

/// One entry as the rules see it: who did what, and the states around it.
package struct StateChange {
  package let action: Action
  /// What the entry says of itself.
  package let heading: Heading
  /// The state before; nil for the first entry.
  package let before: State?
  package let after: State
  /// What stands otherwise than before, sorted by path.
  package let changes: [SlotChange]

  package init(
    action: Action, heading: Heading, before: State?, after: State, changes: [SlotChange]
  ) {
    self.action = action
    self.heading = heading
    self.before = before
    self.after = after
    self.changes = changes
  }
}

/// The parts of an entry that the rules compare with what it changes.
package struct Heading: Sendable {
  package let entry: Int
  package let at: Timestamp
  /// The name in the author line.
  package let author: String
  package let key: PublicKey
  package let headline: String
  package let text: String
  package let request: Int?
  package let review: ReviewMark?

  /// What the rules look at in an entry; the key is the one that signed it.
  package init(_ entry: Entry, key: PublicKey) {
    self.entry = entry.number
    at = entry.time
    author = entry.member
    self.key = key
    headline = entry.headline
    text = entry.text
    request = entry.deed.request
    review = entry.deed.review.flatMap { mark in
      ReviewRecord.Decision(rawValue: mark.decision).map {
        ReviewMark(decision: $0, subject: mark.subject)
      }
    }
  }

  init(
    _ place: (entry: Int, at: Timestamp), author: String, key: PublicKey, words: (String, String),
    about: (request: Int?, review: ReviewMark?)
  ) {
    (entry, at) = place
    self.author = author
    self.key = key
    (headline, text) = words
    (request, review) = about
  }
}

/// One slot that stands otherwise than before.
package struct SlotChange: Hashable, Sendable {
  package let slot: Slot
  package let kind: PathChange.Kind

  package init(slot: Slot, kind: PathChange.Kind) {
    self.slot = slot
    self.kind = kind
  }
}

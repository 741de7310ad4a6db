package import Git
package import Keys
package import Notation

/// Everything that a commit says, without its signature; it has exactly one encoding.
package struct Entry: Hashable, Sendable {
  /// The format that this program writes, and the highest it reads.
  package static let currentFormat = 1
  /// The largest commit, in bytes.
  package static let sizeLimit = 64 * 1024

  /// The whole state after the entry.
  package var tree: ObjectID
  /// Where in the chain it stands.
  package var place: Place
  /// Who wrote it and when, as the commit claims.
  package var stamp: Stamp
  /// The first line of the message, made from the change.
  package var headline: String
  /// What people wrote; empty where they wrote nothing.
  package var text: String
  /// `Ledger-Format`.
  package var format: Int
  /// `Ledger-Change`: the digest of what changed.
  package var change: Digest
  /// `Ledger-Op`: which attempt to write this was.
  package var operation: OperationID
  /// What kind of entry it is, and which request or review it is about.
  package var deed: Deed
}

extension Entry {
  /// The entry that a proposal becomes at a place and time.
  package init(
    _ proposal: Proposal, tree: ObjectID, place: Place, time: Timestamp, operation: OperationID
  ) {
    self.tree = tree
    self.place = place
    stamp = Stamp(member: proposal.member, time: time)
    headline = proposal.headline
    text = proposal.text
    format = Self.currentFormat
    change = proposal.change.digest
    self.operation = operation
    deed = proposal.deed
  }

  /// The public number: 1 for the first entry, then one more each.
  package var number: Int { place.number }
  /// Whoever signed it, once `verify` has said that it is so.
  package var member: String { stamp.member }
  /// Never before the time of the entry it follows.
  package var time: Timestamp { stamp.time }
}

/// Where an entry stands in the chain.
package struct Place: Hashable, Sendable {
  /// `Ledger-Seq`.
  package var number: Int
  /// What every entry but the first says of those before it.
  package var link: Link?

  /// What ties an entry to the one before it.
  package struct Link: Hashable, Sendable {
    /// The commit before.
    package var parent: ObjectID
    /// `Ledger-Id`: the SHA-256 of the first commit.
    package var ledgerID: Digest
    /// `Ledger-Prev`: the SHA-256 of the commit before.
    package var previous: Digest

    package init(parent: ObjectID, ledgerID: Digest, previous: Digest) {
      self.parent = parent
      self.ledgerID = ledgerID
      self.previous = previous
    }
  }

  package init(number: Int, link: Link?) {
    self.number = number
    self.link = link
  }

  /// The place of the first entry.
  package static let first = Place(number: 1, link: nil)

  /// The place behind an entry.
  package static func after(_ parent: SignedEntry) -> Place {
    Place(
      number: parent.entry.number + 1,
      link: Link(parent: parent.id, ledgerID: parent.ledgerID, previous: parent.digest))
  }
}

/// The author line of a commit, which is its committer line too.
package struct Stamp: Hashable, Sendable {
  /// The member, whose address is `<member>@stet`.
  package var member: String
  /// To the second, never before 1970.
  package var time: Timestamp
}

/// What kind of entry it is, and which request or review it is about.
package struct Deed: Hashable, Sendable {
  /// `Ledger-Action`.
  package var action: String
  /// `Ledger-Request`.
  package var request: Int?
  /// `Ledger-Decision` and `Ledger-Subject`.
  package var review: Review?

  /// What was decided about which bytes.
  package struct Review: Hashable, Sendable {
    /// `Ledger-Decision`.
    package var decision: String
    /// `Ledger-Subject`.
    package var subject: Digest

    package init(decision: String, subject: Digest) {
      self.decision = decision
      self.subject = subject
    }
  }

  package init(_ action: String, request: Int? = nil, review: Review? = nil) {
    self.action = action
    self.request = request
    self.review = review
  }
}

/// What a decision wants written.
package struct Proposal: Hashable, Sendable {
  /// The member whose key will sign.
  package let member: String
  /// The first line, of printable ASCII.
  package let headline: String
  /// What people wrote, tidied; empty where they wrote nothing.
  package let text: String
  /// The kind of entry and what it is about.
  package let deed: Deed
  /// The files that it puts and takes.
  package var change: Change

  package init(
    _ deed: Deed, member: String, headline: String, text: String, change: Change
  ) {
    self.member = member
    self.headline = headline
    self.text = text
    self.deed = deed
    self.change = change
  }
}

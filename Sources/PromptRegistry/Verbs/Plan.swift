import Contracts
package import Keys
package import Notation

/// What a decision wants written as one entry, and what to tell whoever asked.
package struct Plan<Answer: Sendable>: Sendable {
  package let action: Action
  /// What shall stand in each slot; nil where nothing shall.
  package var edits: [Slot: [UInt8]?]
  package let headline: Headline
  /// Free text, shown below the headline.
  package let text: String
  package var request: Int?
  package var review: ReviewMark?
  package let answer: Answer
  /// The ids of findings on the text that whoever asked says are none.
  package var allowed: Set<String> = []

  /// A plan whose action is the headline's.
  package init(
    _ headline: Headline, text: String, edits: [Slot: [UInt8]?], answer: Answer
  ) {
    action = headline.action
    self.headline = headline
    self.text = text
    self.edits = edits
    self.answer = answer
  }
}

/// What a review says, and of which bytes.
package struct ReviewMark: Hashable, Sendable {
  package let decision: ReviewRecord.Decision
  package let subject: Digest

  package init(decision: ReviewRecord.Decision, subject: Digest) {
    self.decision = decision
    self.subject = subject
  }
}

/// Who writes which entry with which key and when: all that a decision knows beside the state.
package struct Pen: Hashable, Sendable {
  package let member: MemberName
  package let key: PublicKey
  /// The number that the entry will have.
  package let entry: Int
  package let at: Timestamp

  package init(member: MemberName, key: PublicKey, entry: Int, at: Timestamp) {
    self.member = member
    self.key = key
    self.entry = entry
    self.at = at
  }

  /// The one who moves pins with this entry.
  package func mover(request: Int?) -> Mover {
    Mover(by: member, entry: entry, request: request, at: at)
  }
}

/// The kinds of entry.
package enum Action: String, CaseIterable, Sendable {
  case `init`
  case publish
  case yank
  case retire
  case request
  case review
  case close
  case promote
  case revert
  case lock
  case unlock
  case policy
  case service
}

extension Action {
  /// Whether it is a step of a request on its way to being carried out.
  package var isAboutRequest: Bool {
    switch self {
    case .request, .review, .close: true
    case .`init`, .publish, .yank, .retire, .promote, .revert, .lock, .unlock, .policy, .service:
      false
    }
  }

  /// Whether it may change what is live.
  var movesPins: Bool {
    switch self {
    case .promote, .revert: true
    case .`init`, .publish, .yank, .retire, .request, .review, .close, .lock, .unlock, .policy,
      .service:
      false
    }
  }
}

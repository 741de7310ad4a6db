package import Notation

/// Who wants something written, and what else the ledger cannot find out by itself.
package struct Order: Sendable {
  /// Whose key signs.
  package let signer: Signer
  /// The time by the writer's clock.
  package let now: Timestamp
  /// 32 hexadecimal digits by chance: they tell this operation from all others.
  package let nonce: String
  /// The host that decides who was first; nil where that is decided here.
  package var remote: Remote?

  package init(signer: Signer, now: Timestamp, nonce: String) {
    self.signer = signer
    self.now = now
    self.nonce = nonce
  }
}

extension Order {
  /// The name of this operation; every attempt to carry it out has the same.
  func operation(firstNumber: Int) throws(LedgerError) -> OperationID {
    guard let operation = OperationID(firstNumber: firstNumber, nonce: nonce) else {
      throw .badNonce(nonce)
    }
    return operation
  }
}

/// What a decision starts from.
package struct Situation: Sendable {
  /// The entry behind which the new one will stand; nil before the first.
  package let parent: SignedEntry?
  /// Where the new entry will stand; its number is in it.
  package let place: Place
  /// The time that the new entry will have.
  package let time: Timestamp
  /// The state as it is.
  package let tree: any TreeReader
}

/// What shall be written, and what to tell whoever asked for it once it is.
package struct Decision<Answer> {
  /// What shall be written.
  package let proposal: Proposal
  /// What to tell then.
  package let answer: Answer

  package init(_ proposal: Proposal, answer: Answer) {
    self.proposal = proposal
    self.answer = answer
  }
}

/// An entry that is in the ledger, on the disk, and what to tell whoever asked for it.
package struct Written<Answer> {
  /// What was written.
  package let entry: SignedEntry
  /// What to tell.
  package let answer: Answer
}

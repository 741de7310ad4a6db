/// What every entry of a ledger keeps; the numbers are those of `docs/format.md` and never change.
package enum Invariant: Int, CaseIterable, Hashable, Sendable {
  case oneRoot = 1
  case oneParent
  case grammar
  case objectNames
  case trees
  case sequence
  case previous
  case change
  case ledgerID
  case format
  case time
  case noDetours
  case signature
  case enrolled
  case author
  case notRevoked
  case action
  case frozen
  case records
  case requestNumber
  case pin
  case pinMoves
  case review
  case promotion
  case revert
  case policy
  case rights
  case descent
}

extension Invariant: CustomStringConvertible, Comparable {
  /// The short name that reports and tests use: `I7`.
  package var description: String { "I\(rawValue)" }

  /// What it says, as one sentence without a final stop.
  package var sentence: String {
    switch self {
    case .oneRoot: "there is one first entry, and its SHA-256 is the ledger's id"
    case .oneParent: "every other entry has one parent, and none is a merge"
    case .grammar: "the bytes of a commit follow the grammar"
    case .objectNames: "objects hash to their names"
    case .trees: "trees are canonical, never empty, and hold allowed names, modes and sizes only"
    case .sequence: "numbers rise by one"
    case .previous: "Ledger-Prev is the SHA-256 of the parent's bytes"
    case .change: "Ledger-Change is the SHA-256 of what changed"
    case .ledgerID: "Ledger-Id is the same everywhere"
    case .format: "Ledger-Format never falls"
    case .time: "time never falls"
    case .noDetours: "the repository has no replace refs, grafts, alternates or shallow marks"
    case .signature: "the signature is valid, canonical, for git, and a security key was touched"
    case .enrolled: "the key is enrolled in the policy of the parent state"
    case .author: "author and committer are the member whose key signed"
    case .notRevoked: "a revoked key signs nothing"
    case .action: "the trees differ by exactly what the action says"
    case .frozen: "what is published never changes"
    case .records: "records are canonical, and say who, when and what truly"
    case .requestNumber: "a request has the number of its entry"
    case .pin: "a pin names an existing version with its digest, and its life is unbroken"
    case .pinMoves: "pins change by promote and revert only"
    case .review: "a review equals its trailers and names the request as it stands"
    case .promotion: "a promotion keeps the rules of its environment"
    case .revert: "a revert goes back to what was live"
    case .policy: "a policy keeps the rules of policies"
    case .rights: "a member does only what his roles allow"
    case .descent: "the newest entry descends from the one that this machine remembers"
    }
  }

  package static func < (left: Invariant, right: Invariant) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// One invariant that an entry breaks, and how.
package struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which one.
  package let invariant: Invariant
  /// What is wrong here, as one sentence without a final stop.
  package let message: String

  package init(_ invariant: Invariant, _ message: String) {
    self.invariant = invariant
    self.message = message
  }

  package var description: String { "\(invariant): \(message)" }
}

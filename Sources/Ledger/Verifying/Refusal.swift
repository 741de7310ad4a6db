import Git
import Keys
import Platform

/// What was found at a tip that does not hold, so that whoever looks often does not judge it often.
struct Refusal {
  /// How long it counts: an object that is missing may still come.
  static let seconds: Int64 = 30

  /// What the next look finds.
  let found: Result<Standing, LedgerError>
  private let tip: ObjectID
  /// The newest entry that was verified.
  private let known: ObjectID
  private let until = Clock.monotonicNanoseconds() + seconds * 1_000_000_000

  /// Nil where everything holds, nothing was verified ever, or it could not be found out.
  init?(
    of found: Result<Standing, LedgerError>, at tip: ObjectID, behind known: SignedEntry?
  ) {
    let newest: SignedEntry?
    switch found {
    case .success(let standing):
      guard let refused = standing.refused else { return nil }
      newest = standing.tip
      self.found = .success(
        Standing(tip: newest, verified: 0, memoryProblem: nil, refused: refused))
    case .failure(let error):
      guard case .broken = error else { return nil }
      newest = known
      self.found = found
    }
    guard let newest else { return nil }
    self.tip = tip
    self.known = newest.id
  }

  /// Whether that is what would be found there now.
  func counts(at tip: ObjectID?, behind known: SignedEntry?) -> Bool {
    self.tip == tip && self.known == known?.id && Clock.monotonicNanoseconds() < until
  }
}

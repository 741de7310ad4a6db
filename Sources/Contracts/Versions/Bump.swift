/// How far a change moves a prompt's number; the order is that of weight.
package enum Bump: String, CaseIterable, Comparable, Hashable, Sendable {
  case patch
  case minor
  case major
  /// The bump of a prompt that has no release yet; it weighs more than any other.
  case first

  package static func < (left: Bump, right: Bump) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .patch: 0
    case .minor: 1
    case .major: 2
    case .first: 3
    }
  }
}

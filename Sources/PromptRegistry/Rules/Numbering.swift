package import Contracts

/// Which number a version gets: the same rule for whoever publishes and for `verify`.
package struct Numbering: Sendable {
  private let used: UsedNumbers
  private let numbers: [SemanticVersion]

  /// All numbers the name has ever used.
  package init(used: [SemanticVersion]) {
    numbers = used
    self.used = UsedNumbers(used)
  }

  /// The release that a change of this weight gets; nil where that number is taken because the line
  /// has gone on without the version it was made onto.
  package func release(from base: SemanticVersion?, by bump: Bump) -> SemanticVersion? {
    guard let base else {
      return numbers.contains { $0.isRelease } ? nil : used.next(from: nil, by: .first)
    }
    let raised = base.raised(by: bump)
    let taken = numbers.contains { other in
      guard other.isRelease, other >= raised else { return false }
      return switch bump {
      case .major, .first: true
      case .minor: other.major == raised.major
      case .patch: false
      }
    }
    return taken ? nil : used.next(from: base, by: bump)
  }

  /// The pre-release with this tag of what the change aims at.
  package func preRelease(
    _ tag: String, from base: SemanticVersion?, by bump: Bump
  ) -> SemanticVersion? {
    guard release(from: base, by: bump) != nil else { return nil }
    return used.nextPreRelease(tag, from: base, by: bump)
  }

  /// Whether a version may have this number: unused, and where the bump leads.
  package func accepts(
    _ version: SemanticVersion, from base: SemanticVersion?, by bump: Bump
  ) -> Bool {
    guard !numbers.contains(version), let release = release(from: base, by: bump) else {
      return false
    }
    guard !version.isRelease else { return version == release }
    return version.core == release
      && numbers.allSatisfy { $0.core != release || $0 < version }
  }
}

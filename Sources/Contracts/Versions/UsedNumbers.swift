/// Every number a prompt has ever used, yanked and retired ones included: none is used again.
package struct UsedNumbers: Sendable {
  /// Rising.
  private let used: [SemanticVersion]

  /// All versions of one prompt, in any order.
  package init(_ versions: some Sequence<SemanticVersion>) { used = versions.sorted() }

  /// The number that the next change is made from, unless it is made onto an older one.
  package var highestRelease: SemanticVersion? {
    used.last { $0.isRelease }
  }

  /// The release that a change of this weight gets: the base, a release, raised, and on to the next
  /// free number of that line. Without a base it is the first release.
  package func next(from base: SemanticVersion?, by bump: Bump) -> SemanticVersion {
    guard let base, bump != .first else { return free(from: SemanticVersion(1, 0, 0), by: .major) }
    return free(from: base.raised(by: bump), by: bump)
  }

  /// The pre-release with this tag of the release that the change aims at; nil where the tag is no
  /// dotted identifiers, or where a higher pre-release of that core was published already.
  package func nextPreRelease(
    _ tag: String, from base: SemanticVersion?, by bump: Bump
  ) -> SemanticVersion? {
    let core = next(from: base, by: bump)
    guard let tagged = SemanticVersion("\(core)-\(tag)") else { return nil }
    let before = used.filter { $0.core == core && !$0.isRelease }
    let number = before.compactMap { $0.number(under: tagged.preRelease) }.max() ?? 0
    guard let next = SemanticVersion("\(tagged).\(number + 1)"),
      before.allSatisfy({ $0 < next })
    else { return nil }
    return next
  }

  private func free(from start: SemanticVersion, by step: Bump) -> SemanticVersion {
    var number = start
    for taken in used where taken == number { number = number.raised(by: step) }
    return number
  }
}

extension SemanticVersion {
  /// The last number of `beta.3` under the tag `beta`; nil under any other tag.
  fileprivate func number(under tag: [Identifier]) -> Int? {
    guard preRelease.count == tag.count + 1, preRelease.starts(with: tag),
      case .number(let number)? = preRelease.last
    else { return nil }
    return number
  }
}

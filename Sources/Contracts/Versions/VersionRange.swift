/// The versions that `1`, `1.3`, `1.2.3`, `^1.2` or `~1.2.3` asks for, as npm understands them.
///
/// A pre-release is in a range only where the range itself names a pre-release of the same core.
package struct VersionRange: Hashable, Sendable {
  /// The version that an exact range names; nil for every range that can hold more than one.
  package let exact: SemanticVersion?
  private let lowest: SemanticVersion
  /// The first release above the range; its pre-releases are above it too.
  private let end: SemanticVersion
  private let text: String

  /// Nil for anything but the five forms; a caret or tilde may stand before one to three numbers.
  package init?(_ text: String) {
    let mark = text.first.flatMap(Mark.init)
    guard let parts = Self.parts(mark == nil ? text[...] : text.dropFirst()) else { return nil }
    let lowest = parts.lowest
    self.text = text
    self.lowest = lowest
    exact = mark == nil && parts.count == 3 ? lowest : nil
    switch mark {
    case .caret: end = lowest.raised(by: Self.firstNonZero(of: parts))
    case .tilde: end = lowest.raised(by: parts.count == 1 ? .major : .minor)
    case nil: end = lowest.raised(by: [.major, .minor, .patch][parts.count - 1])
    }
  }

  /// Whether this version is one the range asks for.
  package func contains(_ version: SemanticVersion) -> Bool {
    if let exact { return version == exact }
    guard version >= lowest, version.core < end else { return false }
    return version.isRelease || (!lowest.isRelease && version.core == lowest.core)
  }

  /// The version that the range resolves to among these; nil where none is in it.
  package func highest(in versions: some Sequence<SemanticVersion>) -> SemanticVersion? {
    versions.lazy.filter(contains).max()
  }
}

extension VersionRange: CustomStringConvertible {
  package var description: String { text }
}

extension VersionRange {
  private enum Mark: Character {
    case caret = "^"
    case tilde = "~"
  }

  /// One to three numbers, the missing ones zero.
  private struct Parts {
    let lowest: SemanticVersion
    let count: Int
  }

  private static func parts(_ text: Substring) -> Parts? {
    if let version = SemanticVersion(String(text)) { return Parts(lowest: version, count: 3) }
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
      .compactMap(SemanticVersion.number)
    switch numbers.count {
    case 1 where text == "\(numbers[0])":
      return Parts(lowest: SemanticVersion(numbers[0], 0, 0), count: 1)
    case 2 where text == "\(numbers[0]).\(numbers[1])":
      return Parts(lowest: SemanticVersion(numbers[0], numbers[1], 0), count: 2)
    default: return nil
    }
  }

  /// A caret lets everything change that is right of the first number that is not zero.
  private static func firstNonZero(of parts: Parts) -> Bump {
    if parts.lowest.major > 0 || parts.count == 1 { return .major }
    if parts.lowest.minor > 0 || parts.count == 2 { return .minor }
    return .patch
  }
}

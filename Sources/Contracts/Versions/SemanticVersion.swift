import Notation

/// A number of Semantic Versioning 2.0.0 without build metadata, ordered by its precedence.
package struct SemanticVersion: Hashable, Sendable {
  /// Rises with a change that breaks somebody.
  package let major: Int
  /// Rises with a change that adds something.
  package let minor: Int
  /// Rises with every other change.
  package let patch: Int
  /// What follows the hyphen, identifier by identifier; empty for a release.
  package let preRelease: [Identifier]

  /// One dotted part of a pre-release: all digits is a number, anything else a word.
  package enum Identifier: Hashable, Sendable {
    case number(Int)
    case word(String)
  }

  /// The largest number that JSON readers everywhere hold exactly, 2^53 - 1.
  package static let numberLimit = 9_007_199_254_740_991
  /// The longest text of a version, in bytes.
  package static let lengthLimit = 128

  /// A version is a release when nothing follows its core.
  package var isRelease: Bool { preRelease.isEmpty }

  /// The release that a pre-release aims at; a release is its own core.
  package var core: SemanticVersion { SemanticVersion(major, minor, patch) }

  /// Whether nothing but the content can tell it from an earlier version: that is a release, or the
  /// pre-release of the same core with the same words. A release takes over what its own
  /// pre-releases had, and a candidate what a beta had.
  package func repeats(_ earlier: SemanticVersion) -> Bool {
    guard earlier < self else { return false }
    return earlier.isRelease || (earlier.core == core && earlier.words == words && !isRelease)
  }

  /// The pre-release without its last number.
  private var words: [Identifier] {
    if case .number? = preRelease.last { return preRelease.dropLast() }
    return preRelease
  }

  /// The release with these three numbers.
  package init(_ major: Int, _ minor: Int, _ patch: Int) {
    self.init(major, minor, patch, preRelease: [])
  }

  /// Reads `1.2.3` or `1.2.3-beta.1`; nil for anything else, leading zeros and `+build` included.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.lengthLimit else { return nil }
    // Whenever a prompt is published, the names of all its versions are read.
    let bytes = text.utf8.span
    var place = 0
    guard let major = Self.number(bytes, &place), Self.take(".", bytes, &place),
      let minor = Self.number(bytes, &place), Self.take(".", bytes, &place),
      let patch = Self.number(bytes, &place)
    else { return nil }
    if place == bytes.count {
      self.init(major, minor, patch)
      return
    }
    guard Self.take("-", bytes, &place),
      let preRelease = Self.identifiers(Substring(text.utf8.dropFirst(place)))
    else { return nil }
    self.init(major, minor, patch, preRelease: preRelease)
  }

  init(_ major: Int, _ minor: Int, _ patch: Int, preRelease: [Identifier]) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.preRelease = preRelease
  }

  /// The release that a change of this weight makes of it: `first` is always 1.0.0.
  package func raised(by bump: Bump) -> SemanticVersion {
    switch bump {
    case .first: SemanticVersion(1, 0, 0)
    case .major: SemanticVersion(major + 1, 0, 0)
    case .minor: SemanticVersion(major, minor + 1, 0)
    case .patch: SemanticVersion(major, minor, patch + 1)
    }
  }
}

extension SemanticVersion: Comparable {
  package static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    let (one, other) = (left.numbers, right.numbers)
    guard one == other else { return one < other }
    guard !left.isRelease, !right.isRelease else { return !left.isRelease && right.isRelease }
    return left.preRelease.lexicographicallyPrecedes(right.preRelease)
  }

  private var numbers: (Int, Int, Int) { (major, minor, patch) }
}

extension SemanticVersion.Identifier: Comparable, CustomStringConvertible {
  package static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right
    case (.number, .word): true
    case (.word, .number): false
    case (.word(let left), .word(let right)):
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }

  package var description: String {
    switch self {
    case .number(let number): String(number)
    case .word(let word): word
    }
  }
}

extension SemanticVersion: CustomStringConvertible {
  package var description: String {
    let core = "\(major).\(minor).\(patch)"
    guard !isRelease else { return core }
    return core + "-" + preRelease.map(\.description).joined(separator: ".")
  }
}

extension SemanticVersion {
  private static func identifiers(_ text: Substring) -> [Identifier]? {
    var identifiers: [Identifier] = []
    for part in text.parts(between: ".") {
      guard let identifier = identifier(part) else { return nil }
      identifiers.append(identifier)
    }
    return identifiers
  }

  /// A number without leading zeros and within the limit, which is all of the text.
  static func number(_ text: Substring) -> Int? {
    let bytes = Array(text.utf8)
    var place = 0
    let number = number(bytes.span, &place)
    return place == bytes.count ? number : nil
  }

  /// The same at a place of a text, which moves behind it.
  private static func number(_ bytes: Span<UInt8>, _ place: inout Int) -> Int? {
    let start = place
    var number = 0
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      number = number * 10 + Int(bytes[place] - UInt8(ascii: "0"))
      guard number <= numberLimit else { return nil }
      place += 1
    }
    guard place > start, place == start + 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
    return number
  }

  /// Whether a character stands at a place, which then moves behind it.
  private static func take(
    _ character: Unicode.Scalar, _ bytes: Span<UInt8>, _ place: inout Int
  ) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private static func identifier(_ text: Substring) -> Identifier? {
    if isDigits(text) { return number(text).map(Identifier.number) }
    let isWord = !text.isEmpty && text.utf8.allSatisfy(isWordByte)
    return isWord ? .word(String(text)) : nil
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

package import Contracts

/// A way to say which version of which prompt is meant: `support/triage@^1.2`.
package struct Reference: Hashable, Sendable {
  package let name: PromptName
  package let selector: Selector

  /// What may stand behind the `@`.
  package enum Selector: Hashable, Sendable {
    /// The highest release that is not yanked; also what a bare name means.
    case latest
    case exact(SemanticVersion)
    case range(VersionRange)
    case environment(EnvironmentName)
    /// The first hexadecimal digits of a digest.
    case digest(String)
    /// The file in the workspace.
    case draft
  }

  /// The fewest digits of a digest that are taken for one.
  package static let digestPrefixLimit = 12
  /// The digits of a whole digest.
  package static let digestLength = 64

  package init(name: PromptName, selector: Selector) {
    self.name = name
    self.selector = selector
  }

  /// Says what is wrong with the text; a bare name is `latest`.
  package init(_ text: String) throws(RegistryError) {
    guard !text.isEmpty else { throw .badReference(text, .empty) }
    if text.hasPrefix("@") || text.hasPrefix("sha256:") { throw .badReference(text, .nameless) }
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    do throws(InvalidName) {
      name = try PromptName(String(parts[0]))
    } catch {
      throw .badName(error)
    }
    selector = parts.count == 1 ? .latest : try Self.selector(String(parts[1]), in: text)
  }

  /// A text that may leave out the name where it is that of another reference, with the name.
  package static func text(_ text: String, beside other: Reference) -> String {
    text.hasPrefix("@") ? "\(other.name)\(text)" : text
  }

  private static func selector(
    _ text: String, in reference: String
  ) throws(RegistryError) -> Selector {
    if text.isEmpty { throw .badReference(reference, .emptySelector) }
    if text == "latest" { return .latest }
    if text == "draft" { return .draft }
    if text.hasPrefix("sha256:") { return try digest(text.dropFirst(7), in: reference) }
    if let version = SemanticVersion(text) { return .exact(version) }
    if let range = VersionRange(text) { return .range(range) }
    // What is no environment's name either is refused as a whole.
    if let environment = try? EnvironmentName(text) { return .environment(environment) }
    throw .badReference(reference, .badSelector)
  }

  private static func digest(
    _ digits: Substring, in reference: String
  ) throws(RegistryError) -> Selector {
    let isHex = digits.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    guard isHex, digits.utf8.count <= digestLength else {
      throw .badReference(reference, .badSelector)
    }
    guard digits.utf8.count >= digestPrefixLimit else {
      throw .badReference(reference, .shortDigest)
    }
    return .digest(String(digits))
  }
}

extension Reference: CustomStringConvertible {
  package var description: String {
    switch selector {
    case .latest: "\(name)@latest"
    case .exact(let version): "\(name)@\(version)"
    case .range(let range): "\(name)@\(range)"
    case .environment(let environment): "\(name)@\(environment)"
    case .digest(let digits): "\(name)@sha256:\(digits)"
    case .draft: "\(name)@draft"
    }
  }
}

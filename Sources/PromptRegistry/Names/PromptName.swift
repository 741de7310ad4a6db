import Notation

/// The name of a prompt or of a partial: `support/triage`, `support/_tone`.
///
/// Segments of lower-case letters, digits and single inner hyphens, joined by `/`; the last segment
/// of a partial starts with `_`. No dot can occur, because Dotprompt reads one as a variant, and no
/// name that a file system of another kind would refuse.
package struct PromptName: Hashable, Sendable, CustomStringConvertible {
  /// The whole name, as it is written everywhere.
  package let text: String

  /// The longest name, in bytes.
  package static let byteLimit = 128
  /// The deepest name, in segments.
  package static let segmentLimit = 6

  /// Says which rule the text breaks.
  package init(_ text: String) throws(InvalidName) {
    if let rule = Self.brokenRule(text) { throw InvalidName(text: text, rule: rule) }
    self.text = text
  }

  package var description: String { text }
}

extension PromptName: Comparable {
  /// Bytewise, so that every list of names has one order.
  package static func < (left: PromptName, right: PromptName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension PromptName {
  /// Whether other prompts include it and no environment ever holds it.
  package var isPartial: Bool { leaf.hasPrefix("_") }

  /// The last segment, which names the files of a version.
  package var leaf: Substring {
    let slash = text.utf8.lastIndex(of: UInt8(ascii: "/"))
    return slash.map { text[text.utf8.index(after: $0)...] } ?? text[...]
  }

  /// The name by which a template includes this partial: `support/tone` for `support/_tone`.
  package var includeName: String {
    guard isPartial else { return text }
    return String(text.dropLast(leaf.count) + leaf.dropFirst())
  }

  /// The partial that `{{> name}}` means.
  package init(including name: String) throws(InvalidName) {
    let leaf = name.parts(between: "/").last ?? ""
    try self.init(String(name.dropLast(leaf.count)) + "_" + leaf)
  }
}

extension PromptName {
  private static let deviceNames: Set<Substring> = Set(
    ["con", "prn", "aux", "nul"]
      + (1...9).flatMap { ["com\($0)", "lpt\($0)"] }.map { Substring($0) })

  private static func brokenRule(_ text: String) -> InvalidName.Rule? {
    guard !text.isEmpty else { return .empty }
    guard text.utf8.count <= byteLimit else { return .tooLong(limit: byteLimit) }
    let segments = text.parts(between: "/")
    guard segments.count <= segmentLimit else { return .tooDeep(limit: segmentLimit) }
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      let body = isLast && segment.hasPrefix("_") ? segment.dropFirst() : segment
      guard Spelling.isHyphenated(body) else { return .badSegment(String(segment)) }
      if deviceNames.contains(body) { return .deviceName(String(body)) }
    }
    return nil
  }
}

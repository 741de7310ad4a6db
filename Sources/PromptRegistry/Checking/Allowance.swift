import Ledger
import Notation
import Templates

/// A kind of finding that somebody lets pass, and why: it stands in the entry for ever.
package struct Allowance: Hashable, Sendable {
  /// The word that the findings go by.
  package let id: String
  package let reason: String

  /// Reads what stands behind `--allow`, `secret:the reason`; nil where it is not written so.
  package init?(_ text: String) {
    let parts = FreeText.tidied(text).split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    id = String(parts[0])
    reason = FreeText.tidied(String(parts[1].drop(while: \.isWhitespace)))
    guard Self.isID(id), !reason.isEmpty, !reason.contains("\n") else { return nil }
  }

  /// Reads the line of an entry's text back; nil for any other line.
  ///
  /// Every reader of a ledger decides this alike, so bytes are compared and no characters.
  init?(line: some StringProtocol) {
    guard line.utf8.starts(with: Self.word.utf8) else { return nil }
    let text = line.utf8.dropFirst(Self.word.utf8.count)
    let (colon, blank) = (UInt8(ascii: ":"), UInt8(ascii: " "))
    guard let end = text.firstIndex(of: colon) else { return nil }
    let rest = text[end...].dropFirst()
    let reason = rest.dropFirst()
    guard rest.first == blank, let first = reason.first, first != blank,
      !reason.contains(UInt8(ascii: "\n"))
    else { return nil }
    id = String(decoding: text[..<end], as: UTF8.self)
    self.reason = String(decoding: reason, as: UTF8.self)
    guard Self.isID(id) else { return nil }
  }

  /// Findings that nothing lets pass: a version that has one could never be rendered, or says two
  /// things at once.
  package static let impossible: Set<String> = [
    CheckFinding.Kind.file.rawValue, CheckFinding.Kind.conflict.rawValue,
    CheckFinding.Kind.schema.rawValue, LintRule.missingPartial.rawValue,
  ]

  /// What the entry says of it, on one line.
  var line: String { "\(Self.word)\(id): \(reason)" }

  private static let word = "Allowed "

  private static func isID(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x2d }
  }
}

extension Allowance {
  /// The element of `allowed` that `log --json` answers.
  var value: Value { ["id": .string(id), "reason": .string(reason)] }
}

import Ledger
import Notation

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
  init?(line: some StringProtocol) {
    guard line.hasPrefix(Self.word) else { return nil }
    self.init(String(line.dropFirst(Self.word.count)))
    guard self.line.utf8.elementsEqual(line.utf8) else { return nil }
  }

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

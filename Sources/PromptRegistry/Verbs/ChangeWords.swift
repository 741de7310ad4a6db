import Ledger

/// What an author says of a change.
package struct ChangeWords: Hashable, Sendable {
  package let what: String
  package let why: String?
  package let impact: String?
  /// The findings that are none, in the author's words.
  package let allowed: [Allowance]

  /// Tidies the texts, so that the record and the entry say the same.
  package init(what: String, why: String?, impact: String?, allowed: [Allowance] = []) {
    self.what = FreeText.tidied(what)
    self.why = why.map { FreeText.tidied($0) }.flatMap { $0.isEmpty ? nil : $0 }
    self.impact = impact.map { FreeText.tidied($0) }.flatMap { $0.isEmpty ? nil : $0 }
    self.allowed = allowed
  }

  /// The free text of the entry.
  package var text: String {
    (Self.paragraphs(what: what, why: why, impact: impact) + allowed.map(\.line))
      .joined(separator: "\n\n")
  }

  private static func paragraphs(what: String, why: String?, impact: String?) -> [String] {
    [what] + [why.map { "Why: \($0)" }, impact.map { "Impact: \($0)" }].compactMap { $0 }
  }
}

extension ChangeWords {
  /// Refuses words that the entry's readers would take for others of the author's.
  func requireTheirOwn() throws(RegistryError) {
    guard ChangeWords(text: text) != self else { return }
    throw .badInput(
      Complaint(
        file: SecretCheck.words, position: nil,
        message: "a line begins with 'Why:', 'Impact:' or 'Allowed', as the entry says it",
        hint: "'--why', '--impact' and '--allow' say so"))
  }
}

// MARK: - Reading

extension ChangeWords {
  /// Takes such a text apart again, also as a person wrote it.
  package init(text: String) {
    var (what, why, impact): (String, String?, String?) = ("", nil, nil)
    var allowed: [Allowance] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let allowance = Allowance(line: line) {
        allowed.append(allowance)
      } else if line.hasPrefix("Impact:"), impact == nil {
        impact = String(line.dropFirst(7).drop { $0.isWhitespace })
      } else if line.hasPrefix("Why:"), why == nil, impact == nil {
        why = String(line.dropFirst(4).drop { $0.isWhitespace })
      } else if impact != nil {
        impact?.append("\n\(line)")
      } else if why != nil {
        why?.append("\n\(line)")
      } else {
        what += "\n\(line)"
      }
    }
    self.init(what: what, why: why, impact: impact, allowed: allowed)
  }

  /// Whether the text of an entry says what a version's record does, byte for byte, and beside it
  /// at most which findings were allowed.
  static func says(_ text: String, _ record: VersionRecord) -> Bool {
    let words = paragraphs(what: record.what, why: record.why, impact: record.impact)
      .joined(separator: "\n\n")
    guard text.utf8.starts(with: words.utf8) else { return false }
    let lines = text.utf8.dropFirst(words.utf8.count)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    // Every allowance is a paragraph of its own.
    return lines == [""]
      || lines.count % 2 == 1 && lines.first == ""
        && lines.dropFirst().enumerated().allSatisfy { place, line in
          place % 2 == 0 ? line.isEmpty : Allowance(line: line) != nil
        }
  }
}

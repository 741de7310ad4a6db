package import Notation

/// One remark about one place of a source, as `check` shows and prints it.
package struct Finding: Hashable, Sendable {
  package let rule: LintRule
  /// The name of the file or partial.
  package let file: String
  package let position: Position
  /// One sentence; names in single quotes, no full stop.
  package let message: String
  /// What to write instead, where there is one answer.
  package let fix: String?
  package let excerpt: Excerpt

  /// The stable id, the same in every output and in `docs/lint.md`.
  package var id: String { rule.rawValue }
  /// That of its rule.
  package var severity: Severity { rule.severity }
  /// Its line, from 1.
  package var line: Int { position.line }
  /// Its column, from 1, in characters.
  package var column: Int { position.column }

  /// Whether a finding stops `check` and `publish`.
  package enum Severity: String, Hashable, Sendable {
    case error, warning
  }

  init(_ remark: Remark, in source: SourceText, at place: LintPlace) {
    rule = remark.rule
    file = source.name
    position = place.position
    message = remark.message
    fix = remark.fix
    excerpt = Excerpt(
      of: source, at: place.position, length: place.length, showing: remark.subject)
  }

  /// A refusal as a finding.
  package init(_ error: PromptError) {
    rule = error.problem.rule
    file = error.source.name
    position = error.position
    message = error.problem.message
    fix = error.problem.hint
    excerpt = Excerpt(of: error.source, at: error.position)
  }
}

/// Where a remark points: a position, and how many characters from there on.
struct LintPlace: Hashable {
  let position: Position
  let length: Int

  init(_ position: Position, length: Int = 1) {
    self.position = position
    self.length = length
  }

  /// The characters of a range of bytes.
  init(_ range: Range<Int>, in source: SourceText) {
    position = source.position(at: range.lowerBound)
    length = source.bytes[range].count { $0 & 0xC0 != 0x80 }
  }
}

package import Notation
package import Templates

/// One thing that a check has to say of one place of one file.
package struct CheckFinding: Hashable, Sendable {
  /// The stable word of `docs/lint.md`.
  package let id: String
  package let severity: Templates.Finding.Severity
  /// The file as it lies in a registry, until whoever shows it knows where it lies here.
  package var file: String
  package let position: Position
  package let message: String
  /// What to write instead, where there is one answer.
  package var fix: String?
  /// An excerpt, or expected beside actual.
  package var lines: [String] = []

  /// What lint has no rule for.
  package enum Kind: String, CaseIterable, Sendable {
    /// A file that cannot be read as a draft.
    case file
    /// A mark of a merge.
    case conflict
    /// A schema that is none.
    case schema
    /// A prompt without any text.
    case empty
    case defaults = "default"
    case budget
    case failedCase = "case"
    case brief
    case breaking
  }

  /// Every id that a finding can have.
  package static let ids = LintRule.allCases.map(\.rawValue) + Kind.allCases.map(\.rawValue)

  /// An error without fix and lines; without a place it is about the whole file.
  package init(_ kind: Kind, _ file: String, _ position: Position?, _ message: String) {
    id = kind.rawValue
    severity = .error
    self.file = file
    self.position = position ?? Position(offset: 0, line: 1, column: 1)
    self.message = message
  }

  /// An error about a whole file that lint never sees.
  package init(_ rule: LintRule, _ file: String, _ message: String) {
    id = rule.rawValue
    severity = rule.severity
    self.file = file
    position = Position(offset: 0, line: 1, column: 1)
    self.message = message
  }

  /// An error about a file that was read.
  init(_ kind: Kind, _ complaint: Complaint) {
    self.init(kind, complaint.file, complaint.position, complaint.message)
    fix = complaint.hint
    lines = complaint.excerpt
  }

  /// A finding of lint.
  package init(_ finding: Templates.Finding) {
    id = finding.id
    severity = finding.severity
    file = finding.file
    position = finding.position
    message = finding.message
    fix = finding.fix
    lines = finding.excerpt.lines
  }
}

extension CheckFinding {
  /// `file:line:column`
  package var place: String { "\(file):\(position.line):\(position.column)" }

  /// `file:line:column: error: message [id]`
  package var head: String { "\(place): \(severity.rawValue): \(message) [\(id)]" }

  /// All of it for a person.
  package var text: [String] { [head] + lines + (fix.map { ["hint: \($0)"] } ?? []) }

  /// The element of `findings` that `check --json` answers.
  package var value: Value {
    [
      "id": .string(id), "severity": .string(severity.rawValue), "file": .string(file),
      "line": Field.number(position.line), "column": Field.number(position.column),
      "message": .string(message), "fix": Field.text(fix),
    ]
  }
}

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

  /// A finding without fix and lines; without a place it is about the whole file.
  package init(
    _ id: String, _ severity: Templates.Finding.Severity, _ file: String, _ position: Position?,
    _ message: String
  ) {
    self.id = id
    self.severity = severity
    self.file = file
    self.position = position ?? Position(offset: 0, line: 1, column: 1)
    self.message = message
  }

  /// An error about a file that was read.
  init(_ id: String, _ complaint: Complaint) {
    self.init(id, .error, complaint.file, complaint.position, complaint.message)
    fix = complaint.hint
    lines = complaint.excerpt
  }

  /// A finding of lint.
  package init(_ finding: Templates.Finding) {
    self.init(
      finding.id, finding.severity, finding.file, finding.position, finding.message)
    fix = finding.fix
    lines = finding.excerpt.lines
  }
}

extension CheckFinding {
  /// A schema that is none.
  static let schema = "schema"
  /// A mark of a merge.
  static let conflict = "conflict"

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

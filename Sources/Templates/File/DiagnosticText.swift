package import Notation

/// How a refusal or a finding looks to a person, the same in the terminal and in the service.
///
/// ```
/// support/triage.prompt:4:9: error: 'string[]' is not a type of Picoschema [list-brackets]
///       tags: string[]
///             ^~~~~~~~
/// hint: write 'tags(array): string'
/// ```
package enum DiagnosticText {
  /// A finding with the line it is about.
  package static func text(_ finding: Finding) -> String {
    let place = place(finding.file, finding.position)
    let head = "\(place): \(finding.severity.rawValue): \(finding.message) [\(finding.id)]"
    return text(head, finding.excerpt, hint: finding.fix)
  }

  /// A refusal with the line it is about; the caller writes `error:` in front.
  package static func text(_ error: PromptError) -> String {
    text(
      "\(place(error.source.name, error.position)): \(error.problem.message)",
      Excerpt(of: error.source, at: error.position), hint: error.problem.hint)
  }

  /// A place as compilers print it: `file:line:column`.
  package static func place(_ file: String, _ position: Position) -> String {
    "\(file):\(position.line):\(position.column)"
  }

  private static func text(_ head: String, _ excerpt: Excerpt, hint: String?) -> String {
    let lines = [head] + excerpt.lines + (hint.map { ["hint: \($0)"] } ?? [])
    return lines.joined(separator: "\n")
  }
}

extension Excerpt {
  /// The line and its marker, indented; nothing where the line is empty.
  package var lines: [String] {
    line.isEmpty ? [] : ["    \(line)", "    \(marker)"]
  }
}

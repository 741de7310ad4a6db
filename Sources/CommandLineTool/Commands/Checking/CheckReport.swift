import Templates
import Notation
import PromptRegistry

/// What a check found, for people, for programs, for JUnit's readers and for GitHub.
struct CheckReport {
  let findings: [CheckFinding]
  let isOK: Bool
  /// How many drafts were checked.
  let files: Int

  func show(_ format: Check.Format, on console: Console) {
    switch format {
    case .text: showText(on: console)
    case .json:
      console.answer(["ok": .bool(isOK), "findings": .list(findings.map(\.value))])
    case .junit: console.answer(exactly: junit)
    case .github: for finding in findings { console.answer(Self.annotation(finding)) }
    }
  }

  private func showText(on console: Console) {
    for finding in findings {
      for line in finding.text { console.answer(line.visible) }
    }
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count - errors
    console.answer(
      "\(ErrorText.count(files, "draft")) checked, \(ErrorText.count(errors, "error")), "
        + ErrorText.count(warnings, "warning"))
  }

  private var junit: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuite name=\"stet\" tests=\"\(max(findings.count, files))\" "
    text += "failures=\"\(findings.count { $0.severity == .error })\">\n"
    for finding in findings {
      let place = "\(finding.file):\(finding.position.line)"
      text += "  <testcase classname=\"\(Self.xml(finding.id))\" name=\"\(Self.xml(place))\">\n"
      let tag = finding.severity == .error ? "failure" : "system-out"
      text += "    <\(tag)>\(Self.xml(finding.text.joined(separator: "\n")))</\(tag)>\n"
      text += "  </testcase>\n"
    }
    return text + "</testsuite>\n"
  }

  private static func xml(_ text: String) -> String {
    text.visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }

  private static func annotation(_ finding: CheckFinding) -> String {
    let message = finding.message.visible.replacing("%", with: "%25")
      .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    let place =
      "file=\(finding.file),line=\(finding.position.line),col=\(finding.position.column)"
    return "::\(finding.severity.rawValue) \(place),title=\(finding.id)::\(message)"
  }
}

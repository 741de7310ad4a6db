import Templates
import Contracts
import Notation
import PromptRegistry

/// `stet status`: what differs, what waits, what is live.
struct Status: Command {
  static let usage = "status"
  static let summary = "show which drafts differ, which requests wait and what is live"
  static let details = """
    Beside each changed draft stands the number it would get and why; then the requests that wait, \
    and what is live where.
    """
  static let examples = """
    stet status
    stet status --json
    """

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    var workspace = try opened.workspace()
    let survey = try workspace.files.survey()
    // What cannot be noted where nothing may be written is noted by the next command that can.
    try? workspace.settle(survey.drafts, to: opened.state)
    let report = try registryErrors(
      in: StatusReport(opened.state, survey, starts: workspace.record.drafts))
    switch session.console.form {
    case .json: session.console.answer(report.value)
    case .text: report.show(on: session.console)
    }
    return .yes
  }
}

/// What `status` tells.
private struct StatusReport {
  private let drafts: [DraftStatus]
  /// About files that are nobody's draft.
  private let findings: [CheckFinding]
  /// Whether there is any, or was.
  private let hasDrafts: Bool
  private let requests: [Int]
  private let live: [(environment: EnvironmentName, pin: LivePin)]

  init(
    _ state: State, _ survey: DraftSurvey, starts: [PromptName: SemanticVersion]
  ) throws(RegistryError) {
    let unreadable = survey.unreadable
    var statuses = try state.statuses(
      of: survey.drafts, starts: starts.filter { !unreadable.contains($0.key) })
    for case (let name?, let finding) in survey.flaws.map({ ($0.name, $0.finding) }) {
      statuses.append(try state.status(ofUnreadable: name, start: starts[name], [finding]))
    }
    drafts = statuses.filter { $0.kind != .same }.sorted { $0.name < $1.name }
    findings = survey.flaws.filter { $0.name == nil }.map(\.finding)
    hasDrafts = !statuses.isEmpty
    requests = try state.requests()
    var live: [(EnvironmentName, LivePin)] = []
    for rule in state.policy.environments {
      live += try state.view(of: rule.name).live.map { (rule.name, $0) }
    }
    self.live = live
  }

  var value: Value {
    [
      "drafts": .list(drafts.map(\.value)),
      "requests": .list(requests.map(Field.number)),
      "live": .list(
        live.map { environment, pin in
          [
            "environment": .string(environment.text), "name": .string(pin.name.text),
            "version": .string(pin.mark.version.description),
          ]
        }),
      "findings": .list(findings.map(\.value)),
    ]
  }

  func show(on console: Console) {
    if drafts.isEmpty && findings.isEmpty {
      console.answer(
        hasDrafts
          ? "no draft differs from what is published"
          : "there is no draft yet; 'stet new <name>' begins one")
    }
    for draft in drafts {
      console.answer(draft.line)
      for reason in draft.reasons { console.answer("  \(reason.line)".visible) }
      for finding in draft.findings where finding.severity == .error {
        console.answer("  \(finding.head)".visible)
      }
    }
    for finding in findings { console.answer(finding.head.visible) }
    if !requests.isEmpty {
      console.answer("open requests: \(requests.map(String.init).joined(separator: ", "))")
    }
    for (environment, pin) in live {
      console.answer("live in \(environment): \(pin.name) \(pin.mark.version)")
    }
  }
}

extension DraftStatus {
  /// One line for a person.
  var line: String {
    let base = base.map { " from \($0)" } ?? ""
    let bump = bump.map { ", would be \($0 == .first ? "the first" : "a \($0)")" } ?? ""
    return "\(kind.rawValue)  \(name)\(base)\(bump)"
  }
}

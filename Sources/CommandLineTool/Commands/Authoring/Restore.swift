import Contracts
import Notation
import PromptRegistry

/// `stet restore`: an old text, back into the draft.
struct Restore: Command {
  static let usage = "restore <name@version> [--dry-run]"
  static let summary = "put an old text into the draft; publishing makes it a new version"
  static let details = """
    A draft with changes that are not published is left alone.
    """
  static let examples = """
    stet restore support/triage@1.3.0
    """

  private let name: PromptName
  private let version: SemanticVersion
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    (name, version) = try arguments.exactVersion("<name@version>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let folder = try opened.workspace().folder
    let (old, highest) = try opened.explaining { () throws(RegistryError) in
      (try opened.state.publishedDraft(name, version), try opened.state.versions(of: name))
    }
    let file = try Workspace.changing(folder) { workspace throws(CommandError) in
      try requireNothingLost(to: old, workspace, opened)
      if effect == .written {
        try workspace.files.write([old])
        if workspace.record.drafts[name] == nil {
          workspace.record.drafts[name] = highest.highestRelease
          try workspace.save()
        }
      }
      return workspace.files.file(of: name, .source)
    }
    switch session.console.form {
    case .text:
      let has = effect == .written ? "has" : "would have"
      session.console.answer("the draft of \(name) \(has) the text of \(version)")
    case .json:
      session.console.answer([
        "name": .string(name.text), "version": .string(version.description),
        "file": .string(file),
      ])
    }
    return .yes
  }

  /// Refuses where something that nobody published would be written over: source, cases or brief.
  private func requireNothingLost(
    to old: Draft, _ workspace: Workspace, _ opened: Opened
  ) throws(CommandError) {
    guard try workspace.files.wouldChange(by: old) else { return }
    guard let draft = try workspace.files.draft(name) else { throw .unsavedDraft(name) }
    let isKept = try registryErrors(in: opened.state.keeps(draft))
    guard isKept else { throw .unsavedDraft(name) }
  }
}

import Contracts
import Notation
import PromptRegistry

/// `stet restore`: an old text, back into the draft.
struct Restore: Command {
  static let usage = "restore <name@version> [--dry-run]"
  static let summary = "put an old text into the draft; publishing makes it a new version"

  private let name: PromptName
  private let version: SemanticVersion
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.flag("--dry-run") ? .shown : .written
    (name, version) = try arguments.exactVersion("<name@version>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    var workspace = try opened.workspace()
    let (old, highest) = try registryErrors { () throws(RegistryError) in
      (try opened.state.publishedDraft(name, version), try opened.state.versions(of: name))
    }
    if let draft = try workspace.files.draft(name) {
      let differs = try registryErrors { () throws(RegistryError) in
        try opened.state.differs(draft)
      }
      // What nobody published would be lost.
      if differs && draft.source != old.source { throw .unsavedDraft(name) }
    }
    if effect == .written {
      try workspace.files.write([old])
      if workspace.record.drafts[name] == nil {
        workspace.record.drafts[name] = highest.highestRelease
        try workspace.save()
      }
    }
    switch session.console.form {
    case .text:
      let has = effect == .written ? "has" : "would have"
      session.console.answer("the draft of \(name) \(has) the text of \(version)")
    case .json:
      session.console.answer([
        "name": .string(name.text), "version": .string(version.description),
        "file": .string(workspace.files.file(of: name, .source)),
      ])
    }
    return .yes
  }
}

import Notation
import Platform
import PromptRegistry

/// `stet pull`: drafts brought up to what others published.
struct Pull: Command {
  static let usage = "pull"
  static let summary = "bring the drafts up to what is published, merging what both changed"
  static let details = """
    A draft that began from an older release is merged three ways; where both changed a line, both \
    stand there between conflict marks, and such a file cannot be published.
    """

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    var workspace = try opened.workspace()
    let drafts = try workspace.files.drafts()
    let catchups = try registryErrors { () throws(RegistryError) in
      try opened.state.catchups(of: drafts)
    }
    for catchup in catchups {
      try workspace.files.write(catchup.draft)
      workspace.record.drafts[catchup.draft.name] = catchup.draft.start
    }
    if !catchups.isEmpty { try workspace.save() }
    switch session.console.form {
    case .json: session.console.answer(["drafts": .list(catchups.map(\.value))])
    case .text:
      if catchups.isEmpty { session.console.answer("every draft is up to date") }
      for catchup in catchups {
        let start = catchup.draft.start.map { " at \($0)" } ?? ""
        session.console.answer("\(catchup.kind.rawValue)  \(catchup.draft.name)\(start)")
      }
    }
    return .yes
  }
}

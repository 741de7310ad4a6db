import PromptRegistry

extension Opened {
  /// What an author means by a reference: in a workspace a bare name is the draft, which is said.
  func meant(_ text: String, _ session: Session) throws(CommandError) -> Reference {
    let reference = try Reference(argument: text, of: "<ref>")
    guard place.workspace != nil, !text.contains("@") else { return reference }
    let name = reference.name
    session.console.say("'\(name)' is read as the draft; '\(name)@latest' is what is published")
    return Reference(name: name, selector: .draft)
  }
}

extension Session {
  /// Says that names are read as the drafts of a workspace, where nothing else can be asked for.
  func sayMeant(_ names: [PromptName]) {
    let meaning = names.count == 1 ? "is read as the draft" : "are read as the drafts"
    console.say("\(ErrorText.list(names)) \(meaning)")
  }

  /// The same error, or what explains it: a prompt that is not there may be a draft beside us.
  func explained(_ error: CommandError) -> CommandError {
    guard case .registry(.unknownPrompt(let name, _, _)) = error,
      // Where that cannot be found out the error stays as it is.
      (try? hasDraft(name)) == true
    else { return error }
    return .onlyDraft(name)
  }

  private func hasDraft(_ name: PromptName) throws(CommandError) -> Bool {
    guard let folder = try Place.find(self).workspace else { return false }
    return try Workspace.open(folder).files.draft(name) != nil
  }
}

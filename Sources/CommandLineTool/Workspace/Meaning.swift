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

  /// Gives the errors of one expression about the registry the type of commands, and explains them:
  /// a prompt that is not there may be a draft beside it.
  func explaining<Result>(
    in expression: @autoclosure () throws(RegistryError) -> Result
  ) throws(CommandError) -> Result {
    try explaining(expression)
  }

  /// Runs something of the registry and explains its errors so.
  func explaining<Result>(
    _ body: () throws(RegistryError) -> Result
  ) throws(CommandError) -> Result {
    do throws(RegistryError) { return try body() } catch { throw explained(error) }
  }

  private func explained(_ error: RegistryError) -> CommandError {
    guard case .unknownPrompt(let name, _, _) = error,
      // Where that cannot be found out the error stays as it is.
      (try? hasDraft(name)) == true
    else { return .registry(error) }
    return .onlyDraft(name)
  }

  private func hasDraft(_ name: PromptName) throws(CommandError) -> Bool {
    guard let folder = place.workspace else { return false }
    return try Workspace.open(folder).files.draft(name) != nil
  }
}

extension Session {
  /// Says that names are read as the drafts of a workspace, where nothing else can be asked for.
  func sayMeant(_ names: [PromptName]) {
    let meaning = names.count == 1 ? "is read as the draft" : "are read as the drafts"
    console.say("\(ErrorText.list(names)) \(meaning)")
  }
}

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

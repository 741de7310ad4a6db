// Every sentence about a rendering that failed.

extension RenderError {
  /// One sentence: what went wrong.
  package var message: String {
    switch problem {
    case .tooManySteps(let limit): "rendering takes more than \(limit) steps"
    case .outputTooLarge(let limit): "the rendering is larger than \(limit) bytes"
    case .partialsTooDeep(let limit, let names):
      "partials include one another more than \(limit) deep: \(names.joined(separator: " > "))"
    case .valueTooDeep(let limit): "a value is nested more than \(limit) deep"
    case .partialMissing(let name, _): "there is no partial named '\(name)'"
    case .partialNameNotText: "the name of this partial is not a text"
    case .noPartialBlock: "this partial was not called with a block"
    case .unknownHelper(let name): "there is no helper named '\(name)'"
    case .variableMissing(let name): "'\(name)' is missing"
    case .objectMissing(let name): "'\(name)' is asked of something missing"
    case .unknownRole(let role, _): "'\(role)' is not a role: user, model, tool, system"
    case .roleNotText: "the role is not a text"
    case .mediaWithoutURL: "the URL of this medium is not a text"
    case .sectionWithoutName: "the name of this section is not a text"
    case .historyNotMessages(nil): "'messages' is not a list"
    case .historyNotMessages(let index?):
      "'messages[\(index)]' is not a message: it needs 'role' and a list 'content'"
    case .historyRole(let role, let index):
      "the role '\(role)' of 'messages[\(index)]' is not one of: user, model, tool, system"
    }
  }

  /// Whether the conversation that was given is none, whatever the template says.
  package var isAboutMessages: Bool {
    switch problem {
    case .historyNotMessages, .historyRole: true
    case .tooManySteps, .outputTooLarge, .partialsTooDeep, .valueTooDeep, .partialMissing,
      .partialNameNotText, .noPartialBlock, .unknownHelper, .variableMissing, .objectMissing,
      .unknownRole, .roleNotText, .mediaWithoutURL, .sectionWithoutName:
      false
    }
  }

  /// Whether the rendering takes or makes more than is allowed.
  package var isLimit: Bool {
    switch problem {
    case .tooManySteps, .outputTooLarge, .partialsTooDeep, .valueTooDeep: true
    case .partialMissing, .partialNameNotText, .noPartialBlock, .unknownHelper, .variableMissing,
      .objectMissing, .unknownRole, .roleNotText, .mediaWithoutURL, .sectionWithoutName,
      .historyNotMessages, .historyRole:
      false
    }
  }

  /// What to do about it, where that is known.
  package var hint: String? {
    switch problem {
    case .partialMissing(_, let nearest), .unknownRole(_, let nearest):
      nearest.map { "did you mean '\($0)'?" }
    case .partialsTooDeep: "let the recursion end: pass a part of the data to the inner partial"
    case .mediaWithoutURL: "pass the URL in, or put the tag into '{{#if}}'"
    case .tooManySteps, .outputTooLarge, .valueTooDeep, .partialNameNotText, .noPartialBlock,
      .unknownHelper, .variableMissing, .objectMissing, .roleNotText, .sectionWithoutName,
      .historyNotMessages, .historyRole:
      nil
    }
  }
}

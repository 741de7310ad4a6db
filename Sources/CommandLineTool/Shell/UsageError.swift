import PromptRegistry

/// A command line that no command understands.
enum UsageError: Error, Hashable, Sendable {
  case noCommand
  case incompleteCommand(String, [String])
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, nearest: String?)
  case missingValue(option: String, placeholder: String)
  case valueForFlag(String)
  case givenTwice(String)
  case contradiction(String, String)
  /// An option that says nothing without another.
  case onlyWith(String, String)
  /// Two options that both ask for standard input, of which there is one.
  case inputTwice(String, String)
  case missingOption(String)
  case missingWord(String)
  case unexpectedWord(String)
  case badValue(of: String, text: String, expected: String)
}

extension UsageError {
  /// What is wrong with the command line.
  var message: String {
    switch self {
    case .noCommand: "what should be done?"
    case .incompleteCommand(let name, _): "'\(name)' is only the beginning of a command"
    case .unknownCommand(let name, _): "there is no command '\(name)'"
    case .unknownOption(let name, _): "there is no option '\(name)' here"
    case .missingValue(let option, let placeholder): "'\(option)' needs \(placeholder) after it"
    case .valueForFlag(let name): "'\(name)' takes no value"
    case .givenTwice(let name): "'\(name)' is given twice"
    case .contradiction(let one, let other): "'\(one)' and '\(other)' exclude each other"
    case .onlyWith(let name, let other): "'\(name)' says nothing without '\(other)'"
    case .inputTwice(let one, let other):
      "'\(one)' and '\(other)' cannot both read standard input"
    case .missingOption(let name): "'\(name)' is missing"
    case .missingWord(let placeholder): "\(placeholder) is missing"
    case .unexpectedWord(let word): "'\(word)' is one word too many"
    case .badValue(let name, let text, let expected):
      "'\(text)' is no value for '\(name)': \(expected)"
    }
  }

  /// What was probably meant; nil where only the usage line helps.
  var guess: String? {
    switch self {
    case .incompleteCommand(_, let names): "it goes on: \(names.joined(separator: ", "))"
    case .unknownCommand(_, let nearest?): "did you mean 'stet \(nearest)'?"
    case .unknownOption(_, let nearest?): "did you mean '\(nearest)'?"
    case .unexpectedWord(let word): ErrorText.hint(aboutVersion: word)
    case .noCommand, .unknownCommand: "'stet help' lists the commands"
    case .unknownOption, .missingValue, .valueForFlag, .givenTwice, .contradiction, .onlyWith,
      .inputTwice, .missingOption, .missingWord, .badValue:
      nil
    }
  }
}

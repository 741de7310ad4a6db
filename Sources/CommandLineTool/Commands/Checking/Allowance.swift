import PromptRegistry

extension Allowance: ArgumentValue {
  init(argument text: String, of name: String) throws(CommandError) {
    guard let allowance = Allowance(text) else {
      throw .usage(
        .badValue(of: name, text: text, expected: "it is written 'secret:the reason', on one line"))
    }
    self = allowance
  }
}

import PromptRegistry

extension Allowance: ArgumentValue {
  init(argument text: String, of name: String) throws(CommandError) {
    guard let allowance = Allowance(text) else {
      throw .usage(
        .badValue(of: name, text: text, expected: "it is written 'secret:the reason', on one line"))
    }
    guard CheckFinding.ids.contains(allowance.id) else {
      let nearest = Nearest.word(to: allowance.id, among: CheckFinding.ids)
      throw .usage(
        .badValue(
          of: name, text: text,
          expected: "no finding is called '\(allowance.id)'"
            + (nearest.map { ", did you mean '\($0)'?" } ?? "")))
    }
    guard !Allowance.impossible.contains(allowance.id) else {
      throw .usage(
        .badValue(
          of: name, text: text,
          expected: "a '\(allowance.id)' finding cannot be let pass, only mended"))
    }
    self = allowance
  }
}

import Notation
import PromptRegistry

/// An error as people and programs see it.
struct ErrorReport: Hashable, Sendable {
  /// What programs branch on.
  let code: ErrorCode
  /// What was asked, and what stands against it.
  let message: String
  /// What may help.
  let hint: String?
  /// Lines between the two: an excerpt of a file, or everything that was found.
  var details: [String] = []
  /// The same for programs: each finding, violation or line.
  var values: [Value] = []

  init(code: ErrorCode, message: String, hint: String?) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension ErrorReport {
  /// Where nothing better is known, a wrong command line is answered with the right one.
  func withUsage(of command: (any Command.Type)?, for error: CommandError) -> ErrorReport {
    guard case .usage = error, hint == nil else { return self }
    let lines = command?.parsedUsage.lines.map { "stet \($0)" }
    let usage = lines.map { "usage: " + $0.joined(separator: "\n          or: ") }
    return ErrorReport(
      code: code, message: message, hint: usage ?? "'stet help' lists what every command takes")
  }

  /// `error: …` and `hint: …`, or one JSON object; without the last line feed.
  func shown(in form: OutputForm, _ channel: Channel) -> String {
    switch form {
    case .json:
      return JSON.text([
        "error": [
          "code": .string(code.rawValue), "message": .string(message),
          "hint": hint.map(Value.string) ?? .null, "details": .list(values),
        ]
      ])
    case .text:
      let ink = Ink(isOn: channel.hasColour)
      let error = (["\(ink.paint("error:", .bad)) \(message.visible)"] + details.map(\.visible))
        .joined(separator: "\n")
      return hint.map { "\(error)\n\(ink.paint("hint:", .heading)) \($0.visible)" } ?? error
    }
  }
}

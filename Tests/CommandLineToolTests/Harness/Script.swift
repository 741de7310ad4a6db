/// A story told in commands and what they answer, as kept in `Scripts/*.script`.
///
/// Two characters begin each line and say what it is: `$ ` a command, `< ` a line of its input,
/// `> ` a line of its answer, `>|` a last line without a line feed, `! ` a line of its talk, `= `
/// its exit code where that is not zero. Blank lines and lines with `# ` are for the reader.
struct Script: Equatable {
  var steps: [Step]

  struct Step: Equatable {
    /// What stands above the command for the reader.
    var remarks: [String] = []
    var command: String
    var input: [String] = []
    var result = Result()
  }

  struct Result: Equatable {
    var answer = ""
    var talk = ""
    var exitCode: Int32 = 0
  }

  struct BadLine: Error, CustomStringConvertible {
    let number: Int
    let text: String
    var description: String { "line \(number) is none of a script's: \(text)" }
  }

  /// What stands below the last command.
  var end: [String] = []

  /// Whether nobody has yet looked at what the commands answer.
  var isNew: Bool { steps.allSatisfy { $0.result == Result() } }
}

extension Script {
  init(_ text: String) throws {
    steps = []
    var remarks: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let content = String(line.dropFirst(2))
      switch line.prefix(2) {
      case "", "# ", "#":
        remarks.append(String(line))
      case "$ ":
        steps.append(Step(remarks: remarks, command: content))
        remarks = []
      case "< ", "<", "> ", ">", ">|", "! ", "!", "= ":
        guard remarks.isEmpty, var step = steps.popLast() else { fallthrough }
        step.take(line.prefix(2), content)
        steps.append(step)
      default:
        throw BadLine(number: index + 1, text: String(line))
      }
    }
    end = remarks
  }

  /// The script as it stands in its file.
  var text: String {
    (steps.map(\.text) + [end.joined(separator: "\n")]).joined()
  }
}

extension Script.Step {
  fileprivate mutating func take(_ mark: Substring, _ content: String) {
    switch mark {
    case "< ", "<": input.append(content)
    case ">|": result.answer += content
    case "> ", ">": result.answer += content + "\n"
    case "! ", "!": result.talk += content + "\n"
    default: result.exitCode = Int32(content) ?? -1
    }
  }

  fileprivate var text: String {
    let lines = remarks + ["$ \(command)"] + input.map { "< \($0)" } + result.lines
    return lines.map { $0.trimmingEnd + "\n" }.joined()
  }
}

extension Script.Result {
  fileprivate var lines: [String] {
    var lines = Self.marked(answer, "> ")
    if !answer.isEmpty, !answer.hasSuffix("\n"), let last = lines.popLast() {
      lines.append(">|" + last.dropFirst(2))
    }
    lines += Self.marked(talk, "! ")
    if exitCode != 0 { lines.append("= \(exitCode)") }
    return lines
  }

  private static func marked(_ text: String, _ mark: String) -> [String] {
    guard !text.isEmpty else { return [] }
    let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
    return body.split(separator: "\n", omittingEmptySubsequences: false).map { mark + $0 }
  }
}

extension String {
  /// Without blanks at the end of a line that has nothing but its mark.
  fileprivate var trimmingEnd: String {
    ["> ", "! ", "< "].contains(self) ? String(dropLast()) : self
  }
}

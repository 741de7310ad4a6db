import Notation

/// `stet help`: what there is, and how each is used.
struct Help: Command {
  static let usage = "help [<command>…]"
  static let summary = "list the commands, or explain one"
  static let examples = """
    stet help publish
    """

  private let words: [String]

  init(_ arguments: consuming Arguments) throws(CommandError) {
    words = try arguments.words("<command>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let family = session.commands.family(of: words)
    let asked = family.isEmpty ? [try command(session)] : family
    switch session.console.form {
    case .json:
      session.console.answer(["commands": .list(asked.map { $0.helpValue })])
    case .text:
      let text =
        words.isEmpty
        ? Self.overview(session)
        : family.isEmpty ? Self.page(of: asked[0], session) : Self.list(family, session)
      session.console.answer(exactly: text)
    }
    return .yes
  }

  /// The one command that the words name.
  private func command(_ session: Session) throws(CommandError) -> any Command.Type {
    do throws(UsageError) {
      let (command, rest) = try session.commands.find(words)
      if let word = rest.first { throw .unexpectedWord(word) }
      return command
    } catch {
      throw .usage(error)
    }
  }
}

extension Help {
  private static func overview(_ session: Session) -> String {
    var text = "Stet is a prompt registry with git-like versioning.\n"
    for group in session.commands.groups {
      text += "\n\(session.ink.paint(group.heading, .heading))\n" + list(group.commands, session)
    }
    return text + "\n" + everywhere + "\n'stet help <command>' tells more.\n"
  }

  /// One line a command, all summaries of the program in one column.
  private static func list(_ commands: [any Command.Type], _ session: Session) -> String {
    let width = session.commands.commands.map { $0.spokenName.count }.max() ?? 0
    return commands.map { command in
      let gap = String(repeating: " ", count: width - command.spokenName.count)
      return "  \(session.ink.paint(command.spokenName, .strong))\(gap)  \(command.summary)\n"
    }.joined()
  }

  private static func page(of command: any Command.Type, _ session: Session) -> String {
    let width = min(session.console.answers.width ?? usualWidth, usualWidth)
    let usage = command.parsedUsage.lines.map { line in
      "  stet \(line)".wrapped(to: width, indent: "      ") + "\n"
    }
    let details = command.details.isEmpty ? "" : "\n\(command.details.wrapped(to: width))\n"
    let examples = command.examples.split(separator: "\n").map { "  \($0)\n" }
    var page = "\(command.spokenName): \(command.summary)\n\n"
    page += "\(session.ink.paint("Usage", .heading))\n\(usage.joined())\(details)\n"
    if !examples.isEmpty {
      page += "\(session.ink.paint("Examples", .heading))\n\(examples.joined())\n"
    }
    return page + everywhere
  }

  /// Lines are not made longer than this, however wide the terminal is.
  private static let usualWidth = 96

  private static let everywhere = """
    Everywhere
      -C <dir>      the registry or workspace; STET_REGISTRY else, else looked for upwards from here
      --key <file>  the key that signs; STET_KEY else, else git's, else ~/.config/stet/id_ed25519
      --json        answer, and fail, as JSON
      -h, --help    explain the command instead of running it

    """
}

extension Command {
  /// The name as one says it.
  static var spokenName: String { name.joined(separator: " ") }

  /// The element of `commands` that `help --json` answers.
  fileprivate static var helpValue: Value {
    [
      "name": .string(spokenName), "summary": .string(summary),
      "usage": .list(parsedUsage.lines.map { .string("stet \($0)") }), "details": .string(details),
    ]
  }
}

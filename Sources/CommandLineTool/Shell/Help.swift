/// `stet help`: what there is, and how each is used.
struct Help: Command {
  static let usage = "help [<command>…]"
  static let summary = "list the commands, or explain one"

  private let words: [String]

  init(_ arguments: consuming Arguments) throws(CommandError) {
    words = try arguments.words("<command>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    guard !words.isEmpty else {
      session.console.answer(exactly: Self.overview(session))
      return .yes
    }
    do throws(UsageError) {
      let (command, rest) = try session.commands.find(words)
      if let word = rest.first { throw .unexpectedWord(word) }
      session.console.answer(exactly: Self.page(of: command, session.ink))
      return .yes
    } catch {
      throw .usage(error)
    }
  }
}

extension Help {
  private static func overview(_ session: Session) -> String {
    let width = session.commands.commands.map { $0.spokenName.count }.max() ?? 0
    var text = "Stet is a prompt registry with git-like versioning.\n"
    for group in session.commands.groups {
      text += "\n\(session.ink.paint(group.heading, .heading))\n"
      for command in group.commands {
        let gap = String(repeating: " ", count: width - command.spokenName.count)
        text += "  \(session.ink.paint(command.spokenName, .strong))\(gap)  \(command.summary)\n"
      }
    }
    return text + "\n" + everywhere + "\n'stet help <command>' tells more.\n"
  }

  private static func page(of command: any Command.Type, _ ink: Ink) -> String {
    let usage = command.parsedUsage.lines.map { "  stet \($0)\n" }.joined()
    let details = command.details.isEmpty ? "" : "\n\(command.details)\n"
    return "\(command.spokenName): \(command.summary)\n\n\(ink.paint("Usage", .heading))\n"
      + "\(usage)\(details)\n\(everywhere)"
  }

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
}

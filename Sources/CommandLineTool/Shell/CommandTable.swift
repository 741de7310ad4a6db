import PromptRegistry

/// All commands, in the order in which help lists them.
struct CommandTable: Sendable {
  /// The commands under their headings.
  let groups: [Group]

  /// Commands for people who do one kind of work.
  struct Group: Sendable {
    /// Who they are for.
    let heading: String
    /// The commands, the most used first.
    let commands: [any Command.Type]

    init(_ heading: String, _ commands: [any Command.Type]) {
      self.heading = heading
      self.commands = commands
    }
  }

  init(_ groups: [Group]) { self.groups = groups }

  /// Every command once.
  var commands: [any Command.Type] { groups.flatMap(\.commands) }

  /// The command that these words begin with, and the words behind its name.
  func find(_ words: [String]) throws(UsageError) -> (any Command.Type, [String]) {
    guard !words.isEmpty else { throw .noCommand }
    // Every start of the program comes here: only names that can be meant are taken to pieces.
    let found = commands.filter {
      $0.usage.utf8.starts(with: words[0].utf8) && words.starts(with: $0.name)
    }.max { $0.name.count < $1.name.count }
    if let found { return (found, Array(words.dropFirst(found.name.count))) }
    throw unknown(words)
  }

  /// The name of the command that these words begin with; none where they begin with none.
  func findForHelp(_ words: [String]) throws(UsageError) -> [String] {
    let words = words.filter { !$0.hasPrefix("-") }
    return words.isEmpty || !family(of: words).isEmpty ? words : try find(words).0.name
  }

  /// The commands whose names begin with these words and go on, as `member add` does for `member`.
  func family(of words: [String]) -> [any Command.Type] {
    commands.filter { $0.name.count > words.count && $0.name.starts(with: words) }
  }

  private func unknown(_ words: [String]) -> UsageError {
    let family = family(of: [words[0]])
    let names = (family.isEmpty ? commands : family).map { $0.spokenName }
    if words.count == 1, !family.isEmpty { return .incompleteCommand(words[0], names) }
    let asked = family.isEmpty ? words[0] : words.prefix(2).joined(separator: " ")
    return .unknownCommand(asked, nearest: Nearest.word(to: asked, among: names))
  }
}

extension Command {
  /// What the usage lines declare.
  static var parsedUsage: Usage { Usage(usage) }

  /// The words of its name: `publish`, or `member add`.
  static var name: [String] { Usage.name(usage) }
}

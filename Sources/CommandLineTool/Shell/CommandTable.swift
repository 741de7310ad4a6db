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
    let found = commands.filter { words.starts(with: $0.name) }.max {
      $0.name.count < $1.name.count
    }
    if let found { return (found, Array(words.dropFirst(found.name.count))) }
    throw unknown(words)
  }

  /// The name of the command that these words begin with; none where they begin with none.
  func findForHelp(_ words: [String]) throws(UsageError) -> [String] {
    let words = words.filter { !$0.hasPrefix("-") }
    return words.isEmpty ? [] : try find(words).0.name
  }

  private func unknown(_ words: [String]) -> UsageError {
    let names = commands.map { $0.name.joined(separator: " ") }
    let isPrefix = names.contains { $0.hasPrefix(words[0] + " ") }
    let asked = isPrefix ? words.prefix(2).joined(separator: " ") : words[0]
    return .unknownCommand(asked, nearest: Nearest.word(to: asked, among: names))
  }
}

extension Command {
  /// What the usage lines declare.
  static var parsedUsage: Usage { Usage(usage) }

  /// The words of its name: `publish`, or `member add`.
  static var name: [String] { parsedUsage.name }
}

import Notation
import Platform
import PromptRegistry

/// The whole program as a function.
package enum Tool {
  /// Does what the words ask for and returns the exit code.
  static func run(
    _ words: [String], in surroundings: Surroundings, commands: CommandTable = .all
  ) -> Int32 {
    let form = OutputForm(askedBy: words)
    let console = Console(form: form, answers: surroundings.answers, talk: surroundings.talk)
    var call: Call?
    do throws(CommandError) {
      let understood = try Call(words, commands)
      call = understood
      let verdict = try understood.run(surroundings, console)
      try hand(over: console, surroundings)
      return verdict.exitCode
    } catch {
      // That the command failed matters more than that its answer is lost as well.
      try? console.flush()
      let report = ErrorReport(error).withUsage(of: call?.command, for: error)
      console.say(report.shown(in: form, console.talk))
      return report.code.exitCode
    }
  }
}

extension Tool {
  private static func hand(
    over console: Console, _ surroundings: Surroundings
  ) throws(CommandError) {
    do throws(PlatformError) {
      try Pager.show(console.takeAnswer(), console, surroundings)
    } catch {
      // Whoever left early, as `head` does, has what he wanted.
      guard error == .closedPipe else { throw .answerLost(error) }
    }
  }
}

/// A command and the words that belong to it.
private struct Call {
  let command: any Command.Type
  private let commands: CommandTable
  private let before: [String]
  private let behind: [String]

  init(_ words: [String], _ commands: CommandTable) throws(CommandError) {
    self.commands = commands
    // What people try first on any program.
    let words = words.first == "--version" ? ["version"] + words.dropFirst() : words
    do throws(UsageError) {
      var (before, rest) = try Self.leadingOptions(words)
      if Self.askForHelp(before) || Self.askForHelp(rest) {
        before = []
        rest = ["help"] + (try commands.findForHelp(rest))
      }
      self.before = before
      (command, behind) = try commands.find(rest)
    } catch {
      throw .usage(error)
    }
  }

  func run(_ surroundings: Surroundings, _ console: Console) throws(CommandError) -> Verdict {
    let usage = command.parsedUsage.adding(Session.usage.options)
    var arguments: Arguments
    do throws(UsageError) {
      arguments =
        usage.passesOn
        ? try Arguments(before, passingOn: behind, usage) : try Arguments(before + behind, usage)
    } catch {
      throw .usage(error)
    }
    let session = try Session(surroundings, console, commands, &arguments)
    return try command.init(arguments).run(in: session)
  }

  /// The options in front of the command's name, with their values, and everything behind them.
  private static func leadingOptions(
    _ words: [String]
  ) throws(UsageError) -> (before: [String], rest: [String]) {
    var before: [String] = []
    var rest = words[...]
    while let word = rest.first, word.hasPrefix("-"), word != "-", word != "--" {
      before.append(rest.removeFirst())
      let option = try OptionWord(word, Session.usage)
      if option.missing != nil, let value = rest.popFirst() { before.append(value) }
    }
    _ = try Arguments(before, Session.usage)
    return (before, Array(rest))
  }

  private static func askForHelp(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }
}

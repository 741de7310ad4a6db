/// A shell that can complete.
enum ShellDialect: String, CaseIterable, ArgumentValue {
  case bash, zsh, fish

  /// What the shell reads: first words complete commands, later ones what follows that command.
  func script(for table: CommandTable) -> String {
    let entries = Dictionary(grouping: table.commands) { $0.name[0] }
      .map { CompletionEntry(word: $0, commands: $1) }.sorted { $0.word < $1.word }
    return switch self {
    case .bash: bash(entries)
    case .zsh: zsh(entries)
    case .fish: fish(entries)
    }
  }
}

/// What can follow the first word of one or several commands' names.
private struct CompletionEntry {
  let word: String
  let summary: String
  let followers: [String]

  init(word: String, commands: [any Command.Type]) {
    self.word = word
    summary = commands.map { $0.summary }.joined(separator: "; ")
    let seconds = commands.flatMap { $0.name.dropFirst() }
    let others = commands.map { $0.parsedUsage }.flatMap { usage in
      usage.options.flatMap(\.names) + usage.words.joined().flatMap(\.choices)
    }
    var seen: Set<String> = []
    followers = (seconds + others + Self.everywhere).filter { seen.insert($0).inserted }
  }

  static let everywhere = Session.usage.options.flatMap(\.names)
}

extension Usage.Word {
  /// The words themselves of a placeholder such as `bash|zsh|fish`; none of one such as `<file>`.
  fileprivate var choices: [String] {
    placeholder.contains("<") ? [] : placeholder.split(separator: "|").map(String.init)
  }
}

extension ShellDialect {
  private func bash(_ entries: [CompletionEntry]) -> String {
    let firsts = entries.map(\.word) + CompletionEntry.everywhere
    return """
      _stet() {
        local word command= words= skip=
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          if [[ -n $skip ]]; then skip=; continue; fi
          case $word in
            -C | --key) skip=1 ;;
            -*) ;;
            *) command=$word; break ;;
          esac
        done
        case $command in
          "") words="\(firsts.joined(separator: " "))" ;;
      \(cases(entries) { "words=\"\($0.joined(separator: " "))\"" })
        esac
        COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
      }
      complete -o default -F _stet stet

      """
  }

  private func zsh(_ entries: [CompletionEntry]) -> String {
    let commands = entries.map { "    \(Self.quoted("\($0.word):\($0.summary)"))" }
    return """
      #compdef stet
      _stet() {
        local -a commands
        commands=(
      \(commands.joined(separator: "\n"))
        )
        if ((CURRENT == 2)); then
          _describe command commands
          return
        fi
        case $words[2] in
      \(cases(entries) { "compadd -- \($0.joined(separator: " "))" })
        esac
        _files
      }
      _stet "$@"

      """
  }

  private func fish(_ entries: [CompletionEntry]) -> String {
    entries.map { entry in
      let summary = Self.quoted(entry.summary)
      let followers = Self.quoted(entry.followers.joined(separator: " "))
      return """
        complete -c stet -n __fish_use_subcommand -f -a \(entry.word) -d \(summary)
        complete -c stet -n '__fish_seen_subcommand_from \(entry.word)' -a \(followers)

        """
    }.joined()
  }

  /// The branches of a `case`, one an entry.
  private func cases(_ entries: [CompletionEntry], _ body: ([String]) -> String) -> String {
    entries.map { "    \($0.word)) \(body($0.followers)) ;;" }.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}

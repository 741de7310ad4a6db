import Notation

/// `stet completions`: lets a shell complete commands, their options and what is in the registry.
struct Completions: Command {
  static let usage = "completions bash|zsh|fish"
  static let summary = "print what makes your shell complete commands, prompts and versions"
  static let details = """
    bash: stet completions bash > ~/.local/share/bash-completion/completions/stet
    zsh:  stet completions zsh > a folder of $fpath, as _stet
    fish: stet completions fish > ~/.config/fish/completions/stet.fish
    """
  static let examples = """
    stet completions bash > ~/.local/share/bash-completion/completions/stet
    """

  private let dialect: ShellDialect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    dialect = try arguments.word("bash|zsh|fish")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    switch session.console.form {
    case .text: session.console.answer(exactly: dialect.script)
    case .json: session.console.answer(["script": .string(dialect.script)])
    }
    return .yes
  }
}

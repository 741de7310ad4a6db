import Ledger
import Platform
import PromptRegistry

/// `stet git`: git in the ledger, safely and with the ledger's signers.
struct GitCommand: Command {
  static let usage = "git …"
  static let summary = "run git in the ledger, with its signers and without anybody's settings"
  static let details = """
    Only what reads, and 'push' to another host: \(readers.joined(separator: ", ")). What writes \
    here would be no entry, and end the registry.
    """
  static let examples = """
    stet git log -p -- prompts/support/triage.prompt
    stet git log --show-signature -3
    """

  /// What changes neither references nor objects here.
  private static let readers = [
    "archive", "blame", "cat-file", "count-objects", "describe", "diff", "diff-tree",
    "for-each-ref", "fsck", "grep", "log", "ls-tree", "merge-base", "name-rev", "push", "rev-list",
    "rev-parse", "shortlog", "show", "show-ref", "verify-commit", "verify-pack", "version",
  ]

  private let words: [String]

  init(_ arguments: consuming Arguments) throws(CommandError) {
    words = try arguments.words("…")
    try arguments.finish()
    guard let verb = words.first(where: { $0 != "--no-pager" }) else {
      throw .usage(.missingWord("…"))
    }
    guard Self.readers.contains(verb) else {
      let expected = "it is one of \(Self.readers.joined(separator: ", "))"
      throw .usage(.badValue(of: "git", text: verb, expected: expected))
    }
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let signers = "\(opened.place.ledger)/allowed_signers"
    let bytes = try registryErrors(in: opened.state.file(.allowedSigners) ?? [])
    try platformErrors(in: FileSystem.replace(signers, bytes))
    let settings = GitProgram.settings + ["-c", "gpg.ssh.allowedSignersFile=\(signers)"]
    var environment = session.surroundings.environment.filter { !$0.key.hasPrefix("GIT_") }
    // An alias could run anything under the name of a git command.
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    let command = Platform.Command(
      "git", ["--git-dir", opened.place.ledger] + settings + words, environment: environment)
    let outcome = try platformErrors { () throws(PlatformError) in
      if session.console.answers.isTerminal { return try Subprocess.runAtTerminal(command) }
      let outcome = try Subprocess.run(command)
      session.console.answer(exactly: outcome.output)
      session.console.talk.tell(outcome.errorText)
      return outcome.ending
    }
    guard case .exited(let status) = outcome else { return .status(1) }
    return .status(status)
  }
}

import Platform
import Testing

@testable import CommandLineTool

struct CompletionsTests {
  private static let table = CommandTable([
    .init("All", [Help.self, Version.self, Completions.self])
  ])

  @Test(arguments: [
    (["stet", "ver"], "version"),
    (["stet", "completions", ""], "bash zsh fish"),
    (["stet", "completions", "z"], "zsh"),
    (["stet", "-C", "help", "ver"], "version"),
    (["stet", "version", "--js"], "--json"),
  ])
  func `bash completes commands, then what follows them`(words: [String], expected: String) throws {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let program =
      ShellDialect.bash.script(for: Self.table)
      + "COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1); _stet\n"
      + "for reply in \"${COMPREPLY[@]}\"; do\n"
      + "  [[ $reply == -* && -z '\(words.last ?? "")' ]] || echo $reply\n"
      + "done"
    let outcome = try Subprocess.run(
      Platform.Command("bash", ["-c", program], environment: ["PATH": "/usr/bin:/bin"]))
    #expect(outcome.errorText == "")
    #expect(outcome.outputText.split(separator: "\n").joined(separator: " ") == expected)
  }

  @Test func `fish and zsh learn every command with its summary`() {
    for dialect in [ShellDialect.zsh, .fish] {
      let script = dialect.script(for: Self.table)
      for command in Self.table.commands {
        #expect(script.contains(command.name[0]))
        #expect(script.contains(command.summary.replacing("'", with: "'\\''")))
      }
    }
  }
}

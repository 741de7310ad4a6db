import Platform
import TestSupport
import Testing

@testable import CommandLineTool

/// What each shell asks `stet` while somebody types, and what it makes of the answers.
struct CompletionsTests {
  @Test(arguments: ShellDialect.allCases)
  func `a shell asks with the words so far and offers what comes back`(
    dialect: ShellDialect
  ) throws {
    let played = try Played("stet -C a pro", in: dialect, answering: #"probe\npromote\task\n"#)
    guard let played else { return }
    #expect(played.asked == "complete|--|-C|a|pro|")
    switch dialect {
    case .bash: #expect(played.offered == ["probe", "promote"])
    case .zsh: #expect(played.offered == ["probe", "promote:ask"])
    case .fish: #expect(played.offered == ["probe", "promote\task"])
    }
  }

  @Test(arguments: ShellDialect.allCases)
  func `a shell asks with an empty word behind a blank`(dialect: ShellDialect) throws {
    let played = try Played("stet get ", in: dialect, answering: #"a/b\n"#)
    guard let played else { return }
    #expect(played.asked == "complete|--|get||")
    #expect(played.offered == ["a/b"])
  }

  @Test(arguments: ShellDialect.allCases)
  func `a shell offers files where stet knows nothing`(dialect: ShellDialect) throws {
    let played = try Played("stet validate --output a-", in: dialect, answering: "")
    guard let played else { return }
    #expect(played.asked == "complete|--|validate|--output|a-|")
    switch dialect {
    // Bash itself does it, as it was told to.
    case .bash: #expect(played.offered == [] && dialect.script.contains("-o default"))
    case .zsh, .fish: #expect(played.offered == ["a-file"])
    }
  }

  @Test(arguments: ShellDialect.allCases)
  func `a version behind an at sign is offered`(dialect: ShellDialect) throws {
    let played = try Played(
      "stet get a/b@1", in: dialect, answering: #"a/b@1.0.0\na/b@1.1.0\n"#)
    guard let played else { return }
    #expect(played.asked == "complete|--|get|a/b@1|")
    switch dialect {
    // What stands in front of the last at sign is a word of its own to bash.
    case .bash: #expect(played.offered == ["1.0.0", "1.1.0"])
    case .zsh, .fish: #expect(played.offered == ["a/b@1.0.0", "a/b@1.1.0"])
    }
  }

  @Test(arguments: ShellDialect.allCases)
  func `a value behind an equals sign is offered`(dialect: ShellDialect) throws {
    let played = try Played("stet promote --to=s", in: dialect, answering: #"--to=staging\n"#)
    guard let played else { return }
    #expect(played.asked == "complete|--|promote|--to=s|")
    #expect(played.offered == [dialect == .bash ? "staging" : "--to=staging"])
  }
}

/// A shell at the end of a line, with a `stet` that writes down what it is asked and answers what
/// it is told to.
private struct Played {
  /// The words that `stet` was run with, a bar behind each.
  let asked: String
  /// What the shell would show.
  let offered: [String]

  /// Nil where the shell is not here.
  init?(_ line: String, in dialect: ShellDialect, answering answer: String) throws {
    guard try Program("sh").run(["-c", "command -v \(dialect.rawValue)"]).succeeded else {
      print("skipped: \(dialect.rawValue) is not here to complete '\(line)'")
      return nil
    }
    let folder = try TemporaryFolder()
    guard try Program("touch", in: folder.path).run(["a-file"]).succeeded else { return nil }
    let outcome = try Program(dialect.rawValue, in: folder.path).run(
      dialect.words(completing: line),
      environment: ["ASKED": folder.path + "/asked", "ANSWER": answer])
    #expect(outcome.succeeded && outcome.errors == "", "\(outcome.errors)")
    let lines = outcome.text.split(separator: "\n").map(String.init)
    guard let first = lines.first else { return nil }
    asked = first
    offered = Array(lines.dropFirst())
  }
}

extension ShellDialect {
  /// What to run the shell with so that it says what it asked, and then what it offers.
  fileprivate func words(completing line: String) -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    switch self {
    case .bash:
      let program = """
        stet() { printf '%s|' "$@" >"$ASKED"; printf '%b' "$ANSWER"; }
        COMP_LINE='\(line)' COMP_POINT=\(line.utf8.count)
        _stet stet
        cat "$ASKED"; echo
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      return ["-c", script + program]
    case .zsh:
      // In place of what zsh has ready for a function that completes.
      let program = """
        stet() { printf '%s|' "$@" >"$ASKED"; printf '%b' "$ANSWER"; }
        _describe() { offered=("${(@P)2}") }
        _files() { offered=($PREFIX*) }
        words=(\(words.map { "'\($0)'" }.joined(separator: " "))) CURRENT=\(words.count)
        PREFIX='\(words.last ?? "")'
        eval "$0"
        cat "$ASKED"; echo
        print -rl -- $offered
        """
      return ["-fc", program, script]
    case .fish:
      let program = """
        function stet
          printf '%s|' $argv >$ASKED
          printf '%b' $ANSWER
        end
        \(script)
        set offered (complete -C '\(line)')
        cat $ASKED; echo
        printf '%s\\n' $offered
        """
      return ["--no-config", "-c", program]
    }
  }
}

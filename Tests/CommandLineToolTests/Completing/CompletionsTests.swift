import Platform
import TestSupport
import Testing

@testable import CommandLineTool

struct CompletionsTests {
  /// Plays bash at the end of a line, with a `stet` that writes down what it is asked and answers
  /// what it is told to.
  private static func complete(_ line: String, answering answer: String) throws -> [String] {
    let folder = try TemporaryFolder()
    let program =
      ShellDialect.bash.script
        + """
        stet() { printf '%s|' "$@" >'\(folder.path)/asked'; printf '\(answer)'; }
        COMP_LINE='\(line)' COMP_POINT=\(line.utf8.count)
        _stet stet
        cat '\(folder.path)/asked'; echo
        printf '%s\\n' "${COMPREPLY[@]}"
        """
    let outcome = try Subprocess.run(
      Platform.Command("bash", ["-c", program], environment: ["PATH": "/usr/bin:/bin"]))
    #expect(outcome.errorText == "")
    return outcome.outputText.split(separator: "\n").map(String.init)
  }

  @Test func `bash asks with the words so far and leaves remarks out`() throws {
    #expect(
      try Self.complete("stet -C a pro", answering: #"promote\task\nprobe\n"#)
        == ["complete|--|-C|a|pro|", "promote", "probe"])
  }

  @Test func `bash asks with an empty word behind a blank`() throws {
    #expect(try Self.complete("stet get ", answering: "") == ["complete|--|get||"])
  }

  @Test func `bash is given only what stands behind the last at sign`() throws {
    #expect(
      try Self.complete("stet get a/b@1", answering: #"a/b@1.0.0\na/b@1.1.0\n"#)
        == ["complete|--|get|a/b@1|", "1.0.0", "1.1.0"])
  }

  @Test(arguments: ShellDialect.allCases)
  func `every shell asks the program itself`(dialect: ShellDialect) {
    #expect(dialect.script.contains(" complete -- "))
  }
}

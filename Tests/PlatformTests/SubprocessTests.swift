import Platform
import TestSupport
import Testing

@Suite struct SubprocessTests {
  private func shell(_ script: String) -> Command {
    Command("sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func `output, errors and status come back apart`() throws {
    let outcome = try Subprocess.run(shell("echo out; echo err >&2; exit 7"))
    #expect(outcome.outputText == "out\n")
    #expect(outcome.errorText == "err\n")
    #expect(outcome.ending == .exited(7))
    #expect(try Subprocess.run(shell("kill -9 $$")).ending == .killed(signal: 9))
  }

  @Test func `words are passed as they are and no shell reads them`() throws {
    let outcome = try Subprocess.run(
      Command("printf", ["%s|", "$HOME", "a b", "*", ";"], environment: ["PATH": "/usr/bin"]))
    #expect(outcome.outputText == "$HOME|a b|*|;|")
  }

  @Test func `a program sees the variables it was given and no others`() throws {
    let outcome = try Subprocess.run(
      Command("/usr/bin/env", [], environment: ["A": "1", "B": "2=3"]))
    #expect(outcome.outputText == "A=1\nB=2=3\n")
  }

  @Test func `more than a pipe holds goes in and comes out at the same time`() throws {
    var command = shell("cat; cat /dev/null >&2")
    command.input = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try Subprocess.run(command).output == command.input)
  }

  @Test func `a program that reads none of its input is no error`() throws {
    var command = shell("exec 0<&-; echo done")
    command.input = Array(repeating: 65, count: 1_000_000)
    #expect(try Subprocess.run(command).outputText == "done\n")
  }

  @Test func `too much output ends the program`() throws {
    var command = shell("yes")
    command.outputLimit = 1000
    #expect(throws: PlatformError.tooLarge(subject: "sh", limit: 1000)) {
      try Subprocess.run(command)
    }
  }

  @Test func `a timeout ends the program and what it started`() throws {
    let folder = try TemporaryFolder()
    let mark = folder.path + "/child"
    var command = shell("sleep 600 & echo $! > \(mark); wait")
    command.timeoutSeconds = 1
    #expect(throws: PlatformError.timedOut(subject: "sh", seconds: 1)) {
      try Subprocess.run(command)
    }
    let child = String(decoding: try FileSystem.read(mark, limit: 20), as: UTF8.self)
    let state = try Subprocess.run(
      shell("ps -o stat= -p \(child.filter(\.isNumber)) | grep -v Z || echo gone"))
    #expect(state.outputText == "gone\n")
  }

  @Test func `a program that says nothing for too long is ended, one that talks is not`() throws {
    var command = shell("for i in 1 2 3 4 5; do echo $i; sleep 0.4; done")
    command.silenceSeconds = 1
    #expect(try Subprocess.run(command).outputText == "1\n2\n3\n4\n5\n")
    command = shell("echo 1; sleep 600")
    command.silenceSeconds = 1
    #expect(throws: PlatformError.timedOut(subject: "sh", seconds: 1)) {
      try Subprocess.run(command)
    }
  }

  @Test func `a program that runs alone has no terminal to ask at`() throws {
    let outcome = try Subprocess.run(shell("ps -o sid=,pid= -p $$"))
    let numbers = outcome.outputText.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }
    #expect(numbers.count == 2 && numbers[0] == numbers[1])
  }

  @Test func `a program that is not there is missing`() throws {
    #expect(throws: PlatformError.missing(subject: "no-such-program")) {
      try Subprocess.run(Command("no-such-program", [], environment: ["PATH": "/usr/bin"]))
    }
    #expect(throws: PlatformError.missing(subject: "/no/such")) {
      try Subprocess.run(Command("/no/such", [], environment: [:]))
    }
  }

  @Test func `a program gets default signals back`() throws {
    Signals.ignoreBrokenPipes()
    #expect(try Subprocess.run(shell("kill -PIPE $$; echo alive")).ending == .killed(signal: 13))
  }

  @Test func `many threads run programs at once and none waits for another's pipe`() async throws {
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<20 {
        group.addTask { try Subprocess.run(self.shell("cat; echo \(number)")).outputText }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(texts == Set((0..<20).map { "\($0)\n" }))
  }
}

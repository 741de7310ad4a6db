import Foundation
import Platform
import TestSupport
import Testing

/// Signals, streams and `exec` belong to a whole process: each case has one of its own.
@Suite struct SignalsTests {
  @Test func `a held request waits until it is asked for`() async {
    await #expect(processExitsWith: .success) {
      Signals.hold()
      // Sent to this thread: the test's process has others, which hold nothing back.
      for (number, request) in [
        (SIGINT, Signals.Request.interrupt), (SIGTERM, .terminate), (SIGHUP, .hangup),
      ] {
        pthread_kill(pthread_self(), number)
        #expect(Signals.next() == request)
      }
    }
  }

  @Test func `a reader who has gone is an error, not the end`() async {
    await #expect(processExitsWith: .success) {
      Signals.ignoreBrokenPipes()
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      close(ends[0])
      try #require(dup2(ends[1], 2) == 2)
      #expect(throws: PlatformError.closedPipe) { try StandardStream.error.write("nobody reads") }
    }
  }

  @Test func `a stream that is closed is called so, and no other file is`() async {
    await #expect(processExitsWith: .success) {
      close(0)
      close(1)
      StandardStream.occupyClosed()
      let (input, output) = ("standard input", "standard output")
      #expect(throws: PlatformError.closed(subject: output)) {
        try StandardStream.output.write("a")
      }
      #expect(throws: PlatformError.closed(subject: input)) {
        try StandardStream.input.readAll(limit: 1)
      }
      #expect(throws: PlatformError.closed(subject: input)) {
        try StandardStream.input.readLine(limit: 1)
      }
    }
  }

  @Test func `Ctrl-C while a program runs ends the program first and then us`() async throws {
    await #expect(processExitsWith: .signal(SIGINT)) {
      let folder = try TemporaryFolder()
      let pipe = folder.path + "/started"
      try #require(mkfifo(pipe, 0o600) == 0)
      // The threads of a pool take no signals unless told to.
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      let runner = pthread_self()
      Thread.detachNewThread {
        // Returns when the program has said that it runs.
        _ = try? FileSystem.readStream(pipe, limit: 10)
        pthread_kill(runner, SIGINT)
      }
      let script = "echo > \(pipe); exec sleep 30"
      let command = Command("sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
      #expect(throws: PlatformError.self) { try Subprocess.run(command) }
    }
  }

  @Test func `lines are read one by one, and none is lost to what reads next`() async {
    await #expect(processExitsWith: .success) {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      let text = "one\r\ntwo\n\nrest without an end"
      try #require(write(ends[1], text, text.utf8.count) == text.utf8.count)
      close(ends[1])
      try #require(dup2(ends[0], 0) == 0)
      #expect(try StandardStream.input.readLine(limit: 10) == "one")
      #expect(throws: PlatformError.self) { try StandardStream.input.readLine(limit: 2) }
      #expect(try StandardStream.input.readLine(limit: 10) == "")
      #expect(try StandardStream.input.readLine(limit: 10) == "")
      let rest = try StandardStream.input.readAll(limit: 100)
      #expect(rest == Array("rest without an end".utf8))
      #expect(try StandardStream.input.readLine(limit: 10) == nil)
      #expect(Terminal.isTerminal(.input) == false)
      #expect(Terminal.width(.input) == nil)
    }
  }

  @Test func `a program at our terminal has our streams and tells how it ended`() async {
    await #expect(processExitsWith: .success) {
      let command = Command("sh", ["-c", "exit 3"], environment: ["PATH": "/usr/bin:/bin"])
      let ending = try Subprocess.runAtTerminal(command)
      #expect(ending == .exited(3))
    }
  }

  @Test func `a process becomes a program, with default signals, or says why not`() async {
    await #expect(processExitsWith: .signal(SIGPIPE)) {
      Signals.ignoreBrokenPipes()
      let script = "kill -PIPE $$; exit 0"
      _ = Subprocess.become(Command("sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"]))
    }
    let failure = Subprocess.become(Command("no-such", [], environment: [:]))
    #expect(failure == .missing(subject: "no-such"))
  }
}

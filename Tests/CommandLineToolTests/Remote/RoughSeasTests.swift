import Foundation
import TestSupport
import Testing

/// Machines that race, processes that are stopped, disks that are full, clones that are hostile.
@Suite struct RoughSeasTests {
  private let host: GitHost
  private let alice: Home
  private var url: String { host.url("prompts.git") }

  init() throws {
    host = try GitHost()
    alice = try Home("alice", key: 1)
    try alice.stet("host", "init", host.path("prompts.git"), in: ".")
    try alice.stet("init", "w", "--remote", url, "--as", "alice", in: ".")
  }

  /// Somebody with a clone, who may publish.
  private func join(_ name: String, key: UInt8) throws -> Home {
    let home = try Home(name, key: key)
    try alice.write(try home.read("key.pub"), to: "\(name).pub")
    try alice.stet(
      "member", "add", name, "--public-key", alice.path("\(name).pub"), "--role", "author")
    try home.stet("clone", url, "w", in: ".")
    return home
  }

  private func count() throws -> Int {
    try #require(Int(host.git("prompts.git", "rev-list", "--count", "main")))
  }

  @Test func fourMachinesPublishAtOnceAndNothingIsLostOrThereTwice() async throws {
    let homes =
      try [alice]
      + ["bob", "carol", "dave"].enumerated().map {
        try join($1, key: UInt8($0 + 2))
      }
    let each = 3
    try await withThrowingTaskGroup(of: Void.self) { group in
      for home in homes {
        group.addTask {
          for number in 0..<each {
            let name = "\(home.person)/note-\(number)"
            try home.write("Text \(number)\n", to: "w/prompts/\(name).prompt")
            try home.stet("publish", name, "-m", "Note \(number)")
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = 4 + homes.count * each
    #expect(try count() == entries)
    let operations = try host.git(
      "prompts.git", "log", "--format=%(trailers:key=Ledger-Op,valueonly,separator=)", "main")
    #expect(Set(operations.split(separator: "\n")).count == entries)
    for home in homes {
      try home.stet("pull")
      #expect(try home.stet("verify").hasPrefix("\(entries) entries verify"))
      #expect(try home.stet("list").split(separator: "\n").count == 1 + homes.count * each)
    }
    _ = try host.git("prompts.git", "fsck", "--strict", "--full", "--no-dangling")
  }

  @Test func ctrlCInTheMiddleOfAPushIsSafe() throws {
    let waiting = host.folder.path + "/waiting"
    let goOn = host.folder.path + "/go-on"
    for pipe in [waiting, goOn] { #expect(mkfifo(pipe, 0o600) == 0) }
    let hook = try String(
      contentsOfFile: host.path("prompts.git") + "/hooks/pre-receive", encoding: .utf8)
    let judge = String(hook.split(separator: "\n")[1]).replacing("exec ", with: "")
    try host.setHook(
      "pre-receive", of: "prompts.git", "echo here > \(waiting); read word < \(goOn); \(judge)")
    try alice.write("Hello\n", to: "w/prompts/greeting.prompt")
    let publishing = try alice.start(["publish", "-m", "Hello"])
    // The host has the entry and has not yet said what becomes of it.
    _ = try FileHandle(forReadingFrom: URL(fileURLWithPath: waiting)).readToEnd()
    kill(publishing.processIdentifier, SIGINT)
    publishing.waitUntilExit()
    // By the signal itself, or with an error where whoever runs the tests holds it back.
    #expect(publishing.terminationReason == .uncaughtSignal || publishing.terminationStatus != 0)
    try FileHandle(forWritingTo: URL(fileURLWithPath: goOn)).write(contentsOf: Data("word\n".utf8))
    try host.setHook("pre-receive", of: "prompts.git", judge)
    // Whatever became of it at the host, from here on it is there once.
    let pulled = try alice.run(["pull"], in: "w")
    #expect(pulled.succeeded && pulled.errors.contains("of an earlier command"), "\(pulled.errors)")
    #expect(try count() == 2)
    #expect(try alice.stet("get", "greeting@1.0.0") == "Hello\n")
    #expect(try alice.stet("verify").hasPrefix("2 entries verify"))
  }

  @Test func aServiceOnACloneNoticesWhatAPullBrought() throws {
    let bob = try join("bob", key: 2)
    let service = try RunningService(
      ledger: bob.path("w/.stet/.git"), state: bob.path("state"))
    func source() throws -> String {
      try Program("curl").run(["-s", "\(service.url)/v1/prompts/greeting@latest/source"]).text
    }
    try alice.write("Hello\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Hello")
    service.refresh()
    #expect(try source() != "Hello\n")
    try bob.stet("pull")
    service.refresh()
    #expect(try source() == "Hello\n")
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Longer")
    try bob.stet("pull")
    try bob.stet("gc")
    service.refresh()
    #expect(try source() == "Hello there\n")
  }

  @Test(arguments: [0, 8, 32, 64])
  func aFullDiskChangesNothingAndRoomMakesItWorkAgain(kilobytesLeft: Int) throws {
    guard try Program("unshare").run(["-m", "true"]).succeeded else {
      print("skipped: only root can mount a file system for a test")
      return
    }
    let bob = try join("bob", key: 2)
    try alice.write(String(repeating: "Hello there\n", count: 4000), to: "w/prompts/long.prompt")
    try alice.stet("publish", "-m", "Long")
    let script = """
      cp -a "$HOME/w" "$HOME/kept"
      mount -t tmpfs -o size=4m none "$HOME/w"
      cp -a "$HOME/kept/." "$HOME/w"
      cd "$HOME/w"
      dd if=/dev/zero of=filler bs=1k 2>/dev/null || true
      truncate -s -\(kilobytesLeft)k filler
      status=0
      "\(Home.program)" pull --json 2>"$HOME/errors" >/dev/null || status=$?
      rm filler
      "\(Home.program)" pull >/dev/null
      git --git-dir .stet/.git fsck --strict --full --no-dangling >&2
      "\(Home.program)" verify
      cat prompts/long.prompt | wc -l
      echo "$status"
      """
    let outcome = try bob.runProgram("unshare", ["-m", "sh", "-euc", script])
    let lines = outcome.text.split(separator: "\n")
    #expect(outcome.succeeded && lines.count == 3, "\(outcome.text)\(outcome.errors)")
    #expect(lines.first?.hasPrefix("3 entries verify") == true)
    #expect(lines.dropFirst().first == "4000")
    if lines.last != "0" {
      let errors = try bob.read("errors")
      #expect(errors.contains("full") && lines.last == "1", "\(errors)")
    }
  }

  @Test(arguments: [
    "[core]\n\tsshCommand = touch trapped", "[credential]\n\thelper = !touch trapped",
    "[remote \"URL\"]\n\turl = ext::touch trapped",
    "[url \"ext::touch trapped\"]\n\tinsteadOf = URL",
    "[core]\n\thooksPath = .", "[core]\n\tfsmonitor = touch trapped",
  ])
  func aHostileCloneRunsNothing(_ setting: String) throws {
    let config = "w/.stet/.git/config"
    let text = try alice.read(config) + setting.replacing("URL", with: url) + "\n"
    try alice.write(text, to: config)
    try alice.write("Hello\n", to: "w/prompts/greeting.prompt")
    for words in [["pull"], ["publish", "-m", "x"], ["gc"]] {
      let outcome = try alice.run(words, in: "w")
      #expect(outcome.status == 1, "\(words): \(outcome.errors)")
      #expect(outcome.errors.contains("the repository sets"), "\(outcome.errors)")
    }
    #expect(!alice.exists("w/trapped") && !alice.exists("w/.stet/.git/trapped"))
    #expect(try count() == 1)
  }

  @Test func hooksOfACloneAreNotRun() throws {
    for hook in ["pre-push", "reference-transaction", "post-checkout"] {
      let file = "w/.stet/.git/hooks/\(hook)"
      try alice.write("#!/bin/sh\ntouch '\(alice.path("trapped"))'\n", to: file)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: alice.path(file))
    }
    try alice.write("Hello\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Hello")
    try alice.stet("pull")
    #expect(!alice.exists("trapped"))
  }
}

import Foundation
import TestSupport
import Testing

/// A registry that goes from one host to another, and hosts that fail meanwhile.
@Suite struct MovingTests {
  private let host: GitHost
  private let alice: Home
  private let bob: Home
  private var old: String { host.url("old.git") }
  private var new: String { host.url("new.git") }

  /// Alice and Bob share three entries; then Bob writes a fourth that Alice does not have.
  init() throws {
    host = try GitHost()
    alice = try Home("alice", key: 1)
    bob = try Home("bob", key: 2)
    try host.makeRepository("old.git")
    try alice.stet("host", "init", host.path("new.git"), in: ".")
    try alice.stet("init", "w", "--remote", old, "--as", "alice", in: ".")
    try alice.write("Hello\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "The first")
    try alice.write(try bob.read("key.pub"), to: "bob.pub")
    try alice.stet(
      "member", "add", "bob", "--public-key", alice.path("bob.pub"), "--role", "author")
    try bob.stet("clone", old, "w", in: ".")
    try bob.write("Bye\n", to: "w/prompts/farewell.prompt")
    try bob.stet("publish", "-m", "Another")
  }

  private func count(_ name: String) throws -> String {
    try host.git(name, "rev-list", "--count", "main")
  }

  private func takeOldHostAway() throws {
    try FileManager.default.moveItem(atPath: host.path("old.git"), toPath: host.path("away.git"))
  }

  @Test func whatOnlyThePresentHostHasMovesToo() throws {
    let foreseen = try alice.stet("remote", "set", new, "--dry-run")
    #expect(foreseen == "would be shared through \(new), up to entry 4\n")
    #expect(try host.git("new.git", "for-each-ref").isEmpty)
    #expect(try alice.stet("remote", "set", new) == "shared through \(new), up to entry 4\n")
    #expect(try count("new.git") == "4")
    #expect(try alice.stet("get", "farewell") == "Bye\n")
    #expect(try bob.stet("remote", "set", new) == "shared through \(new), up to entry 4\n")
    #expect(try alice.stet("verify") == bob.stet("verify"))
  }

  @Test func withoutThePresentHostNothingMovesUnlessItIsAbandoned() throws {
    try takeOldHostAway()
    for words in [["remote", "set", new], ["remote", "set", new, "--dry-run"]] {
      let outcome = try alice.run(words, in: "w")
      #expect(outcome.status == 1, "\(outcome.errors)")
      #expect(outcome.errors.contains("no git repository at '\(old)'"), "\(outcome.errors)")
    }
    #expect(try host.git("new.git", "for-each-ref").isEmpty)
    #expect(try alice.read("w/.stet/workspace.json").contains(old))
    let outcome = try alice.run(["remote", "set", new, "--abandon"], in: "w")
    #expect(outcome.text == "shared through \(new), up to entry 3\n", "\(outcome.errors)")
    #expect(outcome.errors.contains("warning: '\(old)' is not asked"))
    // Bob has what was abandoned: the new host is behind him, and gets it.
    let late = try bob.run(["remote", "set", new, "--abandon"], in: "w")
    #expect(late.text == "shared through \(new), up to entry 4\n", "\(late.errors)")
    #expect(try count("new.git") == "4")
    #expect(try alice.stet("pull").hasPrefix("fetched 1 new, up to entry 4\n"))
  }

  @Test func aHostWithAnOlderStateGetsWhatItLacksAndOneWithAnotherHistoryDoesNot() throws {
    // As it is where the answer was lost, or the process ended before it noted the new host.
    let git = Program("git", in: alice.path("w/.stet/.git"))
    #expect(try git.run(["push", new, "main~1:refs/heads/main"]).succeeded)
    let foreseen = try alice.stet("remote", "set", new, "--dry-run")
    #expect(foreseen == "would be shared through \(new), up to entry 4\n")
    #expect(try count("new.git") == "2")
    #expect(try alice.stet("remote", "set", new) == "shared through \(new), up to entry 4\n")
    #expect(try count("new.git") == "4")
    // Bob goes on at the old host and Alice at the new: no push can make one history of both.
    try bob.write("Bye bye\n", to: "w/prompts/farewell.prompt")
    try bob.stet("publish", "-m", "Longer")
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Longer")
    let refusal = try bob.refusal("remote", "set", new)
    #expect(refusal.status == 4 && refusal.text.contains("another history"), "\(refusal.text)")
    #expect(try bob.read("w/.stet/workspace.json").contains(old))
  }

  @Test func aHostThatTakesNothingIsSaidToAndNothingIsForgottenOfIt() throws {
    let lock = host.path("new.git") + "/refs/heads/main.lock"
    try Data().write(to: URL(fileURLWithPath: lock))
    let refusal = try alice.refusal("remote", "set", new)
    #expect(refusal.status == 3 && refusal.text.contains("took nothing\n"), "\(refusal.text)")
    try takeOldHostAway()
    try host.makeRepository("old.git")
    try host.setHook("pre-receive", of: "old.git", "exit 1")
    _ = try alice.refusal("init", "x", "--remote", old, "--as", "alice", in: ".")
    let emptied = try alice.refusal("clone", old, "c", in: ".")
    #expect(emptied.status == 4 && emptied.text.contains("no entry any more"), "\(emptied.text)")
  }
}

import Foundation
import TestSupport
import Testing

/// The whole program on several machines around one git host.
@Suite struct SharedRegistryTests {
  private let host: GitHost
  private let alice: Home
  private let bob: Home
  private var url: String { host.url("prompts.git") }

  /// Alice has begun a registry with one prompt and let Bob in, who has cloned it.
  init() throws {
    host = try GitHost()
    try host.makeRepository("prompts.git")
    alice = try Home("alice", key: 1)
    bob = try Home("bob", key: 2)
    try alice.stet("init", "w", "--remote", url, "--as", "alice", in: ".")
    try alice.write("Hello\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "The first")
    try alice.write(try bob.read("key.pub"), to: "bob.pub")
    try alice.stet(
      "member", "add", "bob", "--public-key", alice.path("bob.pub"), "--role", "author")
    try bob.stet("clone", url, "w", in: ".")
  }

  @Test func aCloneHasEveryPromptAndPublishesInItsTurn() throws {
    #expect(try bob.read("w/prompts/greeting.prompt") == "Hello\n")
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Longer")
    try bob.write("Bye\n", to: "w/prompts/farewell.prompt")
    #expect(try bob.stet("publish", "-m", "Another") == "published farewell 1.0.0 (first)\n")
    let pulled = try bob.stet("pull")
    #expect(pulled.contains("updated  greeting at 1.0.1"))
    #expect(
      try alice.stet("pull").contains("fetched 1 new, up to entry 5\nadded  farewell at 1.0.0"))
    #expect(try alice.read("w/prompts/farewell.prompt") == "Bye\n")
    #expect(try alice.stet("verify") == bob.stet("verify"))
    #expect(try host.git("prompts.git", "rev-list", "--count", "main") == "5")
  }

  @Test func aDryRunSaysWhatWouldComeAndNothingMoves() throws {
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Longer")
    let foreseen = try bob.stet("pull", "--dry-run")
    #expect(
      foreseen == "would fetch 1 new, up to entry 4\nwould be updated  greeting at 1.0.1\n")
    #expect(try bob.read("w/prompts/greeting.prompt") == "Hello\n")
    #expect(try bob.stet("git", "rev-list", "--count", "main") == "3\n")
    #expect(try bob.stet("pull").hasPrefix("fetched 1 new, up to entry 4\n"))
    let carol = try Home("carol", key: 3)
    let cloned = try carol.stet("clone", url, "w", "--dry-run", in: ".")
    #expect(cloned.hasPrefix("would clone 4 entries to "))
    #expect(!carol.exists("w") && !carol.exists("state"))
    try carol.write(try bob.read("w/.stet/workspace.json"), to: "w/.stet/workspace.json")
    try carol.write("Hello, changed here\n", to: "w/prompts/greeting.prompt")
    #expect(try carol.stet("pull", "--dry-run").hasPrefix("would fetch 4 new, up to entry 4\n"))
    #expect(!carol.exists("w/.stet/.git") && !carol.exists("state"))
  }

  @Test func whatBothChangedIsMergedAfterAPull() throws {
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Longer")
    try bob.write("Good day\n", to: "w/prompts/greeting.prompt")
    let refusal = try bob.refusal("publish", "-m", "Mine")
    #expect(refusal.status == 1)
    #expect(refusal.text.contains("'stet pull' merges it into the draft"))
    #expect(try bob.stet("pull").contains("conflict  greeting at 1.0.1"))
    #expect(try bob.read("w/prompts/greeting.prompt").contains("<<<<<<< your draft"))
  }

  @Test func aWorkspaceThatWasCheckedOutWithAProductFetchesItsLedger() throws {
    let checkout = try Home("carol", key: 3)
    try checkout.write(try bob.read("w/.stet/workspace.json"), to: "w/.stet/workspace.json")
    try checkout.write("Hello, changed here\n", to: "w/prompts/greeting.prompt")
    #expect(try checkout.stet("pull").hasPrefix("fetched 3 new, up to entry 3\n"))
    #expect(try checkout.read("w/prompts/greeting.prompt") == "Hello, changed here\n")
    #expect(try checkout.stet("get", "greeting") == "Hello\n")
  }

  @Test func theLedgerThatAWorkspaceNamesIsTheOnlyOneItTakes() throws {
    let checkout = try Home("carol", key: 3)
    let record = try bob.read("w/.stet/workspace.json")
    let id = try #require(record.firstRange(of: "sha256:"))
    let other = record.replacingCharacters(
      in: id.upperBound..<record.index(id.upperBound, offsetBy: 8), with: "00000000")
    try checkout.write(other, to: "w/.stet/workspace.json")
    let refusal = try checkout.refusal("pull")
    #expect(refusal.status == 4 && refusal.text.contains("I28"))
    #expect(!checkout.exists("w/.stet/.git"))
  }

  @Test func aClonePinsTheLedgerItIsToldAndLeavesNothingWhereItIsAnother() throws {
    let answer = try JSONSerialization.jsonObject(with: Data(bob.stet("verify", "--json").utf8))
    let id = try #require((answer as? [String: Any])?["id"] as? String)
    let carol = try Home("carol", key: 3)
    let wrong = "sha256:" + String(repeating: "0", count: 64)
    #expect(try carol.refusal("clone", url, "w", "--id", wrong, in: ".").status == 4)
    #expect(!carol.exists("w"))
    #expect(try carol.stet("clone", url, "w", "--id", id, in: ".").contains("cloned 3 entries"))
    #expect(try carol.refusal("clone", url, "w", in: ".").text.contains("is not empty"))
  }

  @Test func aReviewShowsWhatTheHostHasAndWithoutItSaysSo() throws {
    try alice.stet("policy", "preset", "team")
    try alice.stet("promote", "greeting", "--to", "staging")
    try alice.stet("promote", "greeting", "--to", "production", "-m", "Launch")
    let waiting = try bob.stet("review")
    #expect(waiting.contains("greeting") && waiting.contains("by alice"), "\(waiting)")
    try FileManager.default.moveItem(
      atPath: host.path("prompts.git"), toPath: host.path("away.git"))
    let outcome = try bob.run(["review"], in: "w")
    #expect(outcome.succeeded && outcome.text == waiting)
    #expect(outcome.errors.hasPrefix("warning: what follows is the copy here: "))
    try host.makeRepository("prompts.git")
    let refusal = try bob.refusal("review")
    #expect(refusal.status == 4 && refusal.text.contains("has no entry any more"))
  }

  @Test func aRegistryThatWasHereAloneIsSharedAndMovesToAnotherHost() throws {
    let carol = try Home("carol", key: 3)
    try carol.stet("init", "w", "--as", "carol", in: ".")
    try carol.write("Hello\n", to: "w/prompts/greeting.prompt")
    try carol.stet("publish", "-m", "The first")
    let refusal = try carol.refusal("remote", "set", url)
    #expect(refusal.status == 4 && refusal.text.contains("serves another ledger"))
    #expect(try !carol.read("w/.stet/workspace.json").contains("git://"))
    for name in ["first.git", "second.git"] {
      try carol.stet("host", "init", host.path(name), in: ".")
      let foreseen = try carol.stet("remote", "set", host.url(name), "--dry-run")
      #expect(foreseen == "would be shared through \(host.url(name)), up to entry 2\n")
      #expect(try host.git(name, "for-each-ref").isEmpty)
      let answer = try carol.stet("remote", "set", host.url(name))
      #expect(answer == "shared through \(host.url(name)), up to entry 2\n")
      #expect(try host.git(name, "rev-list", "--count", "main") == "2")
    }
    try carol.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try carol.stet("publish", "-m", "Longer")
    #expect(try host.git("second.git", "rev-list", "--count", "main") == "3")
    #expect(try host.git("first.git", "rev-list", "--count", "main") == "2")
  }

  @Test func aFolderOfPromptsBeginsAtTheHostWholeOrNotAtAll() throws {
    let carol = try Home("carol", key: 3)
    try carol.write("Hello\n", to: "source/greeting.prompt")
    try host.makeRepository("new.git")
    try host.setHook("pre-receive", of: "new.git", "exit 1")
    let words = ["init", "w", "--remote", host.url("new.git"), "--from", "source", "--as", "carol"]
    #expect(try carol.run(words).status == 3)
    #expect(!carol.exists("w"))
    #expect(try host.git("new.git", "for-each-ref").isEmpty)
    // Another text under the same name, which a draft that was left behind would stand against.
    try carol.write("Hello there\n", to: "source/greeting.prompt")
    try host.setHook("pre-receive", of: "new.git", "exit 0")
    #expect(try carol.run(words).succeeded)
    #expect(try carol.read("w/prompts/greeting.prompt") == "Hello there\n")
    #expect(carol.exists("w/prompts/greeting.changelog.md"))
    #expect(try host.git("new.git", "rev-list", "--count", "main") == "2")
  }
}

import Foundation
import TestSupport
import Testing

/// A host that keeps the rules itself: made by `stet host init`, served by git, whose hook runs.
@Suite struct HostedRegistryTests {
  private let host: GitHost
  private let alice: Home
  private var url: String { host.url("prompts.git") }

  init() throws {
    host = try GitHost()
    alice = try Home("alice", key: 1)
    let keeper = try Home("git", key: 9)
    try keeper.stet("host", "init", host.path("prompts.git"), in: ".")
    try alice.stet("init", "w", "--remote", url, "--as", "alice", in: ".")
    try alice.write("Hello\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "The first")
  }

  /// Git in Alice's copy, as somebody who goes round Stet.
  private func git(_ words: String...) throws -> Program.Outcome {
    try Program("git", in: alice.path("w/.stet/.git")).run(
      words,
      environment: [
        "GIT_AUTHOR_NAME": "m", "GIT_AUTHOR_EMAIL": "m@x", "GIT_COMMITTER_NAME": "m",
        "GIT_COMMITTER_EMAIL": "m@x",
      ])
  }

  @Test func anHonestPushIsLetInAndTheHostHasSafeSettings() throws {
    #expect(try host.git("prompts.git", "rev-list", "--count", "main") == "2")
    for (key, value) in [
      ("receive.denyNonFastForwards", "true"), ("receive.denyDeletes", "true"),
      ("receive.fsckObjects", "true"), ("core.fsync", "all"), ("gc.auto", "0"),
    ] {
      #expect(try host.git("prompts.git", "config", "--get", key) == value)
    }
    _ = try host.git("prompts.git", "fsck", "--strict", "--full")
  }

  @Test func anEntryThatBreaksARuleIsRefusedInThePushersTerminal() throws {
    let tree = try git("rev-parse", "main^{tree}").text.filter { !$0.isNewline }
    let commit = try git("commit-tree", "-p", "main", "-m", "mine", tree).text
      .filter { !$0.isNewline }
    let push = try git("push", url, "\(commit):refs/heads/main")
    #expect(!push.succeeded)
    #expect(push.errors.contains("entry 3 breaks I3"), "\(push.errors)")
    #expect(try host.git("prompts.git", "rev-list", "--count", "main") == "2")
  }

  @Test func otherReferencesRewindingAndRemovingAreRefused() throws {
    let tag = try git("push", url, "main:refs/tags/v1")
    #expect(!tag.succeeded && tag.errors.contains("a registry has nothing else"))
    let branch = try git("push", url, "main:refs/heads/main", "main:refs/heads/other")
    #expect(!branch.succeeded)
    #expect(try !git("push", "--force", url, "main~1:refs/heads/main").succeeded)
    #expect(try !git("push", url, ":refs/heads/main").succeeded)
    #expect(try host.git("prompts.git", "for-each-ref", "--format=%(refname)") == "refs/heads/main")
  }

  @Test func aStrangersRegistryIsNoPlaceToPushTo() throws {
    let mallory = try Home("mallory", key: 5)
    try mallory.stet("init", "w", "--as", "mallory", in: ".")
    let push = try Program("git", in: mallory.path("w/.stet/.git")).run(["push", url, "main"])
    #expect(!push.succeeded)
    let cloned = try mallory.stet("clone", url, "c", in: ".")
    #expect(cloned.contains("cloned 2 entries"))
    try mallory.write("Mine\n", to: "c/prompts/mine.prompt")
    let refusal = try mallory.refusal("publish", "-m", "Mine", in: "c")
    #expect(refusal.status == 1 && refusal.text.contains("enrol"))
  }

  @Test(arguments: [(-3600, "behind"), (3600, "ahead of")])
  func anEntryDatedFarFromTheHostsClockIsRefused(_ offset: Int64, _ words: String) throws {
    let name = "clock-\(offset).git"
    let keeper = try Home("git", key: 9)
    try keeper.stet("host", "init", host.path(name), in: ".")
    let late = try Home("late", key: 3)
    // A host without entries takes old ones; from then on it looks at its clock.
    let born = late.runHere(
      ["init", "w", "--remote", host.url(name), "--as", "late"], clock: min(offset, 0))
    #expect(born.status == 0, "\(born.talk)")
    try late.write("Hello\n", to: "w/prompts/greeting.prompt")
    let refused = late.runHere(["-C", "w", "publish", "-m", "The first"], clock: offset)
    #expect(refused.status == 3)
    #expect(refused.talk.contains("seconds \(words) this host's clock"), "\(refused.talk)")
    #expect(try host.git(name, "rev-list", "--count", "main") == "1")
  }

  @Test func aHostThatPlainGitHasFedIsRepaired() throws {
    let bob = try Home("bob", key: 2)
    try bob.stet("clone", url, "w", in: ".")
    try host.commit("prompts.git", ["-p", "main", "main^{tree}"])
    let refusal = try bob.refusal("pull")
    #expect(refusal.status == 4)
    #expect(refusal.text.contains("entry 3 breaks I3") && refusal.text.contains("host repair"))
    #expect(try bob.stet("get", "greeting") == "Hello\n")
    let said = try alice.stet("host", "repair", host.path("prompts.git"))
    #expect(said.hasPrefix("set back to entry 2, as entry 3 breaks I3"))
    #expect(
      try alice.stet("host", "repair", host.path("prompts.git")).hasPrefix("every entry holds"))
    #expect(try bob.stet("pull") == "every draft is up to date\n")
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Longer")
  }

  @Test func overHTTPItIsTheSame() throws {
    let web = try HTTPHost(host)
    let bob = try Home("bob", key: 2)
    try alice.write(try bob.read("key.pub"), to: "bob.pub")
    try alice.stet(
      "member", "add", "bob", "--public-key", alice.path("bob.pub"), "--role", "author")
    try bob.stet("clone", web.url("prompts.git"), "w", in: ".")
    try bob.write(String(repeating: "A long text.\n", count: 20_000), to: "w/prompts/long.prompt")
    #expect(try bob.stet("publish", "-m", "Mine") == "published long 1.0.0 (first)\n")
    #expect(try alice.stet("pull").contains("added  long at 1.0.0"))
    let tag = try git("push", web.url("prompts.git"), "main:refs/tags/v1")
    #expect(!tag.succeeded && tag.errors.contains("a registry has nothing else"), "\(tag.errors)")
    let absent = try bob.refusal("clone", web.url("absent.git"), "c", in: ".")
    #expect(absent.status == 1 && absent.text.contains("there is no git repository"))
  }

  @Test func aCommandThatFindsManyFilesPacksThemAndSaysSo() throws {
    let count = 4000
    let blobs = (0..<count).map { "blob\ndata \("\($0)".utf8.count)\n\($0)\n" }.joined()
    let ledger = Program("git", in: alice.path("w/.stet/.git"))
    let made = try ledger.run(
      ["-c", "fastimport.unpackLimit=\(2 * count)", "fast-import", "--quiet"],
      input: Array(blobs.utf8))
    #expect(made.succeeded, "\(made.errors)")
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    let published = try alice.run(["publish", "-m", "Longer"], in: "w")
    #expect(published.succeeded && published.errors.contains("packing the ledger"))
    #expect(try ledger.run(["count-objects"]).text.hasPrefix("0 objects"))
    #expect(try alice.stet("get", "greeting@latest") == "Hello there\n")
    #expect(try alice.run(["pull"], in: "w").errors.isEmpty)
  }

  @Test func aHostIsMadeOnlyWhereThereIsNothing() throws {
    let refusal = try alice.refusal("host", "init", host.path("prompts.git"))
    #expect(refusal.status == 1 && refusal.text.contains("already"))
  }

  @Test func packingKeepsEverythingAndSaysWhatItDid() throws {
    #expect(try alice.stet("gc").hasPrefix("packed "))
    #expect(try alice.stet("gc", "--json").contains("\"loose\":0"))
    #expect(try alice.stet("verify").hasPrefix("2 entries verify"))
    #expect(try alice.stet("-C", host.path("prompts.git"), "gc").hasPrefix("packed "))
    try alice.write("Hello there\n", to: "w/prompts/greeting.prompt")
    try alice.stet("publish", "-m", "Longer")
  }
}

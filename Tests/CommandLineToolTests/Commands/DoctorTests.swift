import TestSupport
import Testing

/// What says of itself that it is wrong ends with the exit code of what is wrong.
struct DoctorTests {
  @Test func `a ledger that does not verify is no mere finding`() throws {
    let home = try Home("alice", key: 1)
    try home.stet("init", "w", "--as", "alice", in: ".")
    try home.write("Hello\n", to: "w/prompts/greeting.prompt")
    try home.stet("publish", "-m", "The first")
    #expect(try home.run(["doctor"], in: "w").status == 0)
    let git = try home.runProgram(
      "git", ["--git-dir", "w/.stet/.git", "update-ref", "refs/heads/main", "main~1"])
    #expect(git.succeeded)
    let found = try home.run(["doctor"], in: "w")
    #expect(found.status == 4)
    #expect(found.text.contains("I28"))
  }

  @Test func `a lock that git left is named, shown and removed`() throws {
    let home = try Home("alice", key: 1)
    try home.stet("init", "w", "--as", "alice", in: ".")
    let lock = "w/.stet/.git/refs/heads/main.lock"
    try home.write("", to: lock)
    #expect(try home.run(["doctor"], in: "w").text.contains("'\(home.path(lock))' is there"))
    let shown = try home.run(["doctor", "--unlock", "--dry-run"], in: "w")
    #expect(shown.status == 1)
    #expect(shown.text.hasPrefix("would remove \(home.path(lock))\n"))
    let removed = try home.run(["doctor", "--unlock"], in: "w")
    #expect(removed.status == 0)
    #expect(removed.text.hasPrefix("removed \(home.path(lock))\n"))
    #expect(try home.run(["doctor", "--dry-run"], in: "w").status == 2)
  }

  @Test func `that nothing can be remembered is said once`() throws {
    let home = try Home("alice", key: 1)
    try home.stet("init", "w", "--as", "alice", in: ".")
    let nowhere = ["STET_STATE": "", "XDG_STATE_HOME": "", "HOME": ""]
    let found = try home.run(["doctor", "--unlock", "--dry-run"], in: "w", environment: nowhere)
    let reason = "neither STET_STATE, XDG_STATE_HOME nor HOME is set"
    #expect(found.text.contains("BAD  memory: \(reason)\n"))
    #expect(
      found.errors == "warning: this machine cannot remember what it verified: \(reason)\n")
  }

  @Test func `a hook that git did not start has no registry to judge for`() throws {
    let home = try Home("alice", key: 1)
    let outcome = try home.run(
      ["hook", "pre-receive", "--json"], environment: ["GIT_DIR": home.path(".")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(#""code":"not-a-registry""#))
  }
}

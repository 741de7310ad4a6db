import Foundation
import TestSupport
import Testing

/// What a machine, a neighbour or a stranger may do to a registry: one clear error each, the right
/// code, and nothing that lies in the repository is run.
@Suite struct AdversityTests {
  /// A way to spoil a registry, and what is said of it.
  struct Spoil: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let status: Int32
    let code: String
    let words: String
    let spoil: @Sendable (Site) throws -> Void

    init(
      _ description: String, _ status: Int32, _ code: String, _ words: String,
      _ spoil: @escaping @Sendable (Site) throws -> Void
    ) {
      testDescription = description
      self.status = status
      self.code = code
      self.words = words
      self.spoil = spoil
    }

    /// A line in the repository's configuration.
    static func setting(_ key: String, _ value: String) -> Spoil {
      Spoil("config \(key)", 1, "not-a-registry", key.lowercased()) { site in
        let parts = key.split(separator: ".")
        try site.append("[\(parts[0])]\n\t\(parts[1]) = \(value)\n", to: "config")
      }
    }
  }

  /// A program that leaves a mark if anybody runs it.
  private static let trap = "touch $PWD/trapped"

  static let spoils = [
    Spoil("no ledger", 1, "not-a-registry", "there is no ledger") {
      try FileManager.default.removeItem(atPath: "\($0.ledger)/config")
    },
    Spoil("another git repository", 4, "not-verified", "I3") { site in
      try FileManager.default.removeItem(atPath: site.ledger)
      let made = try Program("git").run(["init", "-q", "--bare", "-b", "main", site.ledger])
      guard made.succeeded else { throw Failure(made.errors) }
      try FileManager.default.removeItem(atPath: "\(site.path)/state")
      try site.write("[core]\n\tbare = true\n", to: "workspace/.stet/.git/config")
      try site.commitWithGit("A commit like any other")
    },
    Spoil("shallow", 4, "not-verified", "I12") { site in
      try site.write(try site.tip(), to: "workspace/.stet/.git/shallow")
    },
    Spoil("replace refs", 4, "not-verified", "I12") { site in
      try site.git("replace", "refs/heads/main", "refs/heads/main~1")
    },
    Spoil("alternates", 4, "not-verified", "I12") { site in
      try site.write("/nowhere\n", to: "workspace/.stet/.git/objects/info/alternates")
    },
    Spoil("another user's", 1, "not-permitted", "belongs to another user") { site in
      let changed = try Program("chown").run(["-R", "65534:65534", site.ledger])
      guard changed.succeeded else { throw Skipped("only root can give files away") }
    },
    .setting("core.fsmonitor", trap), .setting("core.hooksPath", "/tmp"),
    .setting("core.sshCommand", trap), .setting("alias.log", "!\(trap)"),
    .setting("gpg.program", trap), .setting("core.pager", trap), .setting("core.editor", trap),
    .setting("include.path", "/dev/null"), .setting("credential.helper", trap),
    .setting("uploadpack.packObjectsHook", trap), .setting("core.worktree", "/"),
  ]

  @Test(arguments: spoils)
  func `a spoiled registry is one clear error, and nothing of it is run`(spoil: Spoil) throws {
    let site = try Site.withRegistry()
    try site.draft("support/reply", "Say nothing.\n")
    do { try spoil.spoil(site) } catch let error as Skipped {
      return print("skipped: \(spoil.testDescription): \(error.reason)")
    }
    try site.setTraps()
    for words in [["status"], ["publish", "-m", "x"], ["git", "log"], ["get", "support/reply"]] {
      let outcome = try site.stet(words + ["--json"].filter { _ in words[0] != "git" })
      #expect(outcome.status == spoil.status, "\(words): \(outcome.errors)")
      if words[0] != "git" { #expect(outcome.errors.contains("\"code\":\"\(spoil.code)\"")) }
      #expect(outcome.errors.contains(spoil.words), "\(words)")
      #expect(outcome.output.isEmpty, "\(words)")
    }
    #expect(!site.wasTrapped)
  }

  @Test func `hooks of the repository are never run`() throws {
    let site = try Site.withRegistry()
    try site.setTraps()
    try site.draft("support/reply", "Say nothing.\n")
    try site.succeed("publish", "-m", "Quiet")
    try site.succeed("git", "log", "--oneline")
    #expect(!site.wasTrapped)
  }

  /// Changes that only a mount can make; each in a namespace of its own, so that nothing is left.
  private func inMountNamespace(_ site: Site, _ script: String) throws -> Program.Outcome? {
    guard try Program("unshare").run(["-m", "true"]).succeeded else {
      print("skipped: only root can mount a file system for a test")
      return nil
    }
    var environment = site.environment
    environment["STET"] = Programs.stet
    environment["SITE"] = site.path
    return try Program("unshare").run(["-m", "sh", "-euc", script], environment: environment)
  }

  @Test(arguments: [">/dev/full", ">&-"])
  func `an answer that cannot be written is no success`(target: String) throws {
    let site = try Site.withRegistry()
    let files = try site.files()
    for words in ["list", "get support/reply@latest", "show support/reply", "--json verify"] {
      let outcome = try Program("sh").run(
        ["-c", "exec \"$0\" -C \"$1\" \(words) \(target)", Programs.stet, site.workspace],
        environment: site.environment)
      #expect(outcome.status == 1, "\(words)")
      #expect(outcome.errors.contains("the answer could not be written"), "\(words)")
    }
    #expect(try site.files() == files)
  }

  @Test func `an input that is closed is an error of whoever closed it`() throws {
    let site = try Site.withRegistry()
    let outcome = try Program("sh").run(
      ["-c", "exec \"$0\" -C \"$1\" policy set - <&-", Programs.stet, site.workspace],
      environment: site.environment)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "error: 'standard input' is closed\n")
  }

  @Test func `a reader who leaves early is no error`() throws {
    let site = try Site.withRegistry()
    // What is written before finds out when the reader has gone.
    let script = """
      trap '' PIPE
      { while printf ' ' 2>/dev/null; do :; done; "$0" -C "$1" log; echo $? >&2; } | true
      """
    let outcome = try Program("bash").run(
      ["-c", script, Programs.stet, site.workspace], environment: site.environment)
    #expect(outcome.errors == "0\n")
  }

  @Test func `a folder that nobody can make is an error, not the end`() throws {
    let site = try Site.withRegistry()
    for words in [["init", "/proc/stet"], ["key", "new", "/proc/stet/key"]] {
      let outcome = try site.stet(words)
      #expect(outcome.status == 1, "\(outcome.errors)")
      #expect(outcome.errors.contains("error: "), "\(words)")
    }
  }

  @Test func `a read-only file system is said to be one`() throws {
    let site = try Site.withRegistry()
    try site.draft("support/reply", "Say nothing.\n")
    let outcome = try inMountNamespace(
      site,
      """
      mount --bind "$SITE/workspace" "$SITE/workspace"
      mount -o remount,bind,ro "$SITE/workspace"
      "$STET" -C "$SITE/workspace" get support/reply >/dev/null
      "$STET" -C "$SITE/workspace" publish -m x --json
      """)
    guard let outcome else { return }
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("\"code\":\"not-permitted\""), "\(outcome.errors)")
    #expect(try site.entries() == 5)
  }

  @Test(arguments: [0, 4, 8, 16, 32, 64])
  func `a full disk leaves the registry as it was, and room makes it work again`(
    kilobytesLeft: Int
  ) throws {
    let site = try Site.withRegistry()
    try site.draft("support/reply", "Say nothing.\n")
    let outcome = try inMountNamespace(
      site,
      """
      cp -a "$SITE/workspace" "$SITE/kept"
      mount -t tmpfs -o size=4m none "$SITE/workspace"
      cp -a "$SITE/kept/." "$SITE/workspace"
      cd "$SITE/workspace"
      dd if=/dev/zero of=filler bs=1k 2>/dev/null || true
      truncate -s -\(kilobytesLeft)k filler
      status=0
      "$STET" publish -m x --json 2>"$SITE/errors" >/dev/null || status=$?
      rm filler
      git --git-dir .stet/.git fsck --strict --no-dangling >&2
      "$STET" verify --json | grep -o '"entries":[0-9]*'
      echo "$status"
      if [ "$status" != 0 ]; then
        "$STET" publish -m x >/dev/null
        "$STET" verify --json | grep -o '"entries":[0-9]*'
      fi
      """)
    guard let outcome else { return }
    #expect(outcome.succeeded, "\(outcome.errors)")
    let lines = outcome.text.split(separator: "\n")
    if lines.contains("0") {
      #expect(lines == ["\"entries\":6", "0"])
    } else {
      #expect(lines == ["\"entries\":5", "1", "\"entries\":6"])
      let errors = try String(contentsOfFile: "\(site.path)/errors", encoding: .utf8)
      #expect(errors.contains("\"code\":\"limit\"") && errors.contains("full"), "\(errors)")
    }
  }
}

/// Why a case cannot be tried here.
private struct Skipped: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

extension Site {
  /// Adds to a file of the ledger's own.
  fileprivate func append(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: "\(ledger)/\(name)")
    try (Data(contentsOf: url) + Data(text.utf8)).write(to: url)
  }

  /// Puts a commit of stock git in place of the ledger.
  fileprivate func commitWithGit(_ subject: String) throws {
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    let program = Program("git")
    let tree = try program.run(["--git-dir", ledger, "mktree"]).text.filter { $0 != "\n" }
    let made = try program.run(
      ["--git-dir", ledger] + identity + ["commit-tree", "-m", subject, tree])
    guard made.succeeded else { throw Failure(made.errors) }
    try git("update-ref", "refs/heads/main", made.text.filter { $0 != "\n" })
  }

  /// Programs that leave a mark, wherever git would look for one.
  fileprivate func setTraps() throws {
    for hook in ["pre-commit", "post-commit", "reference-transaction", "post-checkout", "pre-push"]
    {
      let name = "workspace/.stet/.git/hooks/\(hook)"
      try write("#!/bin/sh\ntouch '\(path)/trapped'\n", to: name)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(name)")
    }
  }

  fileprivate var wasTrapped: Bool {
    exists("trapped") || FileManager.default.fileExists(atPath: "trapped")
  }
}

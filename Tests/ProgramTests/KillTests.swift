import Foundation
import TestSupport
import Testing

/// Something that writes, and what has to be there before.
struct Deed: Sendable, CustomTestStringConvertible {
  let words: [String]
  /// What does the rest where the first of two entries is there; nil where there is only one.
  var rest: [String]?
  var preparation: @Sendable (Site) throws -> Void = { _ in }

  /// How many entries it writes.
  var entries: Int { rest == nil ? 1 : 2 }
  var testDescription: String { words.joined(separator: " ") }

  /// Those of authors and, in the whole sweep, everybody's.
  static let swept =
    Sweep.isWhole ? all + reviewing : Array(all.prefix(3)) + Array(reviewing.prefix(1))

  static let all = [
    Deed(words: ["publish", "support/reply", "-m", "Third"]) {
      try $0.draft("support/reply", "Say hello, very briefly.\n")
    },
    // So many files that they become a pack.
    Deed(words: ["publish", "-m", "Many"]) { site in
      for number in 1...40 { try site.draft("many/p\(number)", "Say \(number).\n") }
    },
    Deed(words: ["yank", "support/reply@1.0.0", "--why", "wrong"]),
    Deed(words: ["retire", "support/old", "--why", "unused"]) { site in
      try site.draft("support/old", "Say goodbye.\n")
      try site.succeed("publish", "-m", "Another")
    },
    Deed(words: ["promote", "support/reply", "--to", "production"]),
    Deed(words: ["withdraw", "support/reply", "--from", "staging", "--why", "wrong"]),
    Deed(words: ["revert", "support/reply", "--in", "staging", "--why", "wrong"]),
    Deed(words: ["lock", "production", "--why", "holidays"]),
    Deed(words: ["unlock", "production"]) {
      try $0.succeed("lock", "production", "--why", "holidays")
    },
    Deed(words: ["service", "add", "shop", "--read", "staging"]),
  ]
}

/// Whatever moment a process dies at, its ledger stands before its entry or after it.
@Suite struct KillTests {
  /// How long the command after a death may take beside what it takes anyway: a lock that was left
  /// behind is looked at for a second before it is removed.
  private static let patience = Duration.seconds(2)

  @Test(arguments: Deed.swept)
  func `a kill leaves the state before or the state after`(deed: Deed) throws {
    let site = try Site.withRegistry()
    try deed.preparation(site)
    try site.keep()
    let before = (entries: try site.entries(), tip: try site.tip())
    let calls = try site.calls(of: deed.words)
    let after = try site.files()
    #expect(calls.count > 20)
    var outcomes: Set<Int> = []
    for death in calls.deaths() {
      try site.putBack()
      try site.kill(deed.words, at: death)
      try site.checkObjects()
      let entries = try site.entries()
      outcomes.insert(entries - before.entries)
      switch entries {
      case before.entries:
        #expect(try site.tip() == before.tip, "\(death)")
        try expectAtOnce(site, deed.words, death)
      case before.entries + deed.entries: break
      case before.entries + 1: try expectAtOnce(site, deed.rest ?? [], death)
      default: Issue.record("\(death): \(entries) entries after \(before.entries)")
      }
      #expect(try site.files() == after, "\(death)")
      try site.write("Say something else.\n", to: "next.prompt")
      try expectAtOnce(
        site, ["publish", "next/one", "--file", "\(site.path)/next.prompt", "-m", "Next"], death)
      #expect(try site.entries() == before.entries + deed.entries + 1, "\(death)")
      try site.checkObjects()
    }
    // A sweep that never saw both sides of the swap swept nothing.
    #expect(outcomes.isSuperset(of: [0, deed.entries]))
  }

  @Test(arguments: ["pull", "gc"])
  func `a kill of what writes no entry leaves the ledger as it was or as the host has it`(
    verb: String
  ) throws {
    let host = try GitHost()
    try host.makeRepository("prompts.git")
    let (site, other) = (try Site(), try Site())
    try site.succeed("init", site.workspace, "--as", "alice", "--remote", host.url("prompts.git"))
    try other.succeed("clone", host.url("prompts.git"), other.workspace)
    try other.draft("support/reply", "Say hello.\n")
    try other.succeed("publish", "-m", "First", "--key", "\(site.path)/key")
    try site.keep()
    let before = try site.entries()
    let calls = try site.calls(of: [verb])
    let after = try site.entries()
    #expect(after == (verb == "pull" ? before + 1 : before))
    for death in calls.deaths(oneOf: 4) {
      try site.putBack()
      try site.kill([verb], at: death)
      try site.checkObjects()
      #expect(try [before, after].contains(site.entries()), "\(death)")
      try expectAtOnce(site, [verb], death)
      #expect(try site.entries() == after, "\(death)")
      #expect(site.exists("workspace/prompts/support/reply.prompt") == (verb == "pull"), "\(death)")
      try site.checkObjects()
    }
  }

  @Test(arguments: [[], ["--from", "sample"], ["--bare"]])
  func `a kill during init leaves no registry or a whole one`(options: [String]) throws {
    let site = try Site()
    for number in 1...3 { try site.write("Say \(number).\n", to: "sample/p\(number).prompt") }
    let options = options.map { $0 == "sample" ? "\(site.path)/sample" : $0 }
    let words = ["init", site.workspace, "--as", "alice"] + options
    try site.keep()
    let calls = try site.calls(of: words)
    let after = try site.entries()
    for death in calls.deaths() {
      try site.putBack()
      try site.kill(words, at: death)
      let verified = try site.stet("verify")
      if !verified.succeeded {
        #expect(verified.errors.contains("neither a workspace nor a registry"), "\(death)")
        try expectAtOnce(site, words, death)
      }
      #expect(try site.entries() == after, "\(death)")
      if !options.contains("--bare") { try site.succeed("status") }
    }
  }

  private func expectAtOnce(_ site: Site, _ words: [String], _ death: Death) throws {
    let clock = ContinuousClock()
    let taken = try clock.measure { try site.succeed(words) }
    guard taken > Self.patience else { return }
    // On a machine that is busy with something else everything takes long.
    let usual = try clock.measure { try site.succeed("verify") }
    #expect(taken < Self.patience + usual * 20, "\(words) after \(death)")
  }
}

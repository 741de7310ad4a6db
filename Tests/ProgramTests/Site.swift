import Foundation
import TestSupport

/// The programs that were built beside these tests.
enum Programs {
  /// `stet` itself, or what `STET_PROGRAM` names.
  static let stet = ProcessInfo.processInfo.environment["STET_PROGRAM"] ?? beside("stet")
  /// Kills a program at one of its calls; see `Tests/Killer`.
  static let killer = beside("killer")

  private static func beside(_ name: String) -> String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent(name).path
  }
}

/// How much of a long test is run: a part with every `make test`, the whole with `make crash`.
enum Sweep {
  static let isWhole = ProcessInfo.processInfo.environment["STET_SWEEP"] == "whole"
}

/// Something that should have gone well did not.
struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A machine of its own for the real program: a home with a key, what is remembered, a workspace.
///
/// It can be put back as it was, at the same path: what a machine remembers goes by paths.
final class Site: Sendable {
  let folder: TemporaryFolder
  var path: String { "\(folder.path)/site" }
  var workspace: String { "\(path)/workspace" }
  var ledger: String { "\(workspace)/.stet/.git" }
  private var kept: String { "\(folder.path)/kept" }

  /// A home with a key, and nothing else.
  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try succeed("key", "new", "\(path)/key")
  }

  /// A registry of one member, with a prompt of two versions; the newer one is live in staging,
  /// the older one was.
  static func withRegistry() throws -> Site {
    let site = try Site()
    try site.succeed("init", site.workspace, "--as", "alice")
    try site.draft("support/reply", "Say hello.\n")
    try site.succeed("publish", "-m", "First")
    try site.succeed("promote", "support/reply", "--to", "staging")
    try site.draft("support/reply", "Say hello, briefly.\n")
    try site.succeed("publish", "-m", "Second")
    try site.succeed("promote", "support/reply", "--to", "staging")
    return site
  }

  // MARK: - Programs

  /// Runs `stet` on the workspace.
  func stet(_ words: [String]) throws -> Program.Outcome {
    try Program(Programs.stet).run(inPlace(words), environment: environment)
  }

  func stet(_ words: String...) throws -> Program.Outcome { try stet(words) }

  /// Runs `stet` and throws what it said where it did not succeed.
  @discardableResult
  func succeed(_ words: [String]) throws -> Program.Outcome {
    let outcome = try stet(words)
    guard outcome.succeeded else {
      throw Failure("stet \(words.joined(separator: " ")): \(outcome.status) \(outcome.errors)")
    }
    return outcome
  }

  @discardableResult
  func succeed(_ words: String...) throws -> Program.Outcome { try succeed(words) }

  /// Runs git on the ledger and returns what it answered.
  @discardableResult
  func git(_ words: String...) throws -> String {
    let outcome = try Program("git").run(["--git-dir", ledger] + words)
    guard outcome.succeeded else {
      throw Failure("git \(words.joined(separator: " ")): \(outcome.errors)")
    }
    return outcome.text
  }

  /// What every run of `stet` here sees of its surroundings.
  var environment: [String: String] {
    ["HOME": path, "STET_STATE": "\(path)/state", "STET_KEY": "\(path)/key", "TZ": "UTC"]
  }

  /// The words with the place in front, except where they make it, and with this site for `$SITE`.
  func inPlace(_ words: [String]) -> [String] {
    let words = words.map { $0.replacing("$SITE", with: path) }
    return ["init", "clone", "key"].contains(words.first) ? words : ["-C", workspace] + words
  }

  // MARK: - Files

  /// Writes a draft.
  func draft(_ name: String, _ text: String) throws {
    try write(text, to: "workspace/prompts/\(name).prompt")
  }

  /// Writes a file below the site.
  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(name)")
  }

  /// Keeps everything as it is now.
  func keep() throws {
    try copy(path, to: kept)
  }

  /// Puts everything back as it was kept.
  func putBack() throws {
    try FileManager.default.removeItem(atPath: path)
    try copy(kept, to: path)
  }

  /// With the times of all files, by which a lock that was left behind is known.
  private func copy(_ source: String, to target: String) throws {
    let outcome = try Program("cp").run(["-a", source, target])
    guard outcome.succeeded else { throw Failure(outcome.errors) }
  }
}

// MARK: - What a registry stands at

extension Site {
  /// How many entries verify, read with nothing remembered; throws where one does not.
  func entries() throws -> Int {
    let outcome = try succeed("verify", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    guard let entries = object?["entries"] as? Int else { throw Failure(outcome.text) }
    return entries
  }

  /// The commit that the ledger stands at.
  func tip() throws -> String { try git("rev-parse", "refs/heads/main") }

  /// The path of every file of the newest state.
  func files() throws -> String { try git("ls-tree", "-r", "--name-only", "refs/heads/main") }

  /// Throws what git finds wrong with the objects.
  func checkObjects() throws { try git("fsck", "--strict", "--no-dangling") }
}

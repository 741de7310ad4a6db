import Foundation

/// A git host on this machine: bare repositories that real git serves over its own protocol, to
/// whoever connects, for reading and writing. Hooks run.
public final class GitHost: Sendable {
  /// Holds the repositories.
  public let folder: TemporaryFolder
  private let listener: Listener

  /// `environment` is what the hooks see beside git's own variables.
  public init(environment: [String: String] = [:]) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    listener = try Listener { Self.serve($0, folder.path, environment) }
  }

  public var port: Int { listener.port }

  /// The address of a repository, through another port where one is given.
  public func url(_ name: String, port: Int? = nil) -> String {
    "git://127.0.0.1:\(port ?? self.port)/\(name)"
  }

  /// Where a repository lies.
  public func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// Makes an empty repository with `main` as its branch.
  public func makeRepository(_ name: String) throws {
    let path = path(name)
    let outcome = try Program("git").run(["init", "-q", "--bare", "-b", "main", path])
    guard outcome.succeeded else { throw Listener.Failure(call: outcome.errors) }
  }

  /// Git in a repository, as somebody with a shell at the host would run it.
  public func git(_ name: String, _ words: String...) throws -> String {
    let outcome = try Program("git", in: path(name)).run(words)
    guard outcome.succeeded else { throw Listener.Failure(call: outcome.errors) }
    return outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Puts a plain commit on `main`, as somebody with git and without Stet would.
  public func commit(_ name: String, _ words: [String]) throws {
    let person = ["NAME": "mallory", "EMAIL": "mallory@example.com"]
    let environment = ["AUTHOR", "COMMITTER"].flatMap { role in
      person.map { ("GIT_\(role)_\($0.key)", $0.value) }
    }
    let made = try Program("git", in: path(name)).run(
      ["commit-tree", "-m", "hello"] + words,
      environment: Dictionary(uniqueKeysWithValues: environment))
    let id = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
    _ = try git(name, "update-ref", "refs/heads/main", id)
  }

  /// Puts a hook in place.
  public func setHook(_ name: String, of repository: String, _ script: String) throws {
    let file = "\(path(repository))/hooks/\(name)"
    try FileManager.default.createDirectory(
      atPath: "\(path(repository))/hooks", withIntermediateDirectories: true)
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
  }

  private static func serve(
    _ connection: Int32, _ folder: String, _ environment: [String: String]
  ) {
    let stream = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "git", "daemon", "--inetd", "--export-all", "--enable=receive-pack", "--informative-errors",
      "--base-path=\(folder)", folder,
    ]
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
      "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
    ].merging(environment) { $1 }
    process.standardInput = stream
    process.standardOutput = stream
    process.standardError = FileHandle.nullDevice
    // A connection that cannot be served ends, and the client says so.
    try? process.run()
    process.waitUntilExit()
  }
}

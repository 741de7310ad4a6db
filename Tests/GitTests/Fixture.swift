import Foundation
import Git
import TestSupport

/// A bare repository in a folder of its own, and the real `git` program to judge it.
struct Fixture {
  let folder: TemporaryFolder
  var path: String { folder.path + "/ledger.git" }

  init() throws {
    folder = try TemporaryFolder()
    _ = try Repository.create(path)
  }

  func open() throws -> Repository { try Repository.open(path) }

  /// Runs git on the repository and returns what it printed; any status but zero is an error.
  @discardableResult
  func git(_ arguments: String..., input: String = "") throws -> String {
    try run("git", ["--git-dir", path] + arguments, input: input)
  }

  /// Runs a program with a bare environment.
  @discardableResult
  func run(_ program: String, _ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder.url
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "alice", "GIT_AUTHOR_EMAIL": "alice@stet",
      "GIT_COMMITTER_NAME": "alice", "GIT_COMMITTER_EMAIL": "alice@stet",
    ]
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    let errors = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ProgramFailure(
        words: [program] + arguments, text: String(decoding: output + errors, as: UTF8.self))
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Git's own check of everything, refusing what merely warns.
  func checkWithGit() throws { try git("fsck", "--strict", "--full", "--no-dangling") }
}

struct ProgramFailure: Error, CustomStringConvertible {
  let words: [String]
  let text: String
  var description: String { "\(words.joined(separator: " ")): \(text)" }
}

extension Repository {
  /// A commit of a tree with a fixed author and time.
  borrowing func commit(_ tree: ObjectID, parent: ObjectID? = nil) throws -> ObjectID {
    let parentLine = parent.map { "parent \($0)\n" } ?? ""
    let person = "alice <alice@stet> 1795251600 +0000"
    return try write(
      .commit,
      Array("tree \(tree)\n\(parentLine)author \(person)\ncommitter \(person)\n\nentry\n".utf8))
  }

  /// A tree of these files.
  borrowing func tree(of files: [String: String], on base: ObjectID? = nil) throws -> ObjectID? {
    try applying(
      files.map { TreeEdit(path: $0.key, blob: try write(.blob, Array($0.value.utf8))) },
      to: base)
  }
}

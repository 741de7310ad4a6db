import Contracts
import Foundation
import Platform
import PromptRegistry
import TestSupport
import Testing

@testable import CommandLineTool

struct DraftSurveyTests {
  @Test func `a folder that may not be listed is a flaw, and hides no other draft`() throws {
    guard let become = FileOwner() else {
      return print("skipped: this system has no 'setfsuid', and root may list any folder")
    }
    let folder = try TemporaryFolder()
    for file in ["open/a.prompt", "shut/b.prompt"] {
      let parts = file.split(separator: "/")
      try FileSystem.createDirectories("\(folder.path)/\(parts[0])")
      try FileSystem.replace("\(folder.path)/\(file)", Array("Hello".utf8))
    }
    try Self.allow(0o755, folder.path)
    try Self.allow(0o000, "\(folder.path)/shut")
    defer { try? Self.allow(0o755, "\(folder.path)/shut") }  // so that it can be removed
    let (known, gone) = (try PromptName("shut/b"), try PromptName("open/gone"))
    let first = SemanticVersion(1, 0, 0)
    let drafts = DraftFolder(path: folder.path, starts: [known: first, gone: first])
    let survey = try become.nobody { try drafts.survey() }
    #expect(survey.drafts.map(\.name.text) == ["open/a"])
    #expect(survey.flaws.map(\.finding.file) == ["prompts/shut"])
    #expect(survey.unreadable == [known])
    #expect(throws: CommandError.self) { try become.nobody { try drafts.names() } }
  }

  private static func allow(_ rights: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
  }
}

/// Whom this thread touches files as.
private struct FileOwner {
  private typealias Call = @convention(c) (UInt32) -> Int32
  private let set: Call

  /// Nil where the system cannot tell the threads of a process apart so.
  init?() {
    guard let symbol = dlsym(nil, "setfsuid") else { return nil }
    set = unsafeBitCast(symbol, to: Call.self)
  }

  /// Does something as somebody who owns nothing, where this is root who may do anything.
  func nobody<Result>(_ body: () throws -> Result) rethrows -> Result {
    let somebody = UInt32(geteuid())
    guard somebody == 0 else { return try body() }
    _ = set(65534)
    defer { _ = set(somebody) }
    return try body()
  }
}

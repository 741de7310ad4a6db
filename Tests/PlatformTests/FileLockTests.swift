import Platform
import TestSupport
import Testing

@Suite struct FileLockTests {
  let folder: TemporaryFolder
  var path: String { folder.path + "/lock" }

  init() throws { folder = try TemporaryFolder() }

  @Test func `a second owner is refused until the first lets go`() throws {
    do {
      let first = try FileLock(path, .exclusive, timeoutSeconds: 0)
      #expect(throws: PlatformError.locked(subject: path, seconds: 0)) {
        _ = try FileLock(path, .exclusive, timeoutSeconds: 0)
      }
      #expect(throws: PlatformError.locked(subject: path, seconds: 0)) {
        _ = try FileLock(path, .shared, timeoutSeconds: 0)
      }
      _ = consume first
    }
    _ = try FileLock(path, .exclusive, timeoutSeconds: 0)
  }

  @Test func `shared owners stand beside each other and keep an exclusive one out`() throws {
    let first = try FileLock(path, .shared, timeoutSeconds: 0)
    let second = try FileLock(path, .shared, timeoutSeconds: 0)
    #expect(throws: PlatformError.locked(subject: path, seconds: 0)) {
      _ = try FileLock(path, .exclusive, timeoutSeconds: 0)
    }
    _ = consume first
    _ = consume second
  }

  @Test func `a note outlives its writer and is replaced whole`() throws {
    do {
      let lock = try FileLock(path, .exclusive, timeoutSeconds: 0)
      #expect(try lock.note() == [])
      try lock.setNote(Array("a longer note".utf8))
    }
    let lock = try FileLock(path, .exclusive, timeoutSeconds: 0)
    #expect(try lock.note() == Array("a longer note".utf8))
    try lock.setNote(Array("short".utf8))
    #expect(try lock.note() == Array("short".utf8))
    try lock.setNote([])
    #expect(try lock.note() == [])
  }

  @Test func `who waits gets the lock as soon as its owner lets go`() async throws {
    let path = path
    let counted = try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<25 {
            let lock = try FileLock(path, .exclusive, timeoutSeconds: 60)
            let count = Int(String(decoding: try lock.note(), as: UTF8.self)) ?? 0
            try lock.setNote(Array("\(count + 1)".utf8))
          }
        }
      }
      try await group.waitForAll()
      return try FileLock(path, .shared, timeoutSeconds: 0).note()
    }
    #expect(counted == Array("100".utf8))
  }

  @Test func `a lock file that is a link is not followed`() throws {
    try FileSystem.replace(folder.path + "/elsewhere", [])
    let outcome = try Subprocess.run(
      Command("ln", ["-s", "elsewhere", path], environment: ["PATH": "/usr/bin:/bin"]))
    #expect(outcome.ending.isSuccess)
    #expect(throws: PlatformError.wrongKind(subject: path)) {
      _ = try FileLock(path, .exclusive, timeoutSeconds: 0)
    }
  }
}

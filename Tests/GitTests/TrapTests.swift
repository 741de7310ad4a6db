import Foundation
import Synchronization
@testable import Git
import TestSupport
import Testing

/// The traps of libgit2 1.5 that are not about one type; the others stand beside their types.
@Suite struct TrapTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  @Test func `nothing is lost while git repacks and packs references next to four writers`()
    async throws
  {
    let path = fixture.path
    let setup = try fixture.open()
    let root = try setup.commit(try #require(try setup.tree(of: ["a": "1"])))
    #expect(setup.compareAndSwap("refs/heads/main", to: root, expecting: nil) == .swapped)
    let (writers, moves) = (4, 15)
    let done = Progress(expected: writers)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<writers {
        group.addTask {
          defer { done.finishOne() }
          try Writer(path: path).append(moves)
        }
      }
      group.addTask {
        var rounds = 0
        while !done.isComplete || rounds == 0 {
          try fixture.git("pack-refs", "--all")
          try fixture.git("gc", "-q")
          rounds += 1
        }
      }
      try await group.waitForAll()
    }
    #expect(try fixture.git("rev-list", "--count", "main") == "\(1 + writers * moves)\n")
    try fixture.checkWithGit()
  }

  @Test func `a failing object write is told with the library's category and sentence`() throws {
    let repository = try fixture.open()
    let id = try ObjectID.of(.blob, [1])
    // A file where the fan-out folder of this object must be.
    let url = URL(fileURLWithPath: "\(fixture.path)/objects/\(id.hex.prefix(2))")
    try Data().write(to: url)
    do {
      try repository.write(.blob, [1])
      Issue.record("the write succeeded")
    } catch GitError.library(let failure) {
      #expect(failure.call == "git_odb_write")
      #expect(failure.code < 0)
      #expect(failure.message.isEmpty == false)
    }
    #expect(repository.contains(id) == false)
  }

  @Test func `the cause of a failure is read from the end of its sentence`() {
    func cause(_ message: String) -> LibraryFailure.Cause? {
      LibraryFailure(call: "c", code: -1, category: 2, message: message).cause
    }
    #expect(cause("failed to write to '/x': No space left on device") == .full)
    #expect(cause("failed to create '/x': Read-only file system") == .readOnly)
    #expect(cause("failed to create '/x': Permission denied") == .denied)
    #expect(cause("failed to create '/x': No such file or directory") == .vanished)
    #expect(cause("Permission denied, said the object") == nil)
  }

  @Test func `only the hook's repository sees what is pushed and still in quarantine`() async {
    // A process of its own, as variables are those of a whole process.
    await #expect(processExitsWith: .success) {
      let fixture = try Fixture()
      let incoming = try Fixture()
      let pushed = try incoming.open()
      let commit = try pushed.commit(try #require(try pushed.tree(of: ["a": "1"])))
      setenv("GIT_DIR", fixture.path, 1)
      setenv("GIT_OBJECT_DIRECTORY", incoming.path + "/objects", 1)
      setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", fixture.path + "/objects", 1)
      let plain = try Repository.open(fixture.path)
      let isSeenByAnybody = plain.contains(commit)
      #expect(isSeenByAnybody == false)
      let hook = try Repository.openFromEnvironment()
      let isSeenByTheHook = hook.contains(commit)
      #expect(isSeenByTheHook)
      #expect(try hook.reference("refs/heads/main") == nil)
    }
  }
}

/// Counts finished writers, so that git works for as long as they do.
private final class Progress: Sendable {
  private let left: Mutex<Int>

  init(expected: Int) { left = Mutex(expected) }

  var isComplete: Bool { left.withLock { $0 == 0 } }

  func finishOne() { left.withLock { $0 -= 1 } }
}

/// Adds commits as the ledger does: whatever fails is begun again.
private struct Writer {
  let path: String

  func append(_ moves: Int) throws {
    let repository = try Repository.open(path)
    var done = 0
    while done < moves {
      do {
        let tip = try repository.reference("refs/heads/main")
        let tree = try #require(try repository.tree(of: ["by": UUID().uuidString]))
        let commit = try repository.commit(tree, parent: tip)
        switch repository.compareAndSwap("refs/heads/main", to: commit, expecting: tip) {
        case .swapped: done += 1
        case .modified, .locked: continue
        case .ambiguous(let error): throw error
        }
      } catch GitError.library(let failure) {
        print("retried: \(failure.message)")
      }
    }
  }
}

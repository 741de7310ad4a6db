import Foundation
import Git
import Keys
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Ledger

@Suite struct ConcurrencyTests {
  @Test func eightWritersAtOnceLoseNothingAndWriteNothingTwice() throws {
    let book = try Notebook()
    let failures = Mutex<[String]>([])
    let path = book.path
    let memory = book.memory
    Parallel.run(8) { writer in
      do {
        // Each with handles of its own, as eight processes would have.
        let journal = try Journal.open(path, rules: NotebookRules(), memory: memory)
        for turn in 0..<5 {
          try Notebook.write(
            journal, ["notes/\(writer)/\(turn)": "x"], nonce: "\(writer)\(turn)")
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    let journal = try book.open(remembering: false)
    #expect(try journal.verify().valid == 41)
    let tip = try #require(try journal.standing().tip)
    for writer in 0..<8 {
      #expect(try journal.tree(of: tip).children(of: "notes/\(writer)").count == 5)
    }
    #expect(try book.git.run(["fsck", "--strict"]).succeeded)
  }

  @Test func oneJournalMayBeUsedFromManyThreads() throws {
    let book = try Notebook()
    let journal = try book.open()
    let failures = Mutex<[String]>([])
    Parallel.run(4) { writer in
      do {
        for turn in 0..<5 {
          try Notebook.write(
            journal, ["notes/\(writer)/\(turn)": "x"], nonce: "\(writer)\(turn)")
          _ = try journal.standing()
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try book.open(remembering: false).verify().valid == 21)
  }
}

@Suite struct WriterLockTests {
  private func put(_ book: Notebook, _ name: String, _ text: String, secondsAgo: Double = 0) throws
  {
    let path = "\(book.path)/\(name)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)], ofItemAtPath: path)
  }

  private func gitLockRemains(_ book: Notebook) -> Bool {
    FileManager.default.fileExists(atPath: WriterLock.gitLock(in: book.path))
  }

  @Test func theLockOfAWriterThatDiedIsRemoved() throws {
    let book = try Notebook()
    let id = String(repeating: "a", count: 40)
    for content in ["", "\(id.prefix(20))", "\(id)\n"] {
      try put(book, "writer.lock", id, secondsAgo: 20)
      try put(book, "refs/heads/main.lock", content, secondsAgo: 20)
      try book.write(["notes/\(content.count)": "x"], nonce: "1")
      #expect(!gitLockRemains(book))
      #expect(try Data(contentsOf: URL(fileURLWithPath: "\(book.path)/writer.lock")).isEmpty)
    }
  }

  @Test func aLockThatMayBeSomebodyElsesStays() throws {
    let book = try Notebook()
    let id = String(repeating: "a", count: 40)
    let other = String(repeating: "b", count: 40)
    // With another commit in it; older than the note.
    for (content, age) in [("\(other)\n", 20.0), ("", 40.0)] {
      try put(book, "writer.lock", id, secondsAgo: 20)
      try put(book, "refs/heads/main.lock", content, secondsAgo: age)
      _ = try WriterLock(book.path)
      #expect(gitLockRemains(book))
    }
    // Without a note.
    _ = try WriterLock(book.path)
    #expect(gitLockRemains(book))
  }

  @Test func aForeignLockIsWaitedForAndNamed() throws {
    let book = try Notebook()
    try put(book, "refs/heads/main.lock", "")
    let error = #expect(throws: LedgerError.self) {
      try book.write(["notes/a": "x"], nonce: "1")
    }
    #expect(error == .foreignLock(path: WriterLock.gitLock(in: book.path)))
    #expect(try book.open(remembering: false).verify().valid == 1)
    #expect(try book.open().unlock() == WriterLock.gitLock(in: book.path))
    #expect(try book.open().unlock() == nil)
    try book.write(["notes/a": "x"], nonce: "1")
  }

  @Test func anEntryIsFoundAgainByItsOperation() throws {
    let book = try Notebook()
    let mine = try book.write(["notes/a": "1"], nonce: "1")
    try book.write(["notes/a": "2"], nonce: "2")
    let store = try book.open().store
    #expect(try store.holds(mine))
    var other = mine.entry
    other.operation = try Sample.operation(2)
    #expect(try !store.holds(Sample.signed(other)))
  }
}

import Foundation
import Git
import TestSupport
import Testing

@testable import Ledger

@Suite struct PackTests {
  private let caller = GitCaller(["PATH": "/usr/local/bin:/usr/bin:/bin"], company: .alone)

  @Test func looseObjectsBecomePacksAndEveryEntryIsStillRead() throws {
    let book = try Notebook()
    for number in 1...20 { try book.write(["notes/\(number)": "\(number)"], nonce: "\(number)") }
    // A reader that has looked before, as the service has.
    let reader = try book.open()
    let tip = try #require(try reader.standing().tip)
    let files = try book.open().pack(caller)
    #expect(files.before.loose > 60 && files.before.packs == 0)
    #expect(files.after.loose == 0 && files.after.packs == 1)
    #expect(try reader.tree(of: tip).children(of: "notes").count == 20)
    #expect(try reader.verify().valid == 21)
    let later = try book.write(["notes/later": "x"], nonce: "99")
    #expect(try reader.standing().tip == later)
    #expect(try book.open(remembering: false).verify().broken == nil)
    #expect(try book.git.run(["fsck", "--strict", "--full", "--no-dangling"]).succeeded)
  }

  @Test func aReaderOutlivesThePacksThatItHasOpen() throws {
    let book = try Notebook()
    for round in 1...4 {
      try book.write(["notes/\(round)": "\(round)"], nonce: "a\(round)")
      _ = try book.open().pack(caller)
    }
    let reader = try book.open(remembering: false)
    #expect(try reader.standing().verified == 5)
    for round in 5...9 {
      try book.write(["notes/\(round)": "\(round)"], nonce: "a\(round)")
      _ = try book.open().pack(caller)
      let tip = try #require(try reader.standing().tip)
      #expect(try reader.tree(of: tip).children(of: "notes").count == round)
    }
    #expect(try reader.verify().valid == 10)
  }

  @Test func packsGrowSoThatThereAreFewOfThem() throws {
    let book = try Notebook()
    var most = 0
    for round in 1...24 {
      try book.write(["notes/\(round)": "\(round)"], nonce: "\(round)")
      most = max(most, try book.open().pack(caller).after.packs)
    }
    #expect(most <= 6, "\(most) packs")
  }

  @Test func nobodyPacksWhileSomebodyWrites() throws {
    let book = try Notebook()
    try book.write(["notes/a": "x"], nonce: "1")
    let journal = try book.open()
    let order = Order(
      signer: .key(try Sample.key()), now: .init(seconds: Notebook.start),
      nonce: String(repeating: "d", count: 32))
    var isLocked = false
    _ = try journal.append(order) { (_) throws(Never) in
      let lock = Program("flock", in: book.path)
      isLocked = (try? lock.run(["-n", "writer.lock", "true"]).succeeded) == false
      return Decision(Notebook.proposal(["notes/b": "y"]), answer: ())
    }
    #expect(isLocked)
  }

  @Test func aLedgerCountsAsClutteredByLooseObjectsOrPacks() throws {
    let book = try Notebook()
    let journal = try book.open()
    #expect(try !journal.isCluttered())
    for number in 0..<Journal.packLimit {
      let file = "\(book.path)/objects/pack/pack-\(number).pack"
      #expect(FileManager.default.createFile(atPath: file, contents: nil))
    }
    #expect(try journal.isCluttered())
  }
}

import Foundation
import Git
import Keys
import Notation
import TestSupport
import Testing

@testable import Ledger

@Suite struct JournalTests {
  @Test func whatIsWrittenIsReadAfterOpeningAgain() throws {
    let book = try Notebook()
    try book.write(["notes/a": "one", "notes/b/c": "two"], nonce: "1")
    let second = try book.write(["notes/a": "three", "notes/b/c": nil], nonce: "2")
    let journal = try book.open(remembering: false)
    let standing = try journal.standing()
    #expect(standing.tip == second)
    #expect(standing.verified == 3)
    #expect(second.entry.number == 3)
    let tree = journal.tree(of: second)
    #expect(try tree.blob(at: "notes/a", limit: 10) == Array("three".utf8))
    #expect(try tree.children(of: "notes").map(\.name) == ["a"])
    let first = try #require(try journal.parent(of: second))
    #expect(try journal.tree(of: first).blob(at: "notes/b/c", limit: 10) == Array("two".utf8))
    #expect(try journal.verify() == Verdict(valid: 3, tip: second.id, broken: nil))
  }

  @Test func gitItselfFindsNothingWrong() throws {
    let book = try Notebook()
    for number in 1...3 {
      try book.write(["notes/\(number)": "x"], nonce: "\(number)")
    }
    let signers = book.folder.path + "/signers"
    try "alice@stet namespaces=\"git\" \(Sample.key().publicKey.line)\n".write(
      toFile: signers, atomically: true, encoding: .utf8)
    let settings = ["-c", "gpg.format=ssh", "-c", "gpg.ssh.allowedSignersFile=\(signers)"]
    let log = try book.git.run(settings + ["log", "--show-signature", "main"])
    #expect(log.succeeded)
    #expect(log.text.components(separatedBy: "Good \"git\" signature for alice@stet").count == 5)
    #expect(try book.git.run(settings + ["verify-commit", "main"]).succeeded)
    let check = try book.git.run(["fsck", "--strict", "--full", "--no-dangling"])
    #expect(check.succeeded && check.errors.isEmpty, "\(check.text)\(check.errors)")
  }

  struct No: Error, Equatable {}

  @Test func aRefusalLeavesNoEntry() throws {
    let book = try Notebook()
    let journal = try book.open()
    let before = try journal.standing().tip
    let order = Order(
      signer: .key(try Sample.key()), now: Timestamp(seconds: Notebook.start),
      nonce: String(repeating: "b", count: 32))
    let outcome: Result<Written<Int>, No> = try journal.append(order) { (_) throws(No) in
      throw No()
    }
    #expect(throws: No.self) { try outcome.get() }
    #expect(try journal.standing().tip == before)
  }

  @Test func aDecisionSeesTheStateTheNumberAndTheTime() throws {
    let book = try Notebook()
    let journal = try book.open()
    let order = Order(
      signer: .key(try Sample.key()), now: Timestamp(seconds: Notebook.start + 5),
      nonce: String(repeating: "b", count: 32))
    let tip = try journal.standing().tip
    let outcome = try journal.append(order) { (situation) throws(LedgerError) in
      let members = try situation.tree.children(of: "members").map(\.name)
      return Decision(
        Notebook.proposal(["notes/seen": members.joined()]),
        answer: (situation.place.number, situation.time, situation.parent))
    }
    let written = try outcome.get()
    #expect(written.answer.0 == 2)
    #expect(written.answer.1 == Timestamp(seconds: Notebook.start + 5))
    #expect(written.answer.2 == tip)
    #expect(written.entry.entry.time == written.answer.1)
    #expect(written.entry.entry.operation.description == "2-" + String(repeating: "b", count: 32))
    #expect(
      try journal.tree(of: written.entry).blob(at: "notes/seen", limit: 9) == Array("alice".utf8))
  }

  @Test func whoeverComesSecondDecidesAgainOnTheNewState() throws {
    let book = try Notebook()
    let journal = try book.open()
    let order = Order(
      signer: .key(try Sample.key()), now: Timestamp(seconds: Notebook.start),
      nonce: String(repeating: "c", count: 32))
    var numbers: [Int] = []
    let outcome = try journal.append(order) { (situation) throws(Never) in
      numbers.append(situation.place.number)
      // Somebody who takes no turns moves the reference under our feet.
      if numbers.count == 1, let stranger = try? book.next(["notes/theirs": "x"]) {
        _ = try? book.verdict(on: stranger)
      }
      return Decision(Notebook.proposal(["notes/ours": "y"]), answer: ())
    }
    let entry = outcome.get().entry
    #expect(numbers == [2, 3])
    #expect(entry.entry.number == 3)
    #expect(entry.entry.operation.firstNumber == 2)
    let tree = journal.tree(of: entry)
    #expect(try tree.children(of: "notes").map(\.name) == ["ours", "theirs"])
  }

  @Test func editsThatChangeNothingAreNoPartOfTheEntry() throws {
    let book = try Notebook()
    let entry = try book.write(["notes/a": "x", "notes/none": nil], nonce: "1")
    #expect(entry.entry.change == Notebook.proposal(["notes/a": "x"]).change.digest)
    #expect(throws: LedgerError.emptyChange) { try book.write(["notes/a": "x"], nonce: "2") }
  }

  @Test func timeNeverFallsAndTheFutureIsRefused() throws {
    let book = try Notebook()
    let later = try book.write(["notes/a": "x"], nonce: "1", at: Notebook.start + 250)
    let behind = try book.write(["notes/a": "y"], nonce: "2", at: Notebook.start)
    #expect(behind.entry.time == later.entry.time)
    #expect(throws: LedgerError.parentAhead(seconds: 301)) {
      try book.write(["notes/a": "z"], nonce: "3", at: later.entry.time.seconds - 301)
    }
  }

  @Test func anEntryThatReadersWouldRefuseIsNotWritten() throws {
    let book = try Notebook()
    let journal = try book.open()
    let tip = try journal.standing().tip
    func violations(_ notes: [String: String?], by key: PrivateKey) -> [Invariant] {
      do {
        try Notebook.write(journal, notes, nonce: "5", signer: .key(key))
        return []
      } catch LedgerError.refusedByRules(let violations) {
        return violations.map(\.invariant)
      } catch {
        return [.oneRoot]
      }
    }
    #expect(try violations(["notes/a": "x"], by: Sample.key(2)) == [.enrolled])
    #expect(try violations(["elsewhere": "x"], by: Sample.key()) == [.trees])
    let long = String(repeating: "x", count: NotebookRules.noteLimit + 1)
    #expect(try violations(["notes/a": long], by: Sample.key()) == [.trees])
    #expect(throws: LedgerError.text(.forbidden(0x202e))) {
      try Notebook.write(journal, ["notes/a": "x"], text: "a\u{202e}b", nonce: "6")
    }
    #expect(try journal.standing().tip == tip)
  }

  @Test func manyFilesAreOnePackAndOneEntry() throws {
    let book = try Notebook()
    let notes = (0..<500).map { ("notes/\($0 % 10)/\($0)", Optional("note \($0)")) }
    try book.write(Dictionary(uniqueKeysWithValues: notes), nonce: "1")
    let packs = try FileManager.default.contentsOfDirectory(atPath: book.path + "/objects/pack")
    #expect(packs.filter { $0.hasSuffix(".pack") }.count == 1)
    #expect(try book.open(remembering: false).verify().broken == nil)
    #expect(try book.git.run(["fsck", "--strict"]).succeeded)
  }

  @Test func aFolderWithoutLedgerIsSaidToBeOne() throws {
    let folder = try TemporaryFolder()
    #expect(throws: LedgerError.missing(path: folder.path)) {
      try Journal.open(folder.path, rules: NotebookRules(), memory: nil)
    }
    let empty = try Journal.create(folder.path + "/x.git", rules: NotebookRules(), memory: nil)
    #expect(try empty.standing().tip == nil)
  }
}

@Suite struct SignerTests {
  @Test func aProgramSignsWithAKeyThatIsNotReadHere() throws {
    let book = try Notebook()
    let file = book.folder.path + "/key"
    try Sample.key().openSSHFile(comment: "").write(
      toFile: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    let signer = Signer.program(
      SigningProgram(
        try Sample.key().publicKey, keyFile: file, environment: ["PATH": "/usr/bin:/bin"]))
    let entry = try Notebook.write(book.open(), ["notes/a": "x"], nonce: "1", signer: signer)
    #expect(try entry.verifiedSigner() == Sample.key().publicKey)
    #expect(try book.open(remembering: false).verify().valid == 2)
  }

  @Test func aProgramThatFailsLeavesNoEntry() throws {
    let book = try Notebook()
    let signer = Signer.program(
      SigningProgram(
        try Sample.key().publicKey, keyFile: book.folder.path + "/absent",
        environment: ["PATH": "/usr/bin:/bin"]))
    let error = #expect(throws: LedgerError.self) {
      try Notebook.write(book.open(), ["notes/a": "x"], nonce: "1", signer: signer)
    }
    guard case .signing(let words)? = error else { throw Sample.Failure() }
    #expect(words.contains("absent"))
    #expect(try book.open().standing().tip?.entry.number == 1)
  }

  @Test func aSignatureByAnotherKeyIsNoticed() throws {
    let book = try Notebook()
    let file = book.folder.path + "/key"
    try Sample.key(2).openSSHFile(comment: "").write(
      toFile: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    let signer = Signer.program(
      SigningProgram(
        try Sample.key().publicKey, keyFile: file, environment: ["PATH": "/usr/bin:/bin"]))
    #expect(throws: LedgerError.key(.doesNotVerify)) {
      try Notebook.write(book.open(), ["notes/a": "x"], nonce: "1", signer: signer)
    }
  }
}

import Foundation
import Git
import Keys
import Notation
import TestSupport
import Testing

@testable import Ledger

/// Each attack is mounted on a real repository with git's own tools; what is checked is the
/// invariant that is named, and that everything before the attack is still believed.
@Suite struct StructureAttackTests {
  let book: Notebook
  let good: SignedEntry

  init() throws {
    book = try Notebook()
    try book.write(["notes/a": "one", "notes/b": "two"], nonce: "1")
    good = try book.write(["notes/a": "three"], nonce: "2")
  }

  /// The attack breaks exactly these, its number is 4, and entry 3 is the newest that holds.
  private func assertNamed(
    _ invariants: Set<Invariant>, _ verdict: Verdict, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(verdict.invariants == invariants, sourceLocation: location)
    #expect(verdict.broken?.number == 4, sourceLocation: location)
    #expect(verdict.valid == 3, sourceLocation: location)
    #expect(verdict.tip == good.id, sourceLocation: location)
  }

  @Test func anHonestNextEntryHolds() throws {
    let verdict = try book.verdict(on: book.next())
    #expect(verdict.broken == nil)
    #expect(verdict.valid == 4)
  }

  @Test func aSecondRoot() throws {
    var entry = try book.next()
    entry.place.link = nil
    let verdict = try book.verdict(on: entry)
    #expect(verdict.invariants.contains(.sequence))
    #expect(verdict.valid == 0 && verdict.tip == nil)
    // Even a sound first entry is none here: this machine knows how the ledger began.
    try book.force(good.id)
    entry = try book.next(["members/alice": nil, "notes/a": nil, "notes/b": nil, "notes/n": "x"])
    entry.place = .first
    _ = try book.verdict(on: entry)
    let error = #expect(throws: LedgerError.self) { try book.open().standing() }
    #expect(error?.invariants == [.descent])
  }

  @Test func aMerge() throws {
    let entry = try book.next()
    let parent = try #require(entry.place.link?.parent)
    let other = try #require(good.entry.place.link?.parent)
    let payload = String(decoding: entry.payload, as: UTF8.self).replacing(
      "parent \(parent)\n", with: "parent \(parent)\nparent \(other)\n")
    assertNamed([.oneParent], try book.verdict(onCommit: signed(payload)))
  }

  @Test func aTrailerHiddenUnderAValidSignature() throws {
    let entry = try book.next()
    let payload = String(decoding: entry.payload, as: UTF8.self)
    for hidden in [
      payload + "gpgsig-Ledger-Action: publish\n",
      payload.replacing("Ledger-Action", with: "gpgsig x\nLedger-Action"),
      payload.replacing("\n\nLedger-Format", with: "\nLedger-Seq: 9\n\nLedger-Format"),
      payload.replacing("\nLedger-Op", with: "\n\nLedger-Op"),
      payload + "\nLedger-Action: publish\n",
    ] {
      try book.force(good.id)
      assertNamed([.grammar], try book.verdict(onCommit: signed(hidden)))
    }
  }

  @Test func twoSignatures() throws {
    let entry = try book.next()
    let bytes = try signed(String(decoding: entry.payload, as: UTF8.self))
    let text = String(decoding: bytes, as: UTF8.self)
    let start = try #require(text.range(of: "gpgsig "))
    let end = try #require(text.range(of: "-----END SSH SIGNATURE-----\n"))
    let header = text[start.lowerBound..<end.upperBound]
    assertNamed(
      [.grammar],
      try book.verdict(onCommit: Array(text.replacing(header, with: header + header).utf8)))
  }

  @Test func aCommitterBesideTheAuthor() throws {
    let payload = String(decoding: try book.next().payload, as: UTF8.self).replacing(
      "committer alice <alice@stet>", with: "committer mallory <mallory@stet>")
    assertNamed([.grammar, .author], try book.verdict(onCommit: signed(payload)))
    try book.force(good.id)
    let late = payload.replacing(
      "committer mallory <mallory@stet> 1", with: "committer alice <alice@stet> 2")
    assertNamed([.grammar], try book.verdict(onCommit: signed(late)))
  }

  @Test func aTrailerThroughTheFreeText() throws {
    var entry = try book.next()
    entry.text = "x\n\nLedger-Action: publish"
    // Written by us it stays text; without its bars it is refused.
    #expect(try book.verdict(on: entry).broken == nil)
    try book.force(good.id)
    let payload = String(decoding: entry.payload, as: UTF8.self)
      .replacing("| Ledger-Action", with: "Ledger-Action")
    assertNamed([.grammar], try book.verdict(onCommit: signed(payload)))
  }

  @Test func rewrappedArmour() throws {
    let entry = try book.next()
    let armour = try Sample.key().sign(entry.payload, namespace: "git")
    let lines = armour.split(separator: "\n")
    let body = lines.dropFirst().dropLast().joined()
    let wide = [lines[0], Substring(body), lines[lines.count - 1], ""].joined(separator: "\n")
    assertNamed([.signature], try book.verdict(onCommit: entry.commit(signature: Array(wide.utf8))))
  }

  @Test func aSecurityKeyWithoutTouchAndASignatureForSomethingElse() throws {
    let entry = try book.next()
    let file = try Sample.key().sign(entry.payload, namespace: "file")
    assertNamed(
      [.signature], try book.verdict(onCommit: entry.commit(signature: Array(file.utf8))))
    try book.force(good.id)
    var other = entry
    other.text = "something else"
    let moved = try Sample.key().sign(other.payload, namespace: "git")
    assertNamed(
      [.signature], try book.verdict(onCommit: entry.commit(signature: Array(moved.utf8))))
  }

  @Test func aNumberThatIsNotTheNext() throws {
    for number in [3, 5] {
      try book.force(good.id)
      var entry = try book.next()
      entry.place.number = number
      assertNamed([.sequence], try book.verdict(on: entry))
    }
  }

  @Test func entriesDroppedReorderedOrReplayed() throws {
    var dropped = try book.next()
    let third = try #require(try book.open().parent(of: good))
    // The fourth entry as it is, behind the second.
    dropped.place.link?.parent = third.id
    let verdict = try book.verdict(on: dropped)
    #expect(verdict.invariants.isSuperset(of: [.previous, .sequence]))
    #expect(verdict.valid == 2)
    // An old commit once more, behind the newest.
    try book.force(good.id)
    var replayed = good.entry
    replayed.place.link?.parent = good.id
    assertNamed(
      [.previous, .sequence, .change, .grammar],
      try book.verdict(onCommit: replayed.commit(signature: good.signature)).withoutSignature)
  }

  @Test func aChangeThatIsNotTheOneOfTheTrees() throws {
    var entry = try book.next()
    entry.change = Digest(of: "other")
    assertNamed([.change], try book.verdict(on: entry))
    try book.force(good.id)
    var hidden = try book.next(["notes/n": "new", "notes/extra": "hidden"])
    hidden.change = Notebook.proposal(["notes/n": "new"]).change.digest
    #expect(try book.verdict(on: hidden).invariants.contains(.change))
  }

  @Test func theIDOfAnotherLedger() throws {
    var entry = try book.next()
    entry.place.link?.ledgerID = Digest(of: "other")
    assertNamed([.ledgerID], try book.verdict(on: entry))
  }

  @Test func aFormatThatFallsAndOneThatIsUnknown() throws {
    var entry = try book.next()
    entry.format = 0
    assertNamed([.format], try book.verdict(on: entry))
    try book.force(good.id)
    entry.format = 2
    #expect(throws: LedgerError.futureFormat(2, entry: 4)) { try book.verdict(on: entry) }
  }

  @Test func aTimeThatFalls() throws {
    var entry = try book.next()
    entry.stamp.time = Timestamp(seconds: good.entry.time.seconds - 1)
    assertNamed([.time], try book.verdict(on: entry))
  }

  @Test func whatIsOnTopOfABadEntryDoesNotHideIt() throws {
    var bad = try book.next()
    bad.place.number = 9
    let signature = try Sample.key().sign(bad.payload, namespace: "git")
    let bytes = bad.commit(signature: Array(signature.utf8))
    let parent = try SignedEntry(commit: bytes, id: book.store("commit", bytes))
    var above = bad
    above.place = .after(parent)
    assertNamed([.sequence], try book.verdict(on: above))
  }

  @Test func everythingThatAnEntryBreaksIsNamed() throws {
    var entry = try book.next()
    entry.place.number = 9
    entry.change = Digest(of: "x")
    entry.stamp.time = Timestamp(seconds: 5)
    assertNamed(
      [.sequence, .change, .time, .enrolled], try book.verdict(on: entry, by: Sample.key(3)))
  }

  private func signed(_ payload: String) throws -> [UInt8] {
    let armour = try Sample.key().sign(Array(payload.utf8), namespace: "git")
    let header = "gpgsig " + armour.dropLast().replacing("\n", with: "\n ") + "\n"
    guard let end = payload.range(of: "\n\n") else { throw Sample.Failure() }
    var text = payload
    text.insert(contentsOf: header, at: text.index(after: end.lowerBound))
    return Array(text.utf8)
  }
}

extension Verdict {
  /// The verdict but for I13, where a test wants to see what else is found.
  var withoutSignature: Verdict {
    Verdict(
      valid: valid, tip: tip,
      broken: broken.map {
        BrokenEntry(
          number: $0.number, commit: $0.commit,
          $0.violations.filter { $0.invariant != .signature })
      })
  }
}

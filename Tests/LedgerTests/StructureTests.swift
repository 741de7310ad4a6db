import Git
import Keys
import Notation
import Testing

@testable import Ledger

@Suite struct StructureTests {
  let first: SignedEntry
  let second: Entry

  init() throws {
    first = try Sample.signed(Sample.entry())
    second = try Sample.entry(after: first)
  }

  private func broken(_ spoil: (inout Entry) throws -> Void) throws -> [Invariant] {
    var entry = second
    try spoil(&entry)
    return try Sample.signed(entry).violations(after: first).map(\.invariant)
  }

  @Test func aSoundChainBreaksNothing() throws {
    #expect(first.violations(after: nil).isEmpty)
    let signed = try Sample.signed(second)
    #expect(signed.violations(after: first).isEmpty)
    #expect(signed.ledgerID == first.digest)
    let third = try Sample.signed(Sample.entry(after: signed))
    #expect(third.violations(after: signed).isEmpty)
    #expect(third.ledgerID == first.digest)
  }

  @Test func eachTieToTheParentIsNamed() throws {
    #expect(try broken { $0.place.number = 3 } == [.sequence])
    #expect(try broken { $0.place.link?.previous = Digest(of: "other") } == [.previous])
    #expect(try broken { $0.place.link?.ledgerID = Digest(of: "other") } == [.ledgerID])
    #expect(try broken { $0.format = 0 } == [.format])
    #expect(
      try broken { $0.stamp.time = Timestamp(seconds: $0.time.seconds - 1) } == [.time])
    #expect(try broken { $0.place.link?.parent = try Sample.id("5") } == [.oneRoot])
    #expect(try broken { $0.place.link = nil } == [.oneRoot])
    #expect(try broken { $0.operation = try Sample.operation(2) } == [])
    #expect(try broken { $0.operation = try Sample.operation(3) } == [.sequence])
  }

  @Test func everythingThatIsBrokenIsNamedAtOnce() throws {
    let broken = try broken {
      $0.place.number = 9
      $0.place.link?.previous = Digest(of: "x")
      $0.place.link?.ledgerID = Digest(of: "y")
      $0.stamp.time = Timestamp(seconds: 5)
    }
    #expect(broken == [.sequence, .previous, .ledgerID, .time])
  }

  @Test func theFirstEntryStandsAlone() throws {
    var entry = try Sample.entry()
    entry.place.number = 2
    #expect(try Sample.signed(entry).violations(after: nil).map(\.invariant) == [.sequence])
    #expect(try Sample.signed(second).violations(after: nil).map(\.invariant).contains(.oneRoot))
    entry.place.number = 1
    entry.operation = try Sample.operation(2)
    #expect(try Sample.signed(entry).violations(after: nil).map(\.invariant) == [.sequence])
    entry.operation = try Sample.operation(1)
    entry.format = 0
    #expect(try Sample.signed(entry).violations(after: nil).map(\.invariant) == [.format])
  }

  @Test func aSignatureIsForItsEntryAndForGit() throws {
    let key = try Sample.key()
    let other = try Sample.entry(text: "other")
    let entry = try Sample.entry()
    for signature in [
      try key.sign(other.payload, namespace: "git"), try key.sign(entry.payload, namespace: "file"),
      "-----BEGIN SSH SIGNATURE-----\n", "\n",
    ] {
      let signed = try SignedEntry(rehashing: entry.commit(signature: Array(signature.utf8)))
      let error = #expect(throws: Violation.self) { try signed.verifiedSigner() }
      #expect(error?.invariant == .signature)
    }
  }
}

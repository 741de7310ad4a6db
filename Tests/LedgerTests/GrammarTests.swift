import Git
import Keys
import Notation
import TestSupport
import Testing

@testable import Ledger

@Suite struct GrammarTests {
  @Test func anEntryIsWrittenExactlySo() throws {
    let first = try Sample.signed(Sample.entry(text: ""))
    var entry = try Sample.entry(text: "Shorter greeting\n\nWhy: users skim", after: first)
    entry.deed = Deed(
      "review", request: 183, review: Deed.Review(decision: "approve", subject: first.digest))
    let signed = try Sample.signed(entry)
    let armour = String(decoding: signed.signature.dropLast(), as: UTF8.self)
    let expected = """
      tree 4444444444444444444444444444444444444444
      parent \(first.id)
      author alice <alice@stet> 1795000000 +0000
      committer alice <alice@stet> 1795000000 +0000
      gpgsig \(armour.replacing("\n", with: "\n "))

      write notes/a.txt

      | Shorter greeting
      |
      | Why: users skim

      Ledger-Format: 1
      Ledger-Id: \(first.digest)
      Ledger-Seq: 2
      Ledger-Prev: \(first.digest)
      Ledger-Change: \(entry.change)
      Ledger-Op: 1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      Ledger-Action: review
      Ledger-Request: 183
      Ledger-Decision: approve
      Ledger-Subject: \(first.digest)

      """
    #expect(String(decoding: signed.bytes, as: UTF8.self) == expected)
    #expect(signed.entry == entry)
    #expect(try signed.verifiedSigner() == Sample.key().publicKey)
  }

  @Test func theFirstEntryHasNeitherParentNorTheTrailersAboutIt() throws {
    let signed = try Sample.signed(Sample.entry(text: ""))
    let text = String(decoding: signed.bytes, as: UTF8.self)
    for absent in ["parent", "Ledger-Id", "Ledger-Prev", "|"] { #expect(!text.contains(absent)) }
    #expect(signed.ledgerID == signed.digest)
    #expect(try SignedEntry(rehashing: signed.bytes) == signed)
  }

  @Test func everyTextThatMayBeWrittenIsReadBack() throws {
    let texts = [
      "a", "Ledger-Action: publish", "\n\nb", "x\n", "| y", "tree 4", "gpgsig z", " \n ",
      "é\u{200d}",
      "-----BEGIN SSH SIGNATURE-----", String(repeating: "long ", count: 3000),
    ]
    for text in texts {
      let entry = try Sample.entry(text: text)
      #expect(try Sample.signed(entry).entry == entry, "\(text)")
    }
  }

  /// No single byte of a valid commit can be something else.
  @Test func noByteCanBeChangedUnnoticed() throws {
    let first = try Sample.signed(Sample.entry())
    let valid = try Sample.signed(Sample.entry(after: first))
    var random = SeededGenerator(seed: 5)
    for place in valid.bytes.indices {
      for flip in [0xff, 0x01, 0x20, UInt8.random(in: 1...255, using: &random)] {
        var bytes = valid.bytes
        bytes[place] ^= flip
        #expect(throws: Violation.self, "byte \(place) ^ \(flip)") {
          try SignedEntry(rehashing: bytes).verifiedSigner()
        }
      }
    }
  }

  @Test func noLineCanBeDroppedDoubledOrMoved() throws {
    let first = try Sample.signed(Sample.entry())
    let valid = try Sample.signed(Sample.entry(text: "a\nb", after: first))
    let lines = valid.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for place in lines.indices.dropLast() {
      for other in lines.indices.dropLast() {
        var spoiled = lines
        if place == other {
          spoiled.remove(at: place)
        } else {
          spoiled.insert(lines[place], at: other)
        }
        let bytes = Array(spoiled.joined(separator: [UInt8(ascii: "\n")]))
        #expect(throws: Violation.self, "line \(place) to \(other)") {
          try SignedEntry(rehashing: bytes).verifiedSigner()
        }
      }
    }
  }

  @Test(arguments: [
    ("gpgsig ", "gpgsig x\ngpgsig "), ("committer ", "encoding UTF-8\ncommitter "),
    ("\n\nwrite", "\nmergetag x\n\nwrite"), ("+0000", "+0100"), ("alice@stet", "alice@example.com"),
    ("author alice <alice", "author Alice <Alice"), ("1795000000", "01795000000"),
    ("1795000000", "-5"), ("1795000000", "253402300800"), ("write notes", "write\tnotes"),
    ("write notes/a.txt", "écrire"), ("write notes/a.txt", " write"), ("write notes/a.txt", ""),
    ("| Why", "|Why"), ("| Why: a test", "| "), ("| Why", "Why"), ("| Why", "| e\u{301}"),
    ("| Why", "| \u{202e}"), ("\n\nLedger-Format", "\nLedger-Format"),
    ("Ledger-Format: 1", "Ledger-Format:  1"), ("Ledger-Format: 1", "Ledger-Format: 01"),
    ("Ledger-Seq: 2", "Ledger-Seq: 2\nLedger-Seq: 2"), ("Ledger-Seq: 2\n", ""),
    ("Ledger-Seq: 2", "ledger-seq: 2"), ("Ledger-Prev: sha256", "Ledger-Prev: SHA256"),
    ("Ledger-Action: write", "Ledger-Action: Write"), ("Ledger-Action: write", "Ledger-Action: "),
    ("Ledger-Action: write\n", "Ledger-Action: write\nLedger-Decision: approve\n"),
    ("Ledger-Action: write\n", "Ledger-Action: write\nLedger-Request: 0\n"),
    ("Ledger-Action: write\n", "Ledger-Action: write"),
    ("Ledger-Action: write\n", "Ledger-Action: write\n\n"),
    ("Ledger-Action: write\n", "Ledger-Action: write\nSigned-off-by: x\n"),
    ("Ledger-Action: write\n", "Ledger-Request: 1\nLedger-Action: write\n"),
    ("\nwrite notes", "\r\nwrite notes"), ("tree 4444", "tree 444G"), ("tree ", "Tree "),
  ])
  func aCommitThatIsOtherwiseIsRefused(part: String, other: String) throws {
    let first = try Sample.signed(Sample.entry())
    let valid = try Sample.signed(Sample.entry(after: first))
    let text = String(decoding: valid.bytes, as: UTF8.self)
    let spoiled = text.replacing(part, with: other)
    try #require(Array(spoiled.utf8) != valid.bytes)
    let error = #expect(throws: Violation.self) { try SignedEntry(rehashing: Array(spoiled.utf8)) }
    #expect(error?.invariant == .grammar)
  }

  @Test func aMergeIsNamedAsOne() throws {
    let first = try Sample.signed(Sample.entry())
    let valid = try Sample.signed(Sample.entry(after: first))
    let parent = "parent \(first.id)\n"
    let text = String(decoding: valid.bytes, as: UTF8.self).replacing(parent, with: parent + parent)
    let error = #expect(throws: Violation.self) { try SignedEntry(rehashing: Array(text.utf8)) }
    #expect(error?.invariant == .oneParent)
  }

  @Test func textThatIsNoTextIsRefusedThoughItIsSigned() throws {
    for text in [
      "e\u{301}", "a\u{0}b", "a\u{2028}b", "\u{e0041}", String(repeating: "x", count: 16385),
    ] {
      let error = #expect(throws: Violation.self) { try Sample.signed(Sample.entry(text: text)) }
      #expect(error?.invariant == .grammar)
    }
  }

  @Test func aCommitHasALimit() throws {
    let valid = try Sample.signed(Sample.entry())
    let long = valid.bytes + [UInt8](repeating: 10, count: Entry.sizeLimit)
    let error = #expect(throws: Violation.self) { try SignedEntry(rehashing: long) }
    #expect(error?.message.contains("65536") == true)
  }

  @Test func bytesThatAreNoUTF8AreRefused() throws {
    let valid = try Sample.signed(Sample.entry(text: "X"))
    for byte: UInt8 in [0xff, 0xc0, 0x80, 0xed] {
      let bytes = valid.bytes.map { $0 == UInt8(ascii: "X") ? byte : $0 }
      #expect(throws: Violation.self) { try SignedEntry(rehashing: bytes) }
    }
  }
}

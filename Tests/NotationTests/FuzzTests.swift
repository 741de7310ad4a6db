import Foundation
import Notation
import TestSupport
import Testing

/// Damaged texts in: a value or a refusal inside the text out, and what was read reads back.
///
/// Runs a moment by default; `FUZZ_SECONDS` makes each test go on that long. `FUZZ_SEED` begins
/// somewhere else.
@Suite struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 1
  private static let seed = environment["FUZZ_SEED"].flatMap(UInt64.init) ?? 1
  private static let roundLimit = environment["FUZZ_SECONDS"] == nil ? 2_000 : Int.max
  /// What takes longer is taken for a hang, where somebody fuzzes on purpose.
  private static let slowest: Duration? = environment["FUZZ_SECONDS"] == nil ? nil : .seconds(2)

  @Test func `any text is YAML or refused inside of it`() throws {
    fuzz(Self.yaml) { bytes throws(NotationError) in
      let document = try YAML.parse(bytes)
      let written = YAML.text(document.value)
      #expect(try YAML.parse(written).value == document.value, "\(String(reflecting: written))")
    }
  }

  @Test func `any text is JSON or refused inside of it`() throws {
    fuzz(Self.json) { bytes throws(NotationError) in
      let value = try JSON.parse(bytes)
      #expect(try JSON.parse(JSON.bytes(value)) == value)
      #expect(try RecordForm.parse(RecordForm.bytes(value)) == value)
    }
  }

  private func fuzz(_ corpus: [String], _ read: ([UInt8]) throws(NotationError) -> Void) {
    var random = SeededGenerator(seed: Self.seed)
    let end = ContinuousClock.now + .seconds(Self.seconds)
    var round = 0
    while round < Self.roundLimit, ContinuousClock.now < end {
      let bytes = damaged([UInt8](text: corpus.randomElement(using: &random) ?? ""), &random)
      let start = ContinuousClock.now
      if let error = refusal({ () throws(NotationError) in try read(bytes) }) {
        #expect((0...bytes.count).contains(error.position.offset), "\(place(round, bytes))")
        #expect(!error.message.isEmpty)
      }
      if let slowest = Self.slowest {
        #expect(ContinuousClock.now - start < slowest, "\(place(round, bytes))")
      }
      round += 1
    }
  }

  private func place(_ round: Int, _ bytes: [UInt8]) -> String {
    "seed \(Self.seed), round \(round): \(bytes)"
  }

  private func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      let piece = Self.pieces.randomElement(using: &random) ?? []
      let place = Int.random(in: 0...bytes.count, using: &random)
      let other = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.insert(contentsOf: piece, at: place)
      case 1:
        bytes.insert(contentsOf: bytes[min(place, other)..<max(place, other)].prefix(60), at: place)
      case 2: bytes.removeSubrange(place..<min(place + 1, bytes.count))
      default: bytes.replaceSubrange(place..<min(place + 1, bytes.count), with: piece)
      }
    }
    return bytes
  }

  private static let pieces: [[UInt8]] =
    [
      "\n", " ", "  ", "\t", "\r", ":", ": ", "- ", "? ", "[", "]", "{", "}", ",", "#", " #", "&a ",
      "*a", "!t ", "|\n", ">-\n", "'", "\"", "%", "@", "`", "\\", "\\u12", "\\ud83d", "---\n",
      "...\n",
      "null", "1", "-", "1e999", "0x", ".", "e", "é", "😀", "\u{FEFF}", "\u{2028}", "\u{85}", "\0",
    ].map { [UInt8](text: $0) } + [[0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80]]

  private static let yaml = [
    "a: [1.5, 'x', {b: \"\\u00e9\"}]\n# c\nd: |2-\n   lit\n\n e\n? f\n: - g\n  - - 😀\nh: >+\n i\n",
    "name: triage\ninput:\n  schema:\n    a(enum, b): [c, d]\n    e?: string, f\nlist:\n- 1\n-\n",
    "--- # c\n\"k\" : v\n'l': \"a \\\n  b\n\n  c\"\nm: >\n  folded\n   more\n\n  end\n...\n",
    "[a, b: c, {d: e, f}, 'g', \"h\": i,\n j\n k]", "%YAML 1.2\n--- |\n x\n",
  ]
  private static let json = [
    #"{"a":[1.5e3,"x\u00e9\n",true,null,{"b":-0,"":[]}],"é":"😀","k":false}"#,
    #"[0.1,1e21,123456789012345678901234567890,"\ud83d\ude00",{}]"#,
  ]
}

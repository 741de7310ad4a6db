import Notation
import TestSupport
import Testing

@Suite struct RecordFormTests {
  @Test func aRecordIsSortedIndentedAndEndsWithANewline() {
    let value: Value = ["b": [1, [], [:]], "a": ["d": nil, "c": "é\n"], "": 1e21]
    let text = """
      {
        "": 1e+21,
        "a": {
          "c": "é\\n",
          "d": null
        },
        "b": [
          1,
          [],
          {}
        ]
      }

      """
    #expect(String(decoding: RecordForm.bytes(value), as: UTF8.self) == text)
  }

  @Test func keysSortByUTF16AsInRFC8785() {
    let keys = [
      "\u{20AC}", "\r", "\u{FB33}", "1", "\u{1F600}", "\u{80}", "\u{F6}", "\u{E000}", "12", "a",
    ]
    let value = Value.map(ValueMap(keys.map { ($0, .null) }))
    let text = String(decoding: RecordForm.bytes(value), as: UTF8.self)
    let sorted = [
      "\\r", "1", "12", "a", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{E000}", "\u{FB33}",
    ]
    #expect(text == "{\n" + sorted.map { "  \"\($0)\": null" }.joined(separator: ",\n") + "\n}\n")
  }

  @Test(arguments: [
    ("{\"a\": 1}\n", 1), ("{\n  \"a\": 1\n}", 12), ("{\n  \"a\": 1\n}\n\n", 13),
    ("{\n  \"b\": 1,\n  \"a\": 1\n}\n", 5), ("1.0\n", 1), ("-0\n", 0), ("\"\\u0041\"\n", 1),
    ("\"\\/\"\n", 1), ("[ ]\n", 1), ("1E3\n", 1), ("\r\n1\n", 0), (" 1\n", 0),
  ])
  func whatIsNotByteForByteCanonicalIsRefused(text: String, offset: Int) {
    let error = refusal { () throws(NotationError) in try RecordForm.parse([UInt8](text: text)) }
    #expect(error?.problem == .notCanonical)
    #expect(error?.position.offset == offset)
  }

  @Test func equalValuesHaveOneRecordAndItReadsBack() throws {
    let seed: UInt64 = 20_260_921
    var random = RandomValues(seed: seed)
    for round in 0..<2_000 {
      let value = random.value()
      let bytes = RecordForm.bytes(value)
      #expect(try RecordForm.parse(bytes) == value, "seed \(seed), round \(round)")
      #expect(RecordForm.bytes(random.shuffled(value)) == bytes, "seed \(seed), round \(round)")
      #expect(
        RecordForm.bytes(try JSON.parse(JSON.bytes(value))) == bytes, "seed \(seed), round \(round)"
      )
    }
  }
}

import Notation
import TestSupport
import Testing

@Suite struct YAMLWriting {
  @Test func aValueIsWrittenInBlockStyle() {
    let value: Value = [
      "name": "triage", "config": ["temperature": 0.2, "stop": [], "extra": [:]],
      "list": ["a", ["b", "c"], ["k": 1, "l": [nil, true]]], "text": "one\ntwo\n", "last": "x\n\ny",
    ]
    #expect(
      YAML.text(value) == """
        name: triage
        config:
          temperature: 0.2
          stop: []
          extra: {}
        list:
          - a
          - - b
            - c
          - k: 1
            l:
              - null
              - true
        text: |
          one
          two
        last: |-
          x

          y

        """)
  }

  @Test(arguments: [
    "", " ", "yes", "No", "on", "OFF", "y", "n", "~", "null", "true", "0o17", "017", "1:30",
    "1_000", "1e3",
    "12", "0x1F", ".5", "2026-09-21", "<<", "=", "- a", "-", "a: b", "a:", "a #b", "#a", "&a", "*a",
    "!a",
    "|", ">", "%a", "@a", "`a", "'a", "\"a", "[a", "{a", "}", "]", ", a", "? a", "---", "...", " a",
    "a ",
    "a\tb", "a\r", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{7F}", ".inf", "a\\b\u{1}",
  ])
  func whatCouldBeReadOtherwiseIsQuoted(text: String) throws {
    let written = YAML.text(["k": .string(text)])
    #expect(written.unicodeScalars.dropFirst(3).first == "\"")
    #expect(try YAML.parse(written).value == ["k": .string(text)])
    #expect(try YAML.parse(YAML.text([.string(text)])).value == [.string(text)])
  }

  @Test(arguments: [
    "a", "two words", "a:b", "a#b", "it's", "naïve", "日本語", "1.2.3", "3rd", "a, b", "x-y",
    "https://a.b/c?d=e",
    "null and void", "(a)", "googleai/gemini-2.5-flash",
  ])
  func ordinaryTextIsPlain(text: String) throws {
    #expect(YAML.text(["k": .string(text)]) == "k: \(text)\n")
  }

  @Test(arguments: [
    (1, "1"), (-0.0, "-0.0"), (1e21, "1.0e+21"), (1.5e-7, "1.5e-7"), (1e-7, "1.0e-7"), (0.5, "0.5"),
    (123_456_789, "123456789"),
  ])
  func numbersAreWrittenAsBothVersionsReadThem(number: Double, text: String) {
    #expect(YAML.text([.number(number)]) == "- \(text)\n")
    #expect(!PlainScalar.isAmbiguous(text))
  }

  @Test(arguments: [
    ("a\n", "|\n  a\n"), ("a\nb", "|-\n  a\n  b\n"), ("a\n\n", "|+\n  a\n\n"),
    ("\na\n", "|\n\n  a\n"),
    ("a\n  b\n\tc\n", "|\n  a\n    b\n  \tc\n"), (" a\n", "\" a\\n\"\n"), ("\n", "\"\\n\"\n"),
    ("a\n \nb", "\"a\\n \\nb\"\n"), ("a\r\nb", "\"a\\r\\nb\"\n"),
    ("---\n...\n", "|\n  ---\n  ...\n"),
  ])
  func severalLinesAreALiteralBlockWhereThatIsSafe(text: String, written: String) throws {
    #expect(YAML.text(.string(text)) == written)
    #expect(try YAML.parse(written).value == .string(text))
  }

  @Test func aLongKeyIsWrittenAsAnExplicitOne() throws {
    let key = String(repeating: "k", count: 3000)
    let long: Value = .map(ValueMap([(key, ["b": [1]] as Value), ("c", 2)]))
    let value: Value = ["a": [long]]
    #expect(try YAML.parse(YAML.text(value)).value == value)
  }

  @Test func everyValueReadsBackAsItself() throws {
    let seed: UInt64 = 1_234_567
    var random = RandomValues(seed: seed)
    for round in 0..<3_000 {
      let value = random.value()
      let text = YAML.text(value)
      let document = try YAML.parse(text)
      #expect(document.value == value, "seed \(seed), round \(round)")
      #expect(document.ambiguousScalars.isEmpty, "seed \(seed), round \(round)")
    }
  }
}

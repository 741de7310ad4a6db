import Contracts
import Notation
import Testing

@Suite struct ModelAnswerTests {
  static let found: [(String, Value, ModelAnswer.Place)] = [
    (#"{"a": 1}"#, ["a": 1], .whole),
    (" \n[1]\n", [1], .whole),
    ("\"```json\"", "```json", .whole),
    ("Here you are:\n```json\n{\"a\": 1}\n```\nAnything else?", ["a": 1], .codeBlock(line: 2)),
    ("```\n{\"a\": 1}\n```", ["a": 1], .codeBlock(line: 1)),
    ("```JSON\r\n{\"a\":\r\n1}\r\n```\r\n", ["a": 1], .codeBlock(line: 1)),
    ("~~~json\n{\"a\": \"```\"}\n~~~", ["a": "```"], .codeBlock(line: 1)),
    ("  ```json title=x\n  {}\n  ```", [:], .codeBlock(line: 1)),
    ("````json\n\"```\"\n````", "```", .codeBlock(line: 1)),
    ("```json\n{\"a\": 1}", ["a": 1], .codeBlock(line: 1)),
    ("```python\nprint(1)\n```\n```json\n{}\n```", [:], .codeBlock(line: 4)),
    ("```text\n1\n```\n```json\n2\n```", 2, .codeBlock(line: 4)),
    ("```yaml\na: 1\n```\n```\n[]\n```", [], .codeBlock(line: 4)),
  ]

  @Test(arguments: found) func `the JSON of an answer is found, and where it was is said`(
    text: String, value: Value, place: ModelAnswer.Place
  ) throws {
    let answer = try ModelAnswer.json(in: text)
    #expect(answer.value == value)
    #expect(answer.place == place)
  }

  @Test(arguments: [
    "", "Yes.", "{\"a\": 1} and more", "```json\n1\n```\n```json\n2\n```",
    "```\n1\n```\n```\n2\n```",
    "`{}`", "```json {} ```", "text ```json\n{}\n```",
  ])
  func `an answer without one readable block is refused as it stands`(text: String) {
    #expect(throws: NotationError.self) { try ModelAnswer.json(in: text) }
  }

  @Test func `a fault in the only JSON block is placed in the whole answer`() {
    let text = "Here:\r\n\r\n```json\r\n{\"a\": 1,\r\n \"a\": 2}\r\n```\r\n"
    let error = #expect(throws: NotationError.self) { try ModelAnswer.json(in: text) }
    #expect(error?.problem == .duplicateKey("a"))
    #expect(error?.position.line == 5)
    #expect(error?.position.column == 2)
    #expect(error.map { Array(text.utf8)[$0.position.offset] } == UInt8(ascii: "\""))
  }

  @Test func `an answer above the limit is refused`() {
    let limits = NotationLimits(byteCount: 100)
    let text = "[\"" + String(repeating: "a", count: 100) + "\"]"
    #expect(throws: NotationError.self) { try ModelAnswer.json(in: text, limits: limits) }
  }
}

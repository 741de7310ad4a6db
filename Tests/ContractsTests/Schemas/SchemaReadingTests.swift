import Notation
import Testing

@testable import Contracts

@Suite struct SchemaReadingTests {
  static let schema: Value = [
    "type": "object",
    "properties": [
      "any": true, "text": ["type": "string"], "number": ["type": "integer", "minimum": 5],
      "both": ["type": ["string", "integer"]], "choice": ["enum": [1, 2]],
      "words": ["enum": ["1", 2]], "fixed": ["const": 5], "far": ["$ref": "#/$defs/number"],
      "either": ["anyOf": [["type": "integer"], ["type": "boolean"]]],
      "list": ["type": "array", "items": ["type": "integer"]],
      "patterns": [
        "anyOf": [["type": "string", "pattern": "a"], ["type": "string", "pattern": "b"]]
      ],
      "short": ["type": "string", "maxLength": 1],
    ],
    "required": ["text"], "additionalProperties": ["type": "boolean"],
    "$defs": ["number": ["type": "number"]],
  ]

  static let cases: [(String, String, Value)] = [
    ("any", "1", "1"), ("text", "1", "1"), ("text", "true", "true"), ("number", "7", 7),
    ("number", "3", 3), ("number", "1.5", 1.5), ("number", "x", "x"), ("both", "1", "1"),
    ("choice", "1", 1), ("words", "1", "1"), ("words", "2", 2), ("fixed", "5", 5),
    ("far", "2.5", 2.5), ("either", "1", 1), ("either", "true", true), ("list", "[1]", [1]),
    ("list", #"["a"]"#, ["a"]), ("patterns", "12", "12"), ("short", "12", "12"),
    ("other", "true", true),
  ]

  @Test(arguments: cases)
  func `a text is read as what the schema takes there`(
    name: String, text: String, value: Value
  ) throws {
    #expect(try Schema(Self.schema).value(of: text, for: name) == value)
  }
}

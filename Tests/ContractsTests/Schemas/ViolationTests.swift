import Notation
import Testing

@testable import Contracts

@Suite struct ViolationTests {
  struct Case: CustomStringConvertible, Sendable {
    let schema: Value
    let value: Value
    let violations: [String]

    var description: String { "\(JSON.text(schema)) of \(JSON.text(value))" }

    init(_ schema: Value, _ value: Value, _ violations: String...) {
      (self.schema, self.value, self.violations) = (schema, value, violations)
    }
  }

  static let cases = [
    Case(["type": "string"], 3, " type: must be string, not integer"),
    Case(["type": ["number", "null"]], "3", " type: must be number or null, not string"),
    Case(
      ["type": ["array", "object", "string"]], 1.5,
      " type: must be string, array or object, not fraction"),
    Case(["enum": ["a", 1, nil]], "b", #" enum: must be "a", 1 or null"#),
    Case(["const": ["a": 1]], [:], #" const: must be {"a":1}"#),
    Case(["enum": ["a"], "const": "b"], "a", " const: no value is allowed here"),
    Case(
      ["minimum": 2, "multipleOf": 2], 1, " minimum: must be at least 2",
      " multipleOf: must be a multiple of 2"),
    Case(["maximum": 0.5], 1, " maximum: must be at most 0.5"),
    Case(["exclusiveMinimum": 1], 1, " exclusiveMinimum: must be more than 1"),
    Case(["exclusiveMaximum": 1], 1, " exclusiveMaximum: must be less than 1"),
    Case(["minLength": 2], "é", " minLength: must have at least 2 characters"),
    Case(["maxLength": 1], "ab", " maxLength: must have at most 1 character"),
    Case(["pattern": "^a$"], "b", " pattern: must match the pattern '^a$'"),
    Case(["minItems": 1], [], " minItems: must have at least 1 item"),
    Case(
      ["maxItems": 1, "uniqueItems": true], [1, 1], " maxItems: must have at most 1 item",
      " uniqueItems: must not have the same item twice"),
    Case(
      ["contains": ["type": "null"], "minContains": 2], [nil],
      " contains: must have at least 2 items that fit the schema under 'contains', and has 1"),
    Case(
      ["contains": ["type": "null"], "maxContains": 1], [nil, nil],
      " maxContains: must have at most 1 item that fit the schema under 'contains', and has 2"),
    Case(["minProperties": 1], [:], " minProperties: must have at least 1 property"),
    Case(["maxProperties": 0], ["a": 1], " maxProperties: must have at most 0 properties"),
    Case(
      ["required": ["a", "b", "c"]], ["b": 1], " required: the property 'a' is missing",
      " required: the property 'c' is missing"),
    Case(
      ["dependentRequired": ["a": ["b"]]], ["a": 1],
      " dependentRequired: the property 'b' is missing, which 'a' asks for"),
    Case(
      ["properties": ["a": ["type": "null"]], "additionalProperties": false], ["b": 1],
      "/b additionalProperties: there is no property 'b'"),
    Case(
      ["additionalProperties": ["type": "string"]], ["a/b~c": 1],
      "/a~1b~0c type: must be string, not integer"),
    Case(["patternProperties": ["^x": false]], ["xy": 1], "/xy false: nothing is allowed here"),
    Case(
      ["propertyNames": ["maxLength": 1]], ["ab": 1],
      "/ab propertyNames: 'ab' is not a name that a property may have here"),
    Case(
      ["items": ["properties": ["a": ["type": "string"]]]], [["a": 1], [:], ["a": nil]],
      "/0/a type: must be string, not integer", "/2/a type: must be string, not null"),
    Case(["prefixItems": [true], "items": false], [1, 2], "/1 items: is one item too many"),
    Case(
      ["anyOf": [["type": "string"], ["type": "number"]]], nil,
      " anyOf: must fit at least one of 2 alternatives, and fits none"),
    Case(
      ["oneOf": [["minimum": 1], ["maximum": 3]]], 2,
      " oneOf: must fit exactly one of 2 alternatives, and fits 2"),
    Case(
      ["oneOf": [["minimum": 1], ["minimum": 2]]], 0,
      " oneOf: must fit exactly one of 2 alternatives, and fits none"),
    Case(["not": ["type": "null"]], nil, " not: must not fit the schema under 'not'"),
    Case(
      ["allOf": [["minimum": 1], ["minimum": 2]]], 0, " minimum: must be at least 1",
      " minimum: must be at least 2"),
    Case(
      ["if": ["minimum": 1], "then": ["minimum": 3], "else": ["maximum": -1]], 2,
      " minimum: must be at least 3"),
    Case(
      ["if": ["minimum": 1], "then": ["minimum": 3], "else": ["maximum": -1]], 0,
      " maximum: must be at most -1"),
    Case(
      ["properties": ["a": true], "unevaluatedProperties": false], ["a": 1, "b": 1],
      "/b unevaluatedProperties: there is no property 'b'"),
    Case(
      ["prefixItems": [true], "unevaluatedItems": false], [1, 2],
      "/1 unevaluatedItems: is one item too many"),
    Case(false, 1, " false: nothing is allowed here"),
  ]

  @Test(arguments: cases) func `every violation has its path, keyword and sentence`(
    _ test: Case
  ) throws {
    let schema = try Schema(test.schema)
    let found = schema.violations(in: test.value).map { "\($0.path) \($0.keyword): \($0.message)" }
    #expect(found == test.violations)
    #expect(!schema.isValid(test.value))
  }

  @Test func `an alternative for this kind of value says what it misses`() throws {
    let schema = try Schema([
      "anyOf": [
        ["$ref": "#/$defs/person"], ["type": "null"],
      ],
      "$defs": ["person": ["type": "object", "required": ["name"]]],
    ])
    #expect(schema.violations(in: [:]).map(\.keyword) == ["required"])
    #expect(schema.violations(in: 1).map(\.keyword) == ["anyOf"])
  }

  @Test func `an item too many breaks the keyword that its draft has for the rest`() throws {
    let schema = try Schema([
      "$schema": "http://json-schema.org/draft-07/schema#", "items": [true],
      "additionalItems": false,
    ])
    let found = schema.violations(in: [1, 2])
    #expect(found.map { "\($0.path) \($0.keyword)" } == ["/1 additionalItems"])
  }

  @Test(arguments: [false, true])
  func `a pattern that takes too long is told where it stands`(isAlternative: Bool) throws {
    let slow: Value = ["pattern": "^(a+)+$"]
    let schema = try Schema([
      "properties": ["list": ["items": isAlternative ? ["anyOf": [slow]] : slow]]
    ])
    let text = String(repeating: "a", count: 40) + "b"
    let found = schema.violations(in: ["list": ["a", .string(text)]])
    #expect(found.map { "\($0.path) \($0.keyword)" } == ["/list/1 limit"])
  }

  @Test func `a choice of many values is not listed whole`() throws {
    let schema = try Schema(["enum": .list((1...20).map { .number(Double($0)) })])
    #expect(
      schema.violations(in: 0).first?.message
        == "must be 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 or one of 8 others")
  }
}

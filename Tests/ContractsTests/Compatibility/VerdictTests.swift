import Notation
import Testing

@testable import Contracts

@Suite struct VerdictTests {
  struct Case: CustomStringConvertible, Sendable {
    let name: String
    let before: Value
    let after: Value
    let reasons: [String]

    var description: String { name }

    init(_ name: String, _ before: Value, _ after: Value, _ reasons: String...) {
      (self.name, self.before, self.after, self.reasons) = (name, before, after, reasons)
    }
  }

  static func closed(_ properties: Value, required: [String] = []) -> Value {
    [
      "type": "object", "properties": properties, "additionalProperties": false,
      "required": .list(required.map(Value.string)),
    ]
  }

  static func reasons(_ former: Contract, _ next: Contract) throws -> [String] {
    try Verdict(from: former, to: next).reasons.map {
      "\($0.rule.bump) \($0.path) \($0.rule.rawValue)"
    }
  }

  static let text: Value = ["type": "string"]
  static let number: Value = ["type": "number"]

  static let inputs = [
    Case(
      "description", closed(["a": ["type": "string", "description": "x"]]), closed(["a": text])),
    Case("order of keys", ["type": "string", "maxLength": 1], ["maxLength": 1, "type": "string"]),
    Case(
      "optional added", closed(["a": text]), closed(["a": text, "b": text]),
      "minor /input/b input-optional-added"),
    Case(
      "required added", closed(["a": text]), closed(["a": text, "b": text], required: ["b"]),
      "major /input/b input-required-added"),
    Case(
      "became required", closed(["a": text]), closed(["a": text], required: ["a"]),
      "major /input/a input-became-required"),
    Case(
      "became optional", closed(["a": text], required: ["a"]), closed(["a": text]),
      "minor /input/a input-became-optional"),
    Case(
      "removed", closed(["a": text, "b": text]), closed(["a": text]),
      "major /input/b input-removed"),
    Case(
      "renamed", closed(["a": text], required: ["a"]), closed(["b": text], required: ["b"]),
      "major /input/a input-removed", "major /input/b input-required-added"),
    Case(
      "type changed", closed(["a": text]), closed(["a": number]),
      "major /input/a input-type-changed"),
    Case(
      "type widened", closed(["a": ["type": "integer"]]),
      closed(["a": ["type": ["number", "null"]]]),
      "minor /input/a input-widened"),
    Case(
      "type narrowed", closed(["a": number]), closed(["a": ["type": "integer"]]),
      "major /input/a input-type-changed"),
    Case("enum narrowed", ["enum": ["a", "b"]], ["enum": ["a"]], "major /input input-narrowed"),
    Case("enum widened", ["enum": ["a"]], ["enum": ["b", "a"]], "minor /input input-widened"),
    Case("enum to its type", ["enum": ["a"]], text, "minor /input input-widened"),
    Case("type to an enum", text, ["enum": ["a"]], "major /input input-narrowed"),
    Case("const to enum", ["const": 1], ["enum": [1, 2]], "minor /input input-widened"),
    Case(
      "enum that other keywords cut", ["enum": [1, 2], "minimum": 2], ["const": 2]),
    Case("minimum up", ["minimum": 1], ["minimum": 2], "major /input input-narrowed"),
    Case("minimum down", ["minimum": 1], ["minimum": 0], "minor /input input-widened"),
    Case("minimum gone", ["minimum": 1], [:], "minor /input input-widened"),
    Case(
      "bound excluded", ["minimum": 1], ["exclusiveMinimum": 1], "major /input input-narrowed"),
    Case(
      "same bound twice", ["minimum": 1], ["minimum": 1, "exclusiveMinimum": 0]),
    Case("maximum down", ["maximum": 2], ["maximum": 1], "major /input input-narrowed"),
    Case("finer multiple", ["multipleOf": 1], ["multipleOf": 0.1], "minor /input input-widened"),
    Case("coarser multiple", ["multipleOf": 2], ["multipleOf": 4], "major /input input-narrowed"),
    Case("other multiple", ["multipleOf": 2], ["multipleOf": 3], "major /input input-narrowed"),
    Case("length", ["maxLength": 5], ["maxLength": 4], "major /input input-narrowed"),
    Case("length gone", ["maxLength": 5], [:], "minor /input input-widened"),
    Case("length for numbers", ["type": "number"], ["type": "number", "maxLength": 4]),
    Case("pattern added", text, ["type": "string", "pattern": "a"], "major /input input-narrowed"),
    Case("pattern gone", ["pattern": "a"], [:], "minor /input input-widened"),
    Case("pattern changed", ["pattern": "a"], ["pattern": "b"], "major /input input-uncertain"),
    Case(
      "format added", text, ["type": "string", "format": "date"], "major /input input-narrowed"),
    Case("unknown format", text, ["type": "string", "format": "x-mine"]),
    Case("unique", [:], ["uniqueItems": true], "major /input input-narrowed"),
    Case(
      "items", ["items": text], ["items": ["type": "string", "minLength": 1]],
      "major /input/* input-narrowed"),
    Case(
      "prefix", ["prefixItems": [text, text]], ["prefixItems": [text]],
      "minor /input/1 input-widened"),
    Case(
      "prefix takes over from items", ["items": text], ["prefixItems": [text], "items": text]),
    Case(
      "deep", closed(["a": ["items": closed(["b": text])]]),
      closed(["a": ["items": closed(["b": number])]]), "major /input/a/*/b input-type-changed"),
    Case(
      "closed", ["properties": ["a": text]], closed(["a": text]).without("type"),
      "major /input input-narrowed"),
    Case(
      "opened", closed(["a": text]), ["type": "object", "properties": ["a": text]],
      "minor /input input-widened"),
    Case(
      "a rule for a name that was free", ["properties": [:]], ["properties": ["a": text]],
      "major /input/a input-was-open", "minor /input/a input-optional-added"),
    Case(
      "no rule for a name that was free", ["properties": [:]], ["properties": ["a": true]],
      "minor /input/a input-optional-added"),
    Case(
      "a name that had the rule of the others", ["additionalProperties": text],
      ["additionalProperties": text, "properties": ["a": text]],
      "minor /input/a input-optional-added"),
    Case(
      "required without a schema", ["required": ["a"]], ["required": ["a", "b"]],
      "major /input/b input-became-required"),
    Case(
      "nothing allowed any more", [:], false, "major /input input-type-changed"),
  ]

  @Test(arguments: inputs) func `a change of the input is judged as its callers feel it`(
    _ test: Case
  ) throws {
    #expect(try Self.reasons(.taking(test.before), .taking(test.after)) == test.reasons)
  }

  static let references = [
    Case(
      "moved under $defs", text, ["$ref": "#/$defs/a", "$defs": ["a": text]]),
    Case(
      "definition narrowed", ["items": ["$ref": "#/$defs/a"], "$defs": ["a": [:]]],
      ["items": ["$ref": "#/$defs/a"], "$defs": ["a": text]], "major /input/* input-type-changed"),
    Case(
      "unused definition", ["$defs": ["a": text]], ["$defs": ["a": number]]),
    Case(
      "recursive, same", tree(text), tree(["type": "string", "title": "Name"])),
    Case(
      "recursive, narrowed", tree(text), tree(number), "major /input/name input-type-changed"),
    Case(
      "allOf reordered", ["allOf": [text, ["maxLength": 3]]], ["allOf": [["maxLength": 3], text]]),
    Case(
      "allOf added", text, ["type": "string", "allOf": [["maxLength": 3]]],
      "major /input input-narrowed"),
    Case(
      "anyOf reordered", ["anyOf": [text, number]], ["anyOf": [number, text]]),
    Case(
      "anyOf added", ["anyOf": [text]], ["anyOf": [number, text]], "minor /input input-widened"),
    Case(
      "anyOf removed", ["anyOf": [number, text]], ["anyOf": [text]],
      "major /input input-type-changed"),
    Case(
      "anyOf narrowed", ["anyOf": [text, number]], ["anyOf": [text, ["type": "integer"]]],
      "major /input input-type-changed"),
    Case(
      "one becomes one of two", text, ["anyOf": [text, ["type": "null"]]],
      "minor /input input-widened"),
    Case(
      "one of two becomes one", ["anyOf": [text, ["type": "null"]]], text,
      "major /input input-type-changed"),
    Case(
      "oneOf of different types", ["oneOf": [text, number]],
      ["oneOf": [text, number, ["type": "null"]]], "minor /input input-widened"),
    Case(
      "oneOf with a mark", ["oneOf": [marked("a"), marked("b")]],
      ["oneOf": [marked("a"), marked("b"), marked("c")]], "minor /input input-widened"),
    Case(
      "oneOf that may overlap", ["oneOf": [["minimum": 1], ["maximum": 0]]],
      ["oneOf": [["minimum": 1], ["maximum": 1]]], "major /input input-uncertain"),
    Case(
      "oneOf that may overlap, same", ["oneOf": [["minimum": 1], ["maximum": 0]]],
      ["oneOf": [["minimum": 1, "title": "x"], ["maximum": 0]]]),
    Case(
      "not narrowed is widened", ["not": ["minimum": 1]], ["not": ["minimum": 2]],
      "minor /input input-widened"),
    Case(
      "not widened is narrowed", ["not": ["minimum": 2]], ["not": ["minimum": 1]],
      "major /input input-narrowed"),
    Case(
      "then", ["if": ["minimum": 1], "then": ["maximum": 5]],
      ["if": ["minimum": 1], "then": ["maximum": 6]], "minor /input input-widened"),
    Case(
      "if", ["if": ["minimum": 1], "then": ["maximum": 5]],
      ["if": ["minimum": 2], "then": ["maximum": 5]], "major /input input-uncertain"),
    Case(
      "pattern of names", ["patternProperties": ["^a": text]], ["patternProperties": ["^b": text]],
      "major /input input-uncertain"),
    Case(
      "schema under a pattern", ["patternProperties": ["^a": text]],
      ["patternProperties": ["^a": number]], "major /input input-narrowed"),
    Case(
      "dependent names", ["dependentRequired": ["a": ["b"]]],
      ["dependentRequired": ["a": ["b", "c"]]], "major /input input-narrowed"),
    Case(
      "contains", ["contains": number], ["contains": ["type": "integer"]],
      "major /input input-narrowed"),
    Case(
      "unevaluated beside another change",
      ["allOf": [["properties": ["a": text]]], "unevaluatedProperties": false],
      ["allOf": [["properties": ["a": text, "b": text]]], "unevaluatedProperties": false],
      "major /input input-uncertain", "major /input/b input-was-open",
      "minor /input/b input-optional-added"),
  ]

  static func tree(_ name: Value) -> Value {
    ["type": "object", "properties": ["name": name, "children": ["items": ["$ref": "#"]]]]
  }

  static func marked(_ kind: Value) -> Value {
    ["type": "object", "required": ["kind"], "properties": ["kind": ["const": kind]]]
  }

  @Test(arguments: references) func `references and combinations are seen through`(
    _ test: Case
  ) throws {
    #expect(try Self.reasons(.taking(test.before), .taking(test.after)) == test.reasons)
  }

  static let outputs = [
    Case(
      "property added", closed(["a": text]), closed(["a": text, "b": text]),
      "minor /output/b output-property-added"),
    Case(
      "required property added", closed(["a": text]),
      closed(["a": text, "b": text], required: ["b"]),
      "minor /output/b output-property-added"),
    Case(
      "property removed", closed(["a": text, "b": text]), closed(["a": text]),
      "major /output/b output-property-removed"),
    Case(
      "type changed", closed(["a": text]), closed(["a": number]),
      "major /output/a output-type-changed"),
    Case(
      "type widened", ["type": "string"], ["type": ["string", "null"]],
      "major /output output-type-changed"),
    Case(
      "type narrowed", ["type": ["string", "null"]], ["type": "string"],
      "minor /output output-narrowed"),
    Case(
      "became optional", closed(["a": text], required: ["a"]), closed(["a": text]),
      "major /output/a output-became-optional"),
    Case(
      "became required", closed(["a": text]), closed(["a": text], required: ["a"]),
      "minor /output/a output-became-required"),
    Case("enum widened", ["enum": ["a"]], ["enum": ["a", "b"]], "major /output output-widened"),
    Case("enum narrowed", ["enum": ["a", "b"]], ["enum": ["a"]], "minor /output output-narrowed"),
    Case("range widened", ["maximum": 1], ["maximum": 2], "major /output output-widened"),
    Case(
      "opened", closed(["a": text]), ["type": "object", "properties": ["a": text]],
      "minor /output output-opened"),
    Case(
      "closed", ["type": "object", "properties": ["a": text]], closed(["a": text]),
      "minor /output output-narrowed"),
    Case(
      "a name with another rule than the others", ["additionalProperties": text],
      ["additionalProperties": text, "properties": ["a": number]],
      "major /output/a output-widened", "minor /output/a output-property-added"),
    Case("pattern changed", ["pattern": "a"], ["pattern": "b"], "major /output output-uncertain"),
  ]

  @Test(arguments: outputs) func `a change of the output is judged as its consumers feel it`(
    _ test: Case
  ) throws {
    #expect(try Self.reasons(.giving(test.before), .giving(test.after)) == test.reasons)
  }
}

extension Contract {
  static func taking(_ schema: Value?) -> Contract {
    var contract = Contract()
    contract.input = schema
    return contract
  }

  static func giving(_ schema: Value?) -> Contract {
    var contract = Contract()
    contract.output = schema
    return contract
  }
}

extension Value {
  func without(_ key: String) -> Value {
    var map = map ?? ValueMap()
    map[key] = nil
    return .map(map)
  }
}

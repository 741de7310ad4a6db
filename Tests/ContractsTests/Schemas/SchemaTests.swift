import Notation
import Testing

@testable import Contracts

@Suite struct SchemaTests {
  struct Bad: CustomStringConvertible, Sendable {
    let schema: Value
    let pointer: String
    let message: String

    var description: String { JSON.text(schema) }

    init(_ schema: Value, _ pointer: String, _ message: String) {
      (self.schema, self.pointer, self.message) = (schema, pointer, message)
    }
  }

  static let bad = [
    Bad(3, "", "a schema is an object, 'true' or 'false'"),
    Bad(
      ["properties": ["a": "string"]], "/properties/a", "a schema is an object, 'true' or 'false'"),
    Bad(["minimum": "1"], "/minimum", "'minimum' must be a number"),
    Bad(["multipleOf": 0], "/multipleOf", "'multipleOf' must be a number above 0"),
    Bad(["maxLength": -1], "/maxLength", "'maxLength' must be a whole number from 0 up"),
    Bad(["maxLength": 1.5], "/maxLength", "'maxLength' must be a whole number from 0 up"),
    Bad(
      ["type": "text"], "/type", "'type' must be the name of a type, or a list of different ones"),
    Bad(["type": []], "/type", "'type' must be the name of a type, or a list of different ones"),
    Bad(
      ["type": ["null", "null"]], "/type",
      "'type' must be the name of a type, or a list of different ones"),
    Bad(["required": true], "/required", "'required' must be a list of different names"),
    Bad(["required": ["a", "a"]], "/required", "'required' must be a list of different names"),
    Bad(["enum": "a"], "/enum", "'enum' must be a list of values"),
    Bad(["uniqueItems": 1], "/uniqueItems", "'uniqueItems' must be true or false"),
    Bad(
      ["properties": []], "/properties",
      "'properties' must be an object whose members are schemas"),
    Bad(["items": []], "/items", "'items' must be a schema"),
    Bad(["allOf": []], "/allOf", "'allOf' must be a list of at least one schema"),
    Bad(["anyOf": [:]], "/anyOf", "'anyOf' must be a list of at least one schema"),
    Bad(["pattern": 1], "/pattern", "'pattern' must be a text"),
    Bad(["$ref": 1], "/$ref", "'$ref' must be a URI reference"),
    Bad(
      ["dependentRequired": ["a": "b"]], "/dependentRequired",
      "'dependentRequired' must be an object whose members are lists of names"),
    Bad(
      ["$defs": ["a": ["type": 1]]], "/$defs/a/type",
      "'type' must be the name of a type, or a list of different ones"),
    Bad(["items": ["$ref": "#/$defs/a"]], "/items", "the reference '#/$defs/a' leads nowhere"),
    Bad(["$ref": "#a"], "", "the reference '#a' leads nowhere"),
    Bad(["$ref": "#/properties/a/~2"], "", "the reference '#/properties/a/~2' leads nowhere"),
    Bad(
      ["$ref": "https://example.com/a.json#/b"], "",
      "'https://example.com/a.json' is outside this schema, and nothing is fetched"),
    Bad(["$ref": "other.json"], "", "'other.json' is outside this schema, and nothing is fetched"),
    Bad(
      ["$schema": "http://json-schema.org/draft-04/schema#"], "/$schema",
      "'$schema' names 'http://json-schema.org/draft-04/schema#', a draft that is not read here"),
    Bad(["$ref": "#"], "", "this schema refers to itself without looking at a part of the value"),
    Bad(
      ["anyOf": [["allOf": [["$ref": "#"]]]]], "",
      "this schema refers to itself without looking at a part of the value"),
    Bad(
      ["$defs": ["a": ["$ref": "#/$defs/b"], "b": ["not": ["$ref": "#/$defs/a"]]]], "/$defs/a",
      "this schema refers to itself without looking at a part of the value"),
    Bad(
      ["$defs": ["a": ["$anchor": "x"], "b": ["$anchor": "x"]]], "/$defs/b",
      "the identifier 'x' is given twice"),
    Bad(
      ["$defs": ["a": ["$id": "x"], "b": ["$id": "x"]]], "/$defs/b/$id",
      "the identifier 'x' is given twice"),
  ]

  @Test(arguments: bad) func `a bad schema is one error with its place`(_ test: Bad) {
    let error = #expect(throws: SchemaError.self) { try Schema(test.schema) }
    #expect(error?.pointer == test.pointer)
    #expect(error?.message == test.message)
  }

  @Test func `a pattern that cannot be compiled is an error at the pattern`() {
    for schema in [
      ["properties": ["a": ["pattern": "("]]], ["patternProperties": ["(": true]],
    ] as [Value] {
      let error = #expect(throws: SchemaError.self) { try Schema(schema) }
      #expect(error?.path.last == .key("pattern") || error?.path.last == .key("("))
      #expect(error?.message.hasPrefix("the pattern '(' is none: ") == true)
      #expect(error?.hint != nil)
    }
  }

  @Test func `a schema that steps down before it comes back is no circle`() throws {
    let tree = try Schema([
      "type": "object", "properties": ["children": ["items": ["$ref": "#"]]],
      "required": ["name"],
    ])
    #expect(tree.isValid(["name": 1, "children": [["name": 2, "children": []]]]))
    #expect(
      tree.violations(in: ["name": 1, "children": [["name": 2], [:]]]).map(\.path)
        == ["/children/1"])
  }

  @Test func `the metaschemas are at hand without fetching`() throws {
    let newer = try Schema(["$ref": "https://json-schema.org/draft/2020-12/schema"])
    #expect(newer.isValid(["properties": ["a": ["minLength": 1, "$anchor": "x"]]]))
    #expect(!newer.isValid(["properties": ["a": ["minLength": -1]]]))
    #expect(!newer.isValid(["items": [true]]))
    let older = try Schema(["$ref": "http://json-schema.org/draft-07/schema#"])
    #expect(older.isValid(["items": [true]]))
    #expect(!older.isValid(["items": [["required": true]]]))
  }

  @Test(arguments: ["é", "e\u{301}"]) func `names are told apart by their bytes`(
    name: String
  ) throws {
    let schema = try Schema([
      "properties": ["é": ["const": "é"]], "required": ["é"], "additionalProperties": false,
    ])
    let isComposed = name.unicodeScalars.count == 1
    #expect(schema.isValid([name: "é"]) == isComposed)
    #expect(schema.isValid(["é": .string(name)]) == isComposed)
  }

  @Test func `more than eight properties are found whatever their order`() throws {
    let names = (0..<30).map { "property\($0)" }
    let schema = try Schema([
      "properties": .map(ValueMap(names.map { ($0, ["const": .string($0)]) })),
      "required": .list(names.map(Value.string)), "additionalProperties": false,
    ])
    let right = names.map { ($0, Value.string($0)) }
    #expect(schema.isValid(.map(ValueMap(right.reversed()))))
    #expect(schema.isValid(.map(ValueMap(right))))
    #expect(!schema.isValid(.map(ValueMap(right.dropLast()))))
    #expect(!schema.isValid(.map(ValueMap(right + [("more", 1)]))))
  }
}

@Suite struct SchemaLimitTests {
  @Test func `a value deeper than can be checked is not valid`() throws {
    let schema = try Schema(["items": ["$ref": "#"]])
    var value: Value = []
    for _ in 0..<ValidationRun.depthLimit { value = [value] }
    #expect(!schema.isValid(value))
    #expect(schema.violations(in: value).map(\.keyword) == ["limit"])
  }

  @Test func `references that only a value can turn in a circle end at the limit`() throws {
    let schema = try Schema([
      "$id": "a", "$dynamicAnchor": "x", "$ref": "b",
      "$defs": [
        "b": [
          "$id": "b", "anyOf": [["$ref": "c"]],
          "$defs": ["c": ["$id": "c", "$dynamicAnchor": "y", "$dynamicRef": "d#x"]],
        ],
        "d": ["$id": "d", "$dynamicAnchor": "x"],
      ],
    ])
    #expect(!schema.isValid(1))
    #expect(schema.violations(in: 1).last?.keyword == "limit")
  }

  @Test func `work that doubles at each level ends at the limit`() throws {
    let twice: Value = ["anyOf": [["$ref": "#/$defs/next"], ["$ref": "#/$defs/next"]]]
    var schema: Value = ["$defs": ["l0": false]]
    var definitions = ValueMap([("l0", .bool(false))])
    for level in 1...40 {
      let below = Value.string("#/$defs/l\(level - 1)")
      definitions["l\(level)"] = ["anyOf": [["$ref": below], ["$ref": below]]]
    }
    definitions["next"] = ["$ref": "#/$defs/l40"]
    schema = .map(ValueMap([("$defs", .map(definitions)), ("anyOf", twice["anyOf"] ?? [])]))
    var run = ValidationRun(.collecting, stepLimit: 10_000)
    let holds = try Schema(schema).tables.check(0, 1, &run)
    #expect(!holds)
    #expect(run.violations.last?.keyword == "limit")
  }

  @Test func `a schema of too many schemas is refused`() {
    let many = Value.list(Array(repeating: [:], count: Schema.nodeLimit + 1))
    let error = #expect(throws: SchemaError.self) { try Schema(["allOf": many]) }
    #expect(error?.problem == .tooManySchemas(limit: Schema.nodeLimit))
  }

  @Test func `a schema nested too deep is refused`() {
    var schema: Value = true
    for _ in 0...Schema.depthLimit { schema = ["items": schema] }
    let error = #expect(throws: SchemaError.self) { try Schema(schema) }
    #expect(error?.problem == .tooDeep(limit: Schema.depthLimit))
  }

  @Test func `ten thousand violations are listed and then no more`() throws {
    let schema = try Schema(["items": ["type": "null"]])
    let value = Value.list(Array(repeating: 1, count: ValidationRun.violationLimit + 5))
    let violations = schema.violations(in: value)
    #expect(violations.count == ValidationRun.violationLimit + 1)
    #expect(violations.last?.keyword == "limit")
  }

  @Test func `a chain of references as long as the limit on schemas is compiled`() throws {
    let count = Schema.nodeLimit - 2
    let links = (0..<count).map { place -> (String, Value) in
      (
        "l\(place)",
        place + 1 < count ? ["items": ["$ref": .string("#/$defs/l\(place + 1)")]] : true
      )
    }.prefix(count / 2)
    let ended = Array(links) + [("l\(count / 2)", true)]
    _ = try Schema(["$ref": "#/$defs/l0", "$defs": .map(ValueMap(ended))])
  }
}

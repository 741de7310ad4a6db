import Notation
import Testing

@testable import Templates

@Suite struct PicoschemaTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let source: Value
    let schema: Value
    init(_ source: Value, _ schema: Value) { (self.source, self.schema) = (source, schema) }
    var testDescription: String { JSON.text(source) }
  }

  private static let whole = [
    Case("string", ["type": "string"]),
    Case("string,  the name, in full", ["type": "string", "description": "the name, in full"]),
    Case("string,", ["type": "string"]),
    Case("any", [:]),
    Case(["type": "string"], ["type": "string"]),
    Case(["type": "object", "x": 1], ["type": "object", "x": 1]),
    Case(
      ["properties": ["a": ["type": "string"]]],
      ["type": "object", "properties": ["a": ["type": "string"]]]),
    Case(["$ref": "#/$defs/A"], ["$ref": "#/$defs/A"]),
    Case(["enum": ["A", "B"]], ["enum": ["A", "B"]]),
    Case(["anyOf": [["type": "string"]]], ["anyOf": [["type": "string"]]]),
    Case(["type": ["string", "null"]], ["type": ["string", "null"]]),
    Case(
      ["(*)": "number"],
      ["type": "object", "properties": [:], "additionalProperties": ["type": "number"]]),
  ]

  @Test("a schema as a whole compiles to what the rules give", arguments: whole)
  func compiles(_ sample: Case) throws {
    #expect(try Picoschema.compile(sample.source)?.value == sample.schema)
  }

  /// The schema of the property `a` in an object that has no other.
  private static let fields = [
    Case(["a": "integer"], ["type": "integer"]),
    Case(["a?": "integer"], ["type": ["integer", "null"]]),
    Case(["a?": "any, thing"], ["description": "thing"]),
    Case(["a?": "null, nothing"], ["type": "null", "description": "nothing"]),
    Case(["a": nil], ["type": "null"]),
    Case(
      ["a(array, all, of them)": "string, one"],
      [
        "type": "array", "description": "all, of them",
        "items": ["type": "string", "description": "one"],
      ]),
    Case(["a?(array)": "any"], ["type": ["array", "null"], "items": [:]]),
    Case(
      ["a(object, o)": ["b": "null"]],
      [
        "type": "object", "description": "o", "properties": ["b": ["type": "null"]],
        "required": ["b"], "additionalProperties": false,
      ]),
    Case(
      ["a(object)": nil], ["type": "object", "properties": [:], "additionalProperties": false]),
    Case(["a(enum)": ["X", 1, nil]], ["enum": ["X", 1, nil]]),
    Case(["a?(enum, e)": ["X", nil]], ["enum": ["X", nil], "description": "e"]),
    Case(["a?(enum)": ["X"]], ["enum": ["X", nil]]),
    Case(["a(enum, the (best) one)": ["X"]], ["enum": ["X"], "description": "the"]),
    Case(["a(": "string"], ["type": "string"]),
    Case(
      ["a": ["type": "string"]],
      [
        "type": "object", "properties": ["type": ["type": "string"]], "required": ["type"],
        "additionalProperties": false,
      ]),
  ]

  @Test(
    "a field compiles to what the rules give, required unless it ends in '?'",
    arguments: fields)
  func field(_ sample: Case) throws {
    let schema = try #require(try Picoschema.compile(sample.source)?.value)
    #expect(schema["type"] == "object")
    #expect(schema["properties"] == ["a": sample.schema])
    #expect(schema["additionalProperties"] == false)
    let isOptional = sample.source.map?.keys.first?.hasPrefix("a?") == true
    #expect(schema["required"] == (isOptional ? nil : ["a"]))
  }

  @Test("nothing is no schema", arguments: [Value.null, ""])
  func nothing(_ value: Value) throws {
    #expect(try Picoschema.compile(value) == nil)
  }

  @Test("a property called 'type' with more than a bare type makes no JSON Schema")
  func typeAsProperty() throws {
    let schema = try Picoschema.compile(["type": "string, the type"])
    #expect(schema?.value["properties"]?["type"]?["description"] == "the type")
  }

  private static let refused: [(Value, PicoschemaError.Problem, String)] = [
    (["tags": "string[]"], .unknownType("string[]"), "tags"),
    (["a": ["b": "text"]], .unknownType("text"), "a.b"),
    (["a(list)": "string"], .unknownKind("list"), "a(list)"),
    (["a(array": "string"], .unknownKind("arra"), "a(array"),
    (["a(enum)": "X"], .enumWithoutList(found: "a text"), "a(enum)"),
    (["a": ["string"]], .notAType(found: "a list"), "a"),
    (["a": 1], .notAType(found: "a number"), "a"),
    (["string"], .notASchema(found: "a list"), ""),
    (true, .notASchema(found: "a truth value"), ""),
    ("string , d", .unknownType("string "), ""),
  ]

  @Test("what is no Picoschema is refused with the path of the fault", arguments: refused)
  func refuses(_ source: Value, _ problem: PicoschemaError.Problem, _ path: String) {
    let error = #expect(throws: PicoschemaError.self) { try Picoschema.compile(source) }
    #expect(error?.problem == problem)
    #expect(error?.path.dotted == path)
  }

  @Test func aNamedSchemaIsLookedUpAndItsDescriptionCanBeReplaced() throws {
    let foo: Value = ["type": "number", "description": "a foo"]
    let named: Picoschema.Named = { $0 == "Foo" ? foo : nil }
    #expect(try Picoschema.compile("Foo, mine", named: named)?.value["description"] == "mine")
    let property = try Picoschema.compile(["f?": "Foo"], named: named)?.value["properties"]?["f"]
    #expect(property == ["type": ["number", "null"], "description": "a foo"])
  }

  @Test func aNamedSchemaWithoutASingleTypeIsNotMadeNullable() throws {
    let union: Value = ["anyOf": [["type": "string"]]]
    let schema = try Picoschema.compile(["u?": "U"], named: { _ in union })
    #expect(schema?.value["properties"]?["u"] == union)
  }

  @Test func everyPropertyKnowsItsLineInTheFrontMatter() throws {
    let source: Value = ["tags?(array, t)": ["name": "string"], "(*)": "any"]
    let schema = try #require(try Picoschema.compile(source, at: [.key("input"), .key("schema")]))
    let tags: [PathStep] = [.key("properties"), .key("tags")]
    let name: [PathStep] = tags + [.key("items"), .key("properties"), .key("name")]
    #expect(schema.source(of: tags).dotted == "input.schema.tags?(array, t)")
    #expect(schema.source(of: name).dotted == "input.schema.tags?(array, t).name")
    #expect(schema.source(of: [.key("additionalProperties")]).dotted == "input.schema.(*)")
    #expect(schema.source(of: [.key("required")]).dotted == "input.schema")
  }

  @Test func thePathsOfJSONSchemaAreItsOwn() throws {
    let source: Value = ["type": "object", "properties": ["a": ["type": "string"]]]
    let schema = try #require(try Picoschema.compile(source, at: [.key("s")]))
    #expect(schema.source(of: [.key("properties"), .key("a")]).dotted == "s.properties.a")
  }

  private static let noted: [(Value, PicoschemaNote.Kind)] = [
    (["e": nil], .nullType),
    (["enum": ["A"]], .unmarkedJSONSchema),
    (["e(enum, the (best) one)": ["A"]], .cutDescription),
    ("any", .anyAtTop),
  ]

  @Test("what other readers take differently is noted", arguments: noted)
  func notes(_ source: Value, _ kind: PicoschemaNote.Kind) throws {
    #expect(try Picoschema.compile(source)?.notes.map(\.kind) == [kind])
  }

  @Test func everyFaultIsCollectedNotOnlyTheFirst() {
    let found = Picoschema.inspect(["a": "str", "b": ["c": "int[]"]], at: [], named: { _ in nil })
    #expect(found.errors.map(\.path.dotted) == ["a", "b.c"])
  }
}

import Notation
import Testing

@testable import Contracts

/// What draft 7 means differently from 2020-12.
@Suite struct DraftSevenTests {
  static func schema(_ keywords: Value) throws -> Schema {
    var map = keywords.map ?? ValueMap()
    map["$schema"] = "http://json-schema.org/draft-07/schema#"
    return try Schema(.map(map))
  }

  @Test func `a list under items is one schema a place, and additionalItems is the rest`() throws {
    let schema = try Self.schema([
      "items": [["type": "string"], ["type": "number"]], "additionalItems": false,
    ])
    #expect(schema.isValid(["a", 1]))
    #expect(schema.isValid(["a"]))
    #expect(!schema.isValid([1]))
    #expect(!schema.isValid(["a", 1, 2]))
  }

  @Test func `additionalItems says nothing beside a single schema under items`() throws {
    let schema = try Self.schema(["items": [:], "additionalItems": false])
    #expect(schema.isValid([1, 2]))
  }

  @Test func `a reference hides what stands beside it`() throws {
    let schema = try Self.schema([
      "properties": ["a": ["$ref": "#/definitions/text", "maxLength": 1]],
      "definitions": ["text": ["type": "string"]],
    ])
    #expect(schema.isValid(["a": "long"]))
    #expect(!schema.isValid(["a": 1]))
  }

  @Test func `an id that is a fragment is an anchor`() throws {
    let schema = try Self.schema([
      "allOf": [["$ref": "#text"]],
      "definitions": ["text": ["$id": "#text", "type": "string"]],
    ])
    #expect(schema.isValid("a"))
    #expect(!schema.isValid(1))
  }

  @Test func `dependencies hold names or a schema`() throws {
    let schema = try Self.schema(
      ["dependencies": ["a": ["b"], "c": ["maxProperties": 1]]])
    #expect(schema.isValid(["a": 1, "b": 1]))
    #expect(!schema.isValid(["a": 1]))
    #expect(schema.isValid(["c": 1]))
    #expect(!schema.isValid(["c": 1, "d": 1]))
  }

  @Test func `keywords of the later draft say nothing`() throws {
    let schema = try Self.schema([
      "prefixItems": [["type": "string"]], "dependentRequired": ["a": ["b"]],
      "unevaluatedProperties": false, "minContains": 0, "contains": ["type": "null"],
      "$defs": 7,
    ])
    #expect(schema.isValid(["a": 1]))
    #expect(schema.isValid([1, nil]))
    #expect(!schema.isValid([1]))
  }

  @Test func `the rest of the vocabulary is common to both drafts`() throws {
    let schema = try Self.schema([
      "type": "object", "required": ["a"], "additionalProperties": false,
      "properties": ["a": ["if": ["type": "string"], "then": ["minLength": 2]]],
    ])
    #expect(schema.isValid(["a": "xx"]))
    #expect(!schema.isValid(["a": "x"]))
    #expect(!schema.isValid([:]))
  }
}

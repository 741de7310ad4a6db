import Notation
import TestSupport
import Testing

@testable import Contracts

/// Schemas of one meaning are one contract, however they are spelt.
@Suite struct NormalFormTests {
  struct Pair: CustomStringConvertible, Sendable {
    let one: Value
    let other: Value

    var description: String { "\(JSON.text(one)) = \(JSON.text(other))" }

    init(_ one: Value, _ other: Value) { (self.one, self.other) = (one, other) }
  }

  static let pairs = [
    Pair(["anyOf": [["type": "string"], ["type": "integer"]]], ["type": ["string", "integer"]]),
    Pair(["oneOf": [["type": "string"], ["type": "null"]]], ["type": ["string", "null"]]),
    Pair(
      ["anyOf": [["type": "string", "maxLength": 5], ["const": nil]]],
      ["type": ["null", "string"], "maxLength": 5]),
    Pair(["anyOf": [["type": "number"], ["type": "integer"]]], ["type": "number"]),
    Pair(["anyOf": [["type": "string"], ["enum": ["a", nil]]]], ["type": ["string", "null"]]),
    Pair(["type": "boolean"], ["enum": [true, false]]),
    Pair(["type": "boolean"], ["anyOf": [["const": true], ["const": false]]]),
    Pair(["type": ["boolean", "null"]], ["enum": [nil, false, true]]),
    Pair(["type": "null"], ["const": nil]),
    Pair(["type": "integer", "minimum": 1, "maximum": 2], ["enum": [1, 2]]),
    Pair(["type": "integer", "minimum": 1, "maximum": 3, "multipleOf": 2], ["const": 2]),
    Pair(["type": "integer", "minimum": 2, "maximum": 1], false),
    Pair(["type": "integer", "minimum": 5], ["type": "integer", "minimum": 4.5]),
    Pair(["type": "integer", "minimum": 5], ["type": "integer", "exclusiveMinimum": 4]),
    Pair(["type": "integer", "maximum": -1], ["type": "integer", "exclusiveMaximum": 0]),
    Pair(["type": "integer", "maximum": 5.5], ["type": "integer", "maximum": 5]),
    Pair(["type": "integer"], ["type": "number", "multipleOf": 1]),
    Pair(["type": "integer"], ["type": "integer", "multipleOf": 0.5]),
    Pair(["type": "integer", "multipleOf": 1.5], ["type": "integer", "multipleOf": 3]),
    Pair(
      ["not": ["type": ["string", "null"]]], ["type": ["number", "boolean", "array", "object"]]),
    Pair(["type": "string", "maxLength": 3], ["type": "string", "allOf": [["maxLength": 3]]]),
    Pair(
      ["type": "string", "maxLength": 3, "minLength": 1],
      ["allOf": [["type": "string", "minLength": 1], ["maxLength": 3, "minLength": 0]]]),
    Pair(
      ["type": "object", "required": ["a"], "properties": ["a": ["type": "string"]]],
      [
        "$ref": "#/$defs/a", "required": ["a"],
        "$defs": ["a": ["type": "object", "properties": ["a": ["type": "string"]]]],
      ]),
    Pair(
      ["type": "object", "properties": ["a": true, "b": true], "additionalProperties": false],
      [
        "allOf": [["type": "object"]], "properties": ["a": true, "b": true],
        "additionalProperties": ["not": [:]],
      ]),
  ]

  @Test(arguments: pairs) func `another spelling is no change`(_ pair: Pair) throws {
    for (former, next) in [(pair.one, pair.other), (pair.other, pair.one)] {
      #expect(try VerdictTests.reasons(.taking(former), .taking(next)) == [])
      #expect(try VerdictTests.reasons(.giving(former), .giving(next)) == [])
    }
  }

  static let changes = [
    Pair(["type": "boolean"], ["enum": [true, false, "x"]]),
    Pair(["type": "integer", "minimum": 1, "maximum": 2], ["enum": [1, 2, 3]]),
    Pair(["type": "integer", "minimum": 5], ["type": "integer", "minimum": 3.5]),
    Pair(
      ["anyOf": [["type": "string"], ["type": "null"]]], ["type": ["string", "null", "array"]]),
    Pair(["type": "string"], ["anyOf": [["type": "string", "maxLength": 3], ["type": "string"]]]),
    Pair(
      ["anyOf": [["minLength": 1, "type": "string"], ["pattern": "a", "type": "string"]]],
      [
        "anyOf": [["pattern": "a", "type": "string"], ["type": "string"], ["type": "null"]]
      ]),
  ]

  @Test(arguments: changes) func `what is only wider breaks no caller`(_ pair: Pair) throws {
    #expect(try Verdict(from: .taking(pair.one), to: .taking(pair.other)).bump < .major)
    #expect(try Verdict(from: .giving(pair.other), to: .giving(pair.one)).bump < .major)
  }

  @Test func `several alternatives that may hold it together are a doubt, not a claim`() throws {
    let halves: Value = ["anyOf": [["minimum": 1], ["maximum": 2]]]
    #expect(
      try VerdictTests.reasons(.taking([:]), .taking(halves)) == ["major /input input-uncertain"])
    #expect(
      try VerdictTests.reasons(.giving([:]), .giving(halves)) == ["minor /output output-narrowed"])
  }
}

extension NormalFormTests {
  @Test(arguments: VerdictLawTests.seeds)
  func `nothing follows from another spelling of any schema`(seed: UInt64) throws {
    var generator = SchemaGenerator(seed: seed)
    var count = 0
    for _ in 0..<VerdictLawTests.schemasPerSeed {
      let schema = generator.schema()
      // What `unevaluated…` looks at depends on the spelling.
      if JSON.text(schema).contains("unevaluated") { continue }
      let other = generator.respelt(schema)
      let (one, two) = (try Schema(schema), try Schema(other))
      let values = (0..<VerdictLawTests.valuesPerChange).map { _ in generator.value(near: schema) }
      let isSame = values.allSatisfy { one.isValid($0) == two.isValid($0) }
      #expect(isSame, "seed \(seed): \(JSON.text(schema)) is not \(JSON.text(other))")
      if schema != other { count += 1 }
      for (former, next) in [(schema, other), (other, schema)] {
        let reasons = try VerdictTests.reasons(.taking(former), .taking(next))
        #expect(reasons == [], "seed \(seed): \(JSON.text(former)) -> \(JSON.text(next))")
      }
    }
    #expect(count > 10)
  }

  /// Values enough to tell schemas of few values apart.
  static let universe: [Value] =
    [nil, true, false, "a", "b", 0.5, [], [:]] + (-1...7).map { .number(Double($0)) }

  @Test(arguments: VerdictLawTests.seeds)
  func `between schemas of few values the verdict is what validation says`(seed: UInt64) throws {
    var generator = SchemaGenerator(seed: seed)
    for _ in 0..<VerdictLawTests.schemasPerSeed {
      let (former, next) = (generator.fewValues(), generator.fewValues())
      let (old, new) = (try Schema(former), try Schema(next))
      let gone = Self.universe.contains { old.isValid($0) && !new.isValid($0) }
      let come = Self.universe.contains { !old.isValid($0) && new.isValid($0) }
      let input = try Verdict(from: .taking(former), to: .taking(next)).bump
      let output = try Verdict(from: .giving(former), to: .giving(next)).bump
      let change = "seed \(seed): \(JSON.text(former)) -> \(JSON.text(next))"
      #expect(input == (gone ? .major : come ? .minor : .patch), "input, \(change)")
      #expect(output == (come ? .major : gone ? .minor : .patch), "output, \(change)")
    }
  }
}

extension SchemaGenerator {
  /// A schema with few valid values, all of them in the universe.
  mutating func fewValues(depth: Int = 0) -> Value {
    switch pick([0, 1, 2, 3, 4, 5, depth < 2 ? 6 : 0, depth < 2 ? 6 : 1]) {
    case 0: return ["type": pick(["boolean", "null", ["boolean", "null"]])]
    case 1: return ["const": pick([nil, true, false, 1, 2, "a"])]
    case 2: return ["enum": .list([nil, true, false, 1, 2, 3, "a"].filter { _ in chance(40) })]
    case 3: return ["enum": [true, false]]
    case 4, 5:
      let least = pick([0.0, 1, 2])
      var map = ValueMap([("type", "integer")])
      if chance(50) {
        map["minimum"] = .number(least - pick([0, 0.5]))
      } else {
        map["exclusiveMinimum"] = .number(least - pick([0.5, 1]))
      }
      if chance(30) { map["type"] = ["null", "integer"] }
      map["maximum"] = .number(least + pick([0, 1, 2.5, 3]))
      return .map(map)
    default:
      return ["anyOf": .list((0..<pick([1, 2, 3])).map { _ in fewValues(depth: depth + 1) })]
    }
  }
}

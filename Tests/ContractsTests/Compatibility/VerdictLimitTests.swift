import Notation
import Testing

@testable import Contracts

/// A verdict ends in short time whatever the schemas are; what it did not see is a doubt.
@Suite struct VerdictLimitTests {
  /// Each level refers twice to the one below: 2^depth ways lead to the last.
  static func doubling(_ keyword: String, depth: Int, _ last: Value) -> Value {
    var definitions = ValueMap([("l0", last)])
    for level in 1...depth {
      let below: Value = ["$ref": .string("#/$defs/l\(level - 1)")]
      definitions["l\(level)"] = [.init(stringLiteral: keyword): [below, below]]
    }
    return ["$ref": .string("#/$defs/l\(depth)"), "$defs": .map(definitions)]
  }

  @Test(arguments: ["allOf", "anyOf", "oneOf"])
  func `combinations that double at each level are judged`(keyword: String) throws {
    let before = Self.doubling(keyword, depth: 60, ["minimum": 1])
    let after = Self.doubling(keyword, depth: 60, ["minimum": 2])
    #expect(try Verdict(from: .taking(before), to: .taking(after)).bump == .major)
  }

  @Test func `what is said again at each level is said once`() throws {
    let before = Self.doubling("allOf", depth: 30, ["dependentRequired": ["a": ["b"]]])
    let after = Self.doubling("allOf", depth: 31, ["dependentRequired": ["a": ["b"]]])
    #expect(try Verdict(from: .taking(before), to: .taking(after)).bump == .patch)
  }

  @Test func `a value of an enum that takes too long to try is a doubt`() throws {
    let slow = Self.doubling("anyOf", depth: 40, false)
    let before: Value = ["enum": [1, 2]]
    let after: Value = ["enum": [1, 2], "not": slow["$ref"].map { ["$ref": $0] } ?? true]
    let verdict = try Verdict(
      from: .taking(before), to: .taking(.map(Self.joined(after, slow["$defs"] ?? [:]))))
    #expect(verdict.bump == .major)
  }

  @Test func `values that take too long to try are not taken to be the same`() throws {
    let before = Self.slowBoolean(["not": ["const": true]])
    let after = Self.slowBoolean(["not": ["const": false]])
    #expect(try Schema(before).isValid(false))
    #expect(try !Schema(after).isValid(false))
    #expect(try Verdict(from: .taking(before), to: .taking(after)).bump == .major)
    #expect(try Verdict(from: .giving(after), to: .giving(before)).bump == .major)
  }

  /// A truth value for which a schema must hold that takes long where it does not.
  private static func slowBoolean(_ last: Value) -> Value {
    var schema = doubling("anyOf", depth: 12, last).map ?? ValueMap()
    schema["type"] = "boolean"
    return .map(schema)
  }

  @Test func `many alternatives that are the same are no change`() throws {
    let many = Value.list((0..<500).map { ["const": .number(Double($0)), "title": "x"] })
    let same = Value.list((0..<500).map { ["const": .number(Double($0))] })
    let verdict = try Verdict(from: .taking(["oneOf": many]), to: .taking(["oneOf": same]))
    #expect(verdict.bump == .patch)
  }

  @Test func `many alternatives of which one is new are a doubt`() throws {
    let some = Value.list((0..<500).map { ["const": .number(Double($0))] })
    let more = Value.list((0..<501).map { ["const": .number(Double($0))] })
    let verdict = try Verdict(from: .taking(["oneOf": some]), to: .taking(["oneOf": more]))
    #expect(verdict.reasons.map(\.rule) == [.inputUncertain])
  }

  @Test func `many alternatives of one value each are compared by their values`() throws {
    let many = (0..<3000).map { Value.map(ValueMap([("const", .number(Double($0)))])) }
    let some: Value = ["anyOf": .list(Array(many.dropFirst()))]
    #expect(try Verdict(from: .taking(some), to: .taking(["anyOf": .list(many)])).bump == .minor)
  }

  @Test func `many alternatives that may overlap are a doubt in short time`() throws {
    let many = (0..<3000).map { Value.map(ValueMap([("required", .list([.string("a\($0)")]))])) }
    let before: Value = ["anyOf": .list(many)]
    let after: Value = ["anyOf": .list(many.reversed())]
    let verdict = try Verdict(from: .taking(before), to: .taking(after))
    #expect(verdict.reasons.map(\.rule) == [.inputUncertain])
  }

  private static func joined(_ schema: Value, _ definitions: Value) -> ValueMap {
    var map = schema.map ?? ValueMap()
    map["$defs"] = definitions
    return map
  }
}

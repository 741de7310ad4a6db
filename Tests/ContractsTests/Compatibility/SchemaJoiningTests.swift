import Notation
import Testing

@testable import Contracts

/// Two schemas are made one without losing a rule, and in time that grows with their length.
@Suite struct SchemaJoiningTests {
  static let composed = "\u{e9}"
  static let decomposed = "e\u{301}"

  static let spellings: [(String, Value, Value)] = [
    ("dependentRequired", [composed: ["b"]], [decomposed: ["b"]]),
    ("dependentRequired", ["a": [.string(composed)]], ["a": [.string(decomposed)]]),
    ("dependentSchemas", [composed: ["minProperties": 2]], [decomposed: ["minProperties": 2]]),
    ("properties", [composed: ["type": "string"]], [decomposed: ["type": "string"]]),
  ]

  @Test(arguments: spellings)
  func `a rule for a name of other bytes is a rule of its own`(
    keyword: String, own: Value, added: Value
  ) throws {
    let before: Value = ["type": "object", keyword: own]
    let after: Value = ["type": "object", keyword: own, "allOf": [[keyword: added]]]
    let verdict = try Verdict(from: .taking(before), to: .taking(after))
    #expect(verdict.bump == .major)
  }

  static let count = 60_000

  @Test
  func `long lists of values are joined in short time`() throws {
    let (even, odd) = (0, 1)
    var node = SchemaNode(choosing: Self.numbers(from: even), .enum)
    let isSaid = node.absorb(SchemaNode(choosing: Self.numbers(from: odd) + [0], .enum))
    #expect(isSaid)
    #expect(node.choice?.values == [0])
  }

  private static func numbers(from first: Int) -> [Value] {
    (0..<count).map { .number(Double(first + 2 * $0)) }
  }

  @Test
  func `long tables of properties are joined in short time`() throws {
    var node = Self.object(of: "a")
    let isSaid = node.absorb(Self.object(of: "b"))
    #expect(isSaid)
    #expect(node.map?.properties.properties.count == 2 * Self.count)
    let isSaidAgain = node.absorb(Self.object(of: "b"))
    #expect(!isSaidAgain)
  }

  private static func object(of prefix: String) -> SchemaNode {
    var rules = MapRules()
    for number in 0..<count {
      rules.properties.add("\(prefix)\(number)", number)
      rules.dependentRequired.append((name: "\(prefix)\(number)", required: ["c"]))
    }
    return SchemaNode(types: .object, map: rules)
  }
}

import Notation
import TestSupport
import Testing

@testable import Contracts

/// What must hold of every verdict, tried on schemas, changes and values made from a seed.
@Suite struct VerdictLawTests {
  static let seeds: [UInt64] = Array(1...12)
  static let schemasPerSeed = 60
  static let valuesPerChange = 60

  @Test(arguments: seeds) func `nothing follows from no change`(seed: UInt64) throws {
    var generator = SchemaGenerator(seed: seed)
    for _ in 0..<Self.schemasPerSeed {
      let schema = generator.schema()
      let verdict = try Verdict(from: .taking(schema), to: .taking(schema))
      #expect(verdict.bump == .patch, "seed \(seed): \(JSON.text(schema))")
      #expect(verdict.reasons.isEmpty)
    }
  }

  @Test(arguments: seeds) func `nothing follows from a change of remarks and order`(
    seed: UInt64
  ) throws {
    var generator = SchemaGenerator(seed: seed)
    for _ in 0..<Self.schemasPerSeed {
      let schema = generator.schema()
      for (former, next) in [(schema, schema.remarked), (schema.remarked, schema)] {
        let verdict = try Verdict(from: .giving(former), to: .giving(next))
        #expect(verdict.reasons.isEmpty, "seed \(seed): \(JSON.text(schema))")
      }
    }
  }

  @Test(arguments: seeds) func `unless it is major, every old valid input stays valid`(
    seed: UInt64
  ) throws {
    var generator = SchemaGenerator(seed: seed)
    for _ in 0..<Self.schemasPerSeed {
      let (former, next) = generator.change()
      let verdict = try Verdict(from: .taking(former), to: .taking(next))
      guard verdict.bump < .major else { continue }
      let (old, new) = (try Schema(former), try Schema(next))
      for _ in 0..<Self.valuesPerChange {
        let value = generator.value(near: generator.chance(70) ? former : next)
        guard old.isValid(value) else { continue }
        let isValid = new.isValid(value)
        #expect(
          isValid,
          "seed \(seed): \(JSON.text(former)) -> \(JSON.text(next)): \(JSON.text(value))")
      }
    }
  }

  @Test(arguments: seeds) func `unless it is major, every new output is one that was promised`(
    seed: UInt64
  ) throws {
    var generator = SchemaGenerator(seed: seed)
    for _ in 0..<Self.schemasPerSeed {
      let (former, next) = generator.change()
      let verdict = try Verdict(from: .giving(former), to: .giving(next))
      guard verdict.bump < .major else { continue }
      let (old, new) = (try Schema(former.opened), try Schema(next))
      for _ in 0..<Self.valuesPerChange {
        let value = generator.value(near: generator.chance(70) ? next : former)
        guard new.isValid(value) else { continue }
        let isValid = old.isValid(value)
        #expect(
          isValid,
          "seed \(seed): \(JSON.text(former)) -> \(JSON.text(next)): \(JSON.text(value))")
      }
    }
  }

  @Test func `the laws are tried on changes of every weight and on many valid values`() throws {
    var counts: [Bump: Int] = [:]
    var valid = 0
    for seed in Self.seeds {
      var generator = SchemaGenerator(seed: seed)
      for _ in 0..<Self.schemasPerSeed {
        let (former, next) = generator.change()
        let bump = try Verdict(from: .taking(former), to: .taking(next)).bump
        counts[bump, default: 0] += 1
        let old = try Schema(former)
        for _ in 0..<Self.valuesPerChange where bump == .minor {
          if old.isValid(generator.value(near: former)) { valid += 1 }
        }
      }
    }
    print("verdicts of \(counts.values.reduce(0, +)) changes: \(counts); \(valid) valid values")
    #expect(counts[.patch, default: 0] > 60)
    #expect(counts[.minor, default: 0] > 60)
    #expect(counts[.major, default: 0] > 60)
    #expect(valid > 1000)
  }
}

extension SchemaGenerator {
  /// A schema and what one change makes of it.
  mutating func change() -> (former: Value, next: Value) {
    while true {
      let former = schema()
      let next = changed(former)
      // A change may put a value where a schema must be.
      guard (try? Schema(next)) != nil else { continue }
      return chance(50) ? (former, next) : (next, former)
    }
  }
}

extension Value {
  /// The schema with a remark at each level, its keys turned round.
  fileprivate var remarked: Value {
    guard case .map(let map) = self else { return self }
    let holdsNames = map["type"] == nil && map.keys.allSatisfy { $0.count == 1 }
    var result = ValueMap(
      map.entries.reversed().map { key, value in
        ["enum", "const", "required", "dependentRequired"].contains(key)
          ? (key, value) : (key, value.remarked)
      })
    if !holdsNames, map["^[ab]"] == nil { result["description"] = "a remark" }
    return .map(result)
  }

  /// The schema as a reader takes it who passes over properties that it does not name, and who so
  /// may see a value fit two alternatives.
  fileprivate var opened: Value {
    switch self {
    case .list(let list): return .list(list.map(\.opened))
    case .map(let map):
      return .map(
        ValueMap(
          map.entries.compactMap { key, value in
            switch key {
            case "additionalProperties" where value == false: nil
            case "not", "if", "enum", "const": (key, value)
            case "oneOf" where value != value.opened:
              map["anyOf"] == nil ? ("anyOf", value.opened) : nil
            default: (key, value.opened)
            }
          }))
    case .null, .bool, .number, .string: return self
    }
  }
}

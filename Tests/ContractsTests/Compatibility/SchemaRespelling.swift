import Notation

/// Spells schemas in another way that means the same.
extension SchemaGenerator {
  mutating func respelt(_ schema: Value) -> Value {
    switch schema {
    case .bool(true): return chance(50) ? [:] : true
    case .bool(false): return chance(50) ? ["not": [:]] : false
    case .null, .number, .string, .list: return schema
    case .map(let map):
      var result = ValueMap()
      for (key, value) in map.entries { result[key] = respelt(value, under: key) }
      for _ in 0..<2 { result = respelt(result) }
      if chance(15) { return ["allOf": [.map(result)]] }
      return chance(15) ? ["anyOf": [false, .map(result)]] : .map(result)
    }
  }

  private mutating func respelt(_ value: Value, under key: String) -> Value {
    switch (key, value) {
    case ("properties", .map(let map)), ("patternProperties", .map(let map)),
      ("dependentSchemas", .map(let map)):
      .map(ValueMap(map.entries.map { ($0, respelt($1)) }))
    case ("anyOf", .list(let list)), ("allOf", .list(let list)), ("oneOf", .list(let list)),
      ("prefixItems", .list(let list)):
      .list(list.map { respelt($0) })
    case ("items", _), ("additionalProperties", _), ("not", _), ("if", _), ("then", _),
      ("else", _), ("contains", _), ("propertyNames", _):
      respelt(value)
    case _: value
    }
  }

  private mutating func respelt(_ map: ValueMap) -> ValueMap {
    var map = map
    switch Int.random(in: 0..<6, using: &random) {
    case 0: spellTypes(&map)
    case 1: spellValues(&map)
    case 2: spellBounds(&map)
    case 3 where map["allOf"] == nil:
      let scalars = ["type", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum"]
      guard let key = scalars.first(where: { map[$0] != nil }), let value = map[key] else { break }
      map[key] = nil
      map["allOf"] = [.map(ValueMap([(key, value)]))]
    case 4 where map["type"] == "integer" && map["multipleOf"] == nil:
      map["type"] = "number"
      map["multipleOf"] = 1
    case 5 where map["not"] == nil:
      guard let names = map["type"]?.typeNames, !names.contains("integer") else { break }
      let all = ["string", "number", "boolean", "null", "array", "object"]
      let others = all.filter { !names.contains($0) }
      map["type"] = nil
      map["not"] = ["type": .list(others.map(Value.string))]
    case _: break
    }
    return map
  }

  private func spellTypes(_ map: inout ValueMap) {
    guard map["anyOf"] == nil, let names = map["type"]?.typeNames else { return }
    map["type"] = nil
    map["anyOf"] = .list(names.map { ["type": .string($0)] })
  }

  private mutating func spellValues(_ map: inout ValueMap) {
    if let constant = map["const"], map["enum"] == nil {
      map["const"] = nil
      map["enum"] = [constant]
    } else if map["enum"] == nil, map["type"] == "boolean" {
      map["type"] = nil
      map["enum"] = chance(50) ? [true, false] : [false, true]
    } else if map["enum"] == nil, map["const"] == nil, map["type"] == "null" {
      map["type"] = nil
      map["const"] = .null
    }
  }

  private mutating func spellBounds(_ map: inout ValueMap) {
    guard map["type"] == "integer" else { return }
    if let least = map["minimum"]?.number, map["exclusiveMinimum"] == nil {
      if chance(50) { map["minimum"] = nil }
      let whole = least.rounded(.up)
      map[map["minimum"] == nil ? "exclusiveMinimum" : "minimum"] = .number(
        map["minimum"] == nil ? whole - 1 : whole - 0.5)
    }
    if let most = map["maximum"]?.number, map["exclusiveMaximum"] == nil {
      map["maximum"] = nil
      map["exclusiveMaximum"] = .number(most.rounded(.down) + 1)
    }
  }
}

extension Value {
  fileprivate var typeNames: [String]? { string.map { [$0] } ?? list?.compactMap(\.string) }
}

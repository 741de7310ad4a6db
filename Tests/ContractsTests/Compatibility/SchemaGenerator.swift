import Notation
import TestSupport

/// Makes schemas, changes of schemas, and values that come near to both.
struct SchemaGenerator {
  var random: SeededGenerator
  /// Deeper than this only simple schemas and values are made.
  private static let depthLimit = 3
  private static let names = ["a", "b", "c", "d"]
  private static let words = ["", "a", "ab", "abc", "b", "é", "1"]
  private static let patterns = ["a", "^a", "b$", "^.b"]

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func number() -> Value {
    pick([-2, -1, 0, 0.5, 1, 1.5, 2, 3, 4, 6, 10].map { .number($0) })
  }

  /// Without repeats, in an order that no hash decides: the same seed gives the same schemas.
  private func unique(_ values: [Value]) -> [Value] {
    values.enumerated().filter { !values[..<$0].contains($1) }.map(\.element)
  }

  private mutating func count() -> Value { .number(Double(pick([0, 1, 2, 3]))) }
}

extension SchemaGenerator {
  mutating func schema(depth: Int = 0) -> Value {
    if depth >= Self.depthLimit || chance(40) { return simple() }
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1, 2: return object(depth: depth)
    case 3: return list(depth: depth)
    case 4:
      return [.init(stringLiteral: pick(["anyOf", "oneOf", "allOf"])): schemas(depth: depth)]
    case 5: return ["not": schema(depth: depth + 1)]
    case 6:
      return [
        "if": schema(depth: depth + 1), "then": schema(depth: depth + 1),
        "else": schema(depth: depth + 1),
      ]
    default: return simple()
    }
  }

  private mutating func schemas(depth: Int) -> Value {
    .list((0..<pick([1, 2, 2, 3])).map { _ in schema(depth: depth + 1) })
  }

  private mutating func simple() -> Value {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return .bool(chance(80))
    case 1: return ["type": .list(unique([type(), type()]))]
    case 2: return ["enum": .list(unique((0..<3).map { _ in scalar() }))]
    case 3: return ["const": scalar()]
    case 4: return ["type": type()]
    case 5, 6: return numbers()
    default: return texts()
    }
  }

  private mutating func type() -> Value {
    .string(pick(["string", "number", "integer", "boolean", "null", "array", "object"]))
  }

  private mutating func numbers() -> Value {
    var schema = ValueMap()
    if chance(50) { schema["type"] = .string(pick(["number", "integer"])) }
    if chance(40) { schema["minimum"] = number() }
    if chance(30) { schema["maximum"] = number() }
    if chance(20) { schema["exclusiveMinimum"] = number() }
    if chance(20) { schema["exclusiveMaximum"] = number() }
    if chance(30) { schema["multipleOf"] = pick([0.5, 1, 2, 3]) }
    return .map(schema)
  }

  private mutating func texts() -> Value {
    var schema = ValueMap()
    if chance(50) { schema["type"] = "string" }
    if chance(50) { schema["minLength"] = count() }
    if chance(50) { schema["maxLength"] = count() }
    if chance(30) { schema["pattern"] = .string(pick(Self.patterns)) }
    return .map(schema)
  }

  private mutating func object(depth: Int) -> Value {
    var schema = ValueMap()
    if chance(60) { schema["type"] = "object" }
    var properties = ValueMap()
    for name in Self.names where chance(45) { properties[name] = self.schema(depth: depth + 1) }
    schema["properties"] = .map(properties)
    if chance(50) {
      schema["additionalProperties"] = chance(70) ? false : self.schema(depth: depth + 1)
    }
    if chance(50) {
      schema["required"] = .list(Self.names.filter { _ in chance(30) }.map(Value.string))
    }
    if chance(10) { schema["minProperties"] = count() }
    if chance(10) { schema["maxProperties"] = count() }
    if chance(10) { schema["patternProperties"] = ["^[ab]": self.schema(depth: depth + 1)] }
    if chance(10) { schema["propertyNames"] = ["enum": ["a", "b", "c"]] }
    if chance(10) { schema["dependentRequired"] = ["a": ["b"]] }
    if chance(10) { schema["dependentSchemas"] = ["b": self.schema(depth: depth + 1)] }
    if chance(15) {
      schema["allOf"] = [object(depth: depth + 1)]
      schema["unevaluatedProperties"] = false
    }
    return .map(schema)
  }

  private mutating func list(depth: Int) -> Value {
    var schema = ValueMap()
    if chance(60) { schema["type"] = "array" }
    if chance(70) { schema["items"] = self.schema(depth: depth + 1) }
    if chance(30) { schema["prefixItems"] = schemas(depth: depth) }
    if chance(20) { schema["minItems"] = count() }
    if chance(20) { schema["maxItems"] = count() }
    if chance(20) { schema["uniqueItems"] = .bool(chance(70)) }
    if chance(15) { schema["contains"] = self.schema(depth: depth + 1) }
    if chance(10) { schema["maxContains"] = count() }
    if chance(10) { schema["unevaluatedItems"] = false }
    return .map(schema)
  }
}

extension SchemaGenerator {
  /// A schema that differs in one place, or not at all.
  mutating func changed(_ schema: Value, depth: Int = 0) -> Value {
    guard case .map(var map) = schema, !map.isEmpty, chance(85) else {
      return self.schema(depth: min(depth + 1, Self.depthLimit))
    }
    let key = pick(map.keys)
    switch (map[key], Int.random(in: 0..<10, using: &random)) {
    case (_, 0): map[key] = nil
    case (_, 1): return merged(map, depth: depth)
    case (.map(var members)?, _) where key.hasSuffix("roperties") && !members.isEmpty:
      let name = pick(members.keys + Self.names)
      switch (members[name], chance(70)) {
      case (let member?, true): members[name] = changed(member, depth: depth + 1)
      case (_?, false): members[name] = nil
      case (nil, _): members[name] = self.schema(depth: depth + 1)
      }
      map[key] = .map(members)
    case (.map?, _), (.bool?, _):
      map[key] = key == "uniqueItems" ? true : changed(map[key] ?? true, depth: depth + 1)
    case (.list(var list)?, _) where !list.isEmpty && key.hasSuffix("Of"):
      let place = Int.random(in: 0..<list.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: list.append(self.schema(depth: depth + 1))
      case 1 where list.count > 1: list.remove(at: place)
      case 2: list.shuffle(using: &random)
      default: list[place] = changed(list[place], depth: depth + 1)
      }
      map[key] = .list(list)
    case (.number?, _): map[key] = key == "multipleOf" ? pick([0.5, 1, 2, 4]) : count()
    default:
      guard case .map(let other) = self.schema(depth: depth), let value = other[key] else { break }
      map[key] = value
    }
    return .map(map)
  }

  private mutating func merged(_ map: ValueMap, depth: Int) -> Value {
    var map = map
    for (key, value) in schema(depth: depth).map?.entries ?? [] where map[key] == nil {
      map[key] = value
    }
    return .map(map)
  }
}

extension SchemaGenerator {
  /// A value that often fits the schema, and often almost.
  mutating func value(near schema: Value, depth: Int = 0) -> Value {
    guard depth <= Self.depthLimit + 1, chance(90), case .map(let map) = schema else {
      return value(depth: depth)
    }
    if let choice = map["enum"]?.list, !choice.isEmpty { return pick(choice) }
    if let constant = map["const"] { return constant }
    for key in ["anyOf", "oneOf", "allOf"] {
      if let parts = map[key]?.list, !parts.isEmpty, map["properties"] == nil || chance(30) {
        return value(near: pick(parts), depth: depth)
      }
    }
    if map["properties"] != nil { return object(near: map, depth: depth) }
    if map["items"] != nil || map["prefixItems"] != nil { return list(near: map, depth: depth) }
    if let test = map["if"], chance(70) { return value(near: test, depth: depth) }
    return value(depth: depth)
  }

  private mutating func object(near map: ValueMap, depth: Int) -> Value {
    var value = ValueMap()
    let required = map["required"]?.list ?? []
    var names = map["properties"]?.map?.keys ?? []
    for part in map["allOf"]?.list ?? [] { names += part["properties"]?.map?.keys ?? [] }
    for name in names + Self.names where value[name] == nil {
      guard required.contains(.string(name)) || chance(35) else { continue }
      let inherited = map["allOf"]?.list?.first?["properties"]?[name]
      let schema = map["properties"]?[name] ?? inherited ?? map["additionalProperties"] ?? true
      value[name] = self.value(near: schema, depth: depth + 1)
    }
    return .map(value)
  }

  private mutating func list(near map: ValueMap, depth: Int) -> Value {
    let prefix = map["prefixItems"]?.list ?? []
    return .list(
      (0..<pick([0, 1, 2, 3])).map { place in
        value(near: place < prefix.count ? prefix[place] : map["items"] ?? true, depth: depth + 1)
      })
  }

  private mutating func value(depth: Int) -> Value {
    if depth > Self.depthLimit || chance(70) { return scalar() }
    if chance(50) { return .list((0..<pick([0, 1, 2])).map { _ in value(depth: depth + 1) }) }
    return .map(
      ValueMap(Self.names.filter { _ in chance(40) }.map { ($0, value(depth: depth + 1)) }))
  }

  private mutating func scalar() -> Value {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: nil
    case 1: .bool(chance(50))
    case 2, 3: number()
    default: .string(pick(Self.words))
    }
  }
}

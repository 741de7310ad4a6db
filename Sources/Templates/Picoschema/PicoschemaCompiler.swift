import Notation

/// One compilation: walks the value and collects origins, notes and errors on the way.
struct PicoschemaCompiler {
  private let named: Picoschema.Named
  private(set) var origins: [[PathStep]: [PathStep]] = [:]
  private(set) var notes: [PicoschemaNote] = []
  private(set) var errors: [PicoschemaError] = []

  /// Where a part comes from in the front matter, and where it goes in the schema.
  private struct Place {
    var source: [PathStep]
    var target: [PathStep]
  }

  init(named: @escaping Picoschema.Named) { self.named = named }

  /// The schema of a whole `schema:` entry.
  mutating func schema(_ value: Value, at path: [PathStep]) -> Value? {
    switch value {
    case .null, .string(""): return nil
    case .string(let text):
      if TypeWord(text).type == "any" { note(.anyAtTop, path) }
      origins[[]] = path
      return type(text, at: path)
    case .map(let map):
      if let schema = jsonSchema(map, at: path) { return schema }
      origins[[]] = path
      return object(map, Place(source: path, target: []))
    case .list, .number, .bool:
      return fault(.notASchema(found: value.kindName), path)
    }
  }

  /// The value of a field: a type, or the fields of a nested object.
  private mutating func field(_ value: Value, _ place: Place) -> Value {
    switch value {
    case .string(let text): return type(text, at: place.source)
    case .map(let map): return object(map, place)
    case .null:
      note(.nullType, place.source)
      return ["type": "null"]
    case .list, .number, .bool:
      return fault(.notAType(found: value.kindName), place.source)
    }
  }

  private mutating func type(_ text: String, at path: [PathStep]) -> Value {
    let word = TypeWord(text)
    let schema: Value
    if word.type == "any" {
      schema = [:]
    } else if Picoschema.scalars.contains(word.type) {
      schema = ["type": .string(word.type)]
    } else {
      schema = named(word.type) ?? fault(.unknownType(word.type), path)
    }
    return schema.describing(word.description)
  }

  private mutating func object(_ map: ValueMap, _ place: Place) -> Value {
    var properties = ValueMap()
    var required: [Value] = []
    var rest: Value = false
    for (key, value) in map.entries {
      var inner = Place(source: place.source + [.key(key)], target: place.target)
      if key == FieldName.wildcard {
        inner.target += [.key("additionalProperties")]
        rest = field(value, inner)
      } else {
        let name = FieldName(key)
        if name.isCut { note(.cutDescription, inner.source) }
        inner.target += [.key("properties"), .key(name.property)]
        properties[name.property] = property(name, value, inner)
        if !name.isOptional { required.append(.string(name.property)) }
      }
      origins[inner.target] = inner.source
    }
    var schema = ValueMap([("type", "object"), ("properties", .map(properties))])
    if !required.isEmpty { schema["required"] = .list(required) }
    schema["additionalProperties"] = rest
    return .map(schema)
  }

  private mutating func property(_ name: FieldName, _ value: Value, _ place: Place) -> Value {
    var schema: Value
    switch name.kind {
    case .plain:
      schema = field(value, place)
    case .object:
      schema = field(value == .null ? [:] : value, place)
    case .array:
      let items = Place(source: place.source, target: place.target + [.key("items")])
      schema = ["type": "array", "items": field(value, items)]
    case .enumeration:
      schema = enumeration(name, value, place)
    case .unknown(let word):
      schema = fault(.unknownKind(word), place.source)
    }
    if name.isOptional { schema = schema.orNull }
    return schema.describing(name.description)
  }

  private mutating func enumeration(_ name: FieldName, _ value: Value, _ place: Place) -> Value {
    guard case .list(var values) = value else {
      return fault(.enumWithoutList(found: value.kindName), place.source)
    }
    if name.isOptional && !values.contains(.null) { values.append(.null) }
    return ["enum": .list(values)]
  }

  private mutating func fault(_ problem: PicoschemaError.Problem, _ path: [PathStep]) -> Value {
    errors.append(PicoschemaError(problem: problem, path: path))
    return [:]
  }

  private mutating func note(_ kind: PicoschemaNote.Kind, _ path: [PathStep]) {
    notes.append(PicoschemaNote(kind: kind, path: path))
  }
}

extension PicoschemaCompiler {
  /// The map itself where it is JSON Schema: by the references' rule, or by one of the forms that
  /// cannot be Picoschema, which they refuse or turn into nonsense.
  private mutating func jsonSchema(_ map: ValueMap, at path: [PathStep]) -> Value? {
    if let type = map["type"]?.string, Self.schemaTypes.contains(type) { return .map(map) }
    if map["properties"]?.map != nil {
      var schema = map
      schema["type"] = "object"
      return .map(schema)
    }
    guard Self.isUnmistakablySchema(map) else { return nil }
    note(.unmarkedJSONSchema, path)
    return .map(map)
  }

  private static let schemaTypes = Picoschema.scalars + ["object", "array"]

  private static func isUnmistakablySchema(_ map: ValueMap) -> Bool {
    if let types = map["type"]?.list {
      return !types.isEmpty && types.allSatisfy { schemaTypes.contains($0.string ?? "") }
    }
    if let reference = map["$ref"]?.string { return reference.contains { "#/:".contains($0) } }
    return ["enum", "anyOf", "oneOf", "allOf"].contains { map[$0]?.list != nil }
  }
}

extension Value {
  /// The schema with this description in place of its own.
  fileprivate func describing(_ description: String?) -> Value {
    guard let description, case .map(var map) = self else { return self }
    map["description"] = .string(description)
    return .map(map)
  }

  /// The schema that also allows null, where its type is one word.
  fileprivate var orNull: Value {
    guard case .map(var map) = self, let type = map["type"]?.string, type != "null" else {
      return self
    }
    map["type"] = [.string(type), "null"]
    return .map(map)
  }
}

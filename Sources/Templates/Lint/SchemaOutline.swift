import Notation

/// What a JSON Schema says of the parts of a value, as far as that follows without validating.
struct SchemaOutline {
  /// What kind of value a part is, as far as the schema says.
  enum Shape { case list, map, scalar, unknown }

  /// What is known of a part.
  enum Part {
    /// It is described by this schema, which stands at this path in the whole one.
    case declared(Value, [PathStep])
    /// The schema around it names its properties, these, and this is none of them.
    case undeclared(among: [String])
    case unknown
  }

  private let root: Value

  init(_ root: Value) { self.root = root }

  /// What the schema says of the part of its value at a path.
  func part(at path: [TemplateReference.Step]) -> Part {
    var part = Part.declared(root, [])
    for step in path {
      guard case .declared(let schema, let place) = part else { return part }
      part = self.part(step, of: schema, at: place)
    }
    return part
  }

  /// What kind of value stands at a path.
  func shape(at path: [TemplateReference.Step]) -> Shape {
    guard case .declared(let schema, _) = part(at: path) else { return .unknown }
    return Self.shape(of: schema)
  }

  /// Whether a value at this path prints as `[object Object]`, alone or between commas.
  func printsAsObject(at path: [TemplateReference.Step]) -> Bool {
    switch shape(at: path) {
    case .map: true
    case .list: shape(at: path + [.item]) == .map
    case .scalar, .unknown: false
    }
  }

  private func part(
    _ step: TemplateReference.Step, of schema: Value, at place: [PathStep]
  ) -> Part {
    guard !Self.combinators.contains(where: { schema[$0] != nil }) else { return .unknown }
    switch (step, Self.shape(of: schema)) {
    case (.item, .list), (.itemOrSelf, .list): return items(of: schema, at: place)
    case (.itemOrSelf, .map): return .declared(schema, place)
    case (.key(let name), .map): return property(name, of: schema, at: place)
    case (.item, .map), (.key, .list), (_, .scalar), (_, .unknown): return .unknown
    }
  }

  private func items(of schema: Value, at place: [PathStep]) -> Part {
    guard let items = schema["items"], items.map != nil else { return .unknown }
    return .declared(items, place + [.key("items")])
  }

  private func property(_ name: String, of schema: Value, at place: [PathStep]) -> Part {
    guard let properties = schema["properties"]?.map else { return .unknown }
    if let property = properties[name] {
      return .declared(property, place + [.key("properties"), .key(name)])
    }
    switch schema["additionalProperties"] {
    case .map(let rest)?: return .declared(.map(rest), place + [.key("additionalProperties")])
    case nil, .bool(false)?: return .undeclared(among: properties.keys)
    default: return .unknown
    }
  }

  /// Keywords under which a property may be described elsewhere.
  private static let combinators = [
    "$ref", "$dynamicRef", "anyOf", "oneOf", "allOf", "if", "patternProperties",
    "dependentSchemas",
  ]

  private static func shape(of schema: Value) -> Shape {
    let types = schema["type"]?.list?.compactMap(\.string) ?? schema["type"]?.string.map { [$0] }
    switch types?.filter({ $0 != "null" }) ?? [] {
    case []: return schema["properties"]?.map == nil ? .unknown : .map
    case ["array"]: return .list
    case ["object"]: return .map
    case let several where several.contains("array") || several.contains("object"): return .unknown
    default: return .scalar
    }
  }
}

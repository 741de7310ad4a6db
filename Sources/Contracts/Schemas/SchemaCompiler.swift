import Notation
import Patterns

/// Turns a document into nodes, one a schema, each schema once however often it is referred to.
///
/// Schemas wait in a list instead of being compiled by recursion, so that no chain of references
/// can exhaust the stack.
struct SchemaCompiler {
  private(set) var nodes: [SchemaNode] = []
  /// What each node was compiled from.
  private(set) var sources: [Value] = []
  /// Per dynamic anchor, per resource: the schema that a `$dynamicRef` may mean.
  private(set) var dynamicTargets: [String: [Int: NodeIndex]] = [:]
  private var library: SchemaLibrary
  private var indices: [SchemaPlace: NodeIndex] = [:]
  /// Where each node's schema stands.
  private var places: [SchemaPlace] = []
  private var waiting: [(index: NodeIndex, source: SchemaSource)] = []
  private let formats: Schema.Formats

  init(formats: Schema.Formats, remotes: @escaping SchemaLibrary.Remotes) {
    self.formats = formats
    library = SchemaLibrary(remotes: remotes)
  }

  /// Compiles the document and everything it refers to; its own schema is node 0.
  mutating func compile(_ document: Value) throws(SchemaError) {
    let root = try library.add(document, uri: "")
    _ = try index(of: root)
    while true {
      while let (index, source) = waiting.popLast() { nodes[index] = try node(source) }
      try addDynamicTargets()
      if waiting.isEmpty { break }
    }
    var search = CircleSearch(nodes)
    if let node = search.first() {
      throw SchemaError(problem: .circle, path: places[node].path)
    }
  }

  /// The node that stands for a schema, now or once its turn comes.
  private mutating func index(of source: SchemaSource) throws(SchemaError) -> NodeIndex {
    if let known = indices[source.place] { return known }
    guard nodes.count < Schema.nodeLimit else {
      throw SchemaError(
        problem: .tooManySchemas(limit: Schema.nodeLimit), path: source.place.path)
    }
    let index = nodes.count
    nodes.append(SchemaNode())
    sources.append(source.value)
    places.append(source.place)
    indices[source.place] = index
    waiting.append((index, source))
    return index
  }

  /// A later document may bring more schemas for an anchor that is known to be dynamic.
  private mutating func addDynamicTargets() throws(SchemaError) {
    for anchor in Array(dynamicTargets.keys) {
      for target in library.dynamicTargets(anchor) {
        let node = try index(of: target)
        dynamicTargets[anchor]?[target.resource] = node
      }
    }
  }

  private mutating func node(_ source: SchemaSource) throws(SchemaError) -> SchemaNode {
    switch source.value {
    case .bool(true): return SchemaNode(resource: source.resource)
    case .bool(false): return SchemaNode(types: [], resource: source.resource)
    case .map(let map):
      let dialect = library.resources[source.resource].dialect
      let reader = KeywordReader(map: map, path: source.place.path)
      return try node(Part(source: source, reader: reader, dialect: dialect))
    case .null, .number, .string, .list:
      throw SchemaError(problem: .notASchema, path: source.place.path)
    }
  }

  /// One schema while it is compiled.
  private struct Part {
    let source: SchemaSource
    let reader: KeywordReader
    let dialect: Dialect
  }

  private mutating func node(_ part: Part) throws(SchemaError) -> SchemaNode {
    var node = SchemaNode(resource: part.source.resource)
    if part.dialect.draft == .seven, part.reader["$ref"] != nil {
      node.inPlace = InPlaceRules(all: try reference(part).map { [$0] } ?? [])
      return node
    }
    if part.dialect.validates {
      node.types = try part.reader.types() ?? .all
      node.choice = try choice(part)
      node.number = try numberRules(part)
    }
    node.string = try stringRules(part)
    node.list = try listRules(part)
    node.map = try mapRules(part)
    node.inPlace = try inPlaceRules(part)
    try compileDefinitions(part)
    return node
  }
}

extension SchemaCompiler {
  private func choice(_ part: Part) throws(SchemaError) -> Choice? {
    let values = try part.reader.list("enum", .values)
    guard let constant = part.reader["const"] else {
      return values.map { Choice(keyword: .enum, values: $0) }
    }
    let isLeft = values?.contains(constant) ?? true
    return Choice(keyword: .const, values: isLeft ? [constant] : [])
  }

  private func numberRules(_ part: Part) throws(SchemaError) -> NumberRules? {
    let rules = NumberRules(
      minimum: try part.reader.number("minimum"),
      maximum: try part.reader.number("maximum"),
      exclusiveMinimum: try part.reader.number("exclusiveMinimum"),
      exclusiveMaximum: try part.reader.number("exclusiveMaximum"),
      multipleOf: try part.reader.positiveNumber("multipleOf"))
    return rules == NumberRules() ? nil : rules
  }

  private func stringRules(_ part: Part) throws(SchemaError) -> StringRules? {
    var rules = StringRules()
    if part.dialect.validates {
      rules.length = try part.reader.countRange("minLength", "maxLength")
      if let source = try part.reader.string("pattern") {
        rules.pattern = try pattern(source, at: part.source.place.path + [.key("pattern")])
      }
    }
    let format = try part.reader.string("format")
    if formats == .asserted || part.dialect.assertsFormat {
      rules.format = format.flatMap(Format.init(rawValue:))
    }
    let isEmpty = rules.length == CountRange() && rules.pattern == nil && rules.format == nil
    return isEmpty ? nil : rules
  }

  private func pattern(
    _ source: String, at path: [PathStep]
  ) throws(SchemaError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(source)
    } catch {
      throw SchemaError(problem: .pattern(source, error), path: path)
    }
  }

  private mutating func listRules(_ part: Part) throws(SchemaError) -> ListRules? {
    var rules = ListRules()
    if part.dialect.validates {
      rules.count = try part.reader.countRange("minItems", "maxItems")
      rules.isUnique = try part.reader.truthValue("uniqueItems") ?? false
    }
    switch part.dialect.draft {
    case .twentyTwelve:
      rules.prefix = try schemas("prefixItems", part)
      rules.rest = try schema("items", part)
      rules.unevaluated = try schema("unevaluatedItems", part)
    case .seven where part.reader["items"]?.list != nil:
      rules.prefix = try schemas("items", part)
      rules.rest = try schema("additionalItems", part)
      rules.restKeyword = .additionalItems
    case .seven: rules.rest = try schema("items", part)
    }
    if let node = try schema("contains", part) {
      rules.contains = ListRules.Contains(node: node, count: try containsCount(part))
    }
    let isEmpty =
      rules.count == CountRange() && !rules.isUnique && rules.prefix.isEmpty
      && rules.rest == nil && rules.contains == nil && rules.unevaluated == nil
    return isEmpty ? nil : rules
  }

  private func containsCount(_ part: Part) throws(SchemaError) -> CountRange {
    guard part.dialect.draft == .twentyTwelve, part.dialect.validates else {
      return CountRange(least: 1)
    }
    return CountRange(
      least: try part.reader.count("minContains") ?? 1, most: try part.reader.count("maxContains"))
  }
}

extension SchemaCompiler {
  private mutating func mapRules(_ part: Part) throws(SchemaError) -> MapRules? {
    var rules = MapRules()
    for (name, node) in try schemasByName("properties", part) { rules.properties.add(name, node) }
    for (source, node) in try schemasByName("patternProperties", part) {
      let path = part.source.place.path + [.key("patternProperties"), .key(source)]
      rules.patterns.append((try pattern(source, at: path), node))
    }
    rules.additional = try schema("additionalProperties", part)
    rules.names = try schema("propertyNames", part)
    if part.dialect.validates {
      rules.count = try part.reader.countRange("minProperties", "maxProperties")
      for name in try part.reader.names("required") ?? [] { rules.properties.require(name) }
    }
    if part.dialect.draft == .twentyTwelve {
      rules.dependentSchemas = try schemasByName("dependentSchemas", part)
      rules.unevaluated = try schema("unevaluatedProperties", part)
      if part.dialect.validates {
        rules.dependentRequired = try part.reader.namesByName("dependentRequired") ?? []
      }
    }
    try addDependencies(part, to: &rules)
    let isEmpty =
      rules.properties.properties.isEmpty && rules.patterns.isEmpty && rules.additional == nil
      && rules.names == nil && rules.count == CountRange() && rules.dependentSchemas.isEmpty
      && rules.unevaluated == nil && rules.dependentRequired.isEmpty
    return isEmpty ? nil : rules
  }

  /// `dependencies` was split in two after draft 7; the newer draft still honours it.
  private mutating func addDependencies(
    _ part: Part, to rules: inout MapRules
  ) throws(SchemaError) {
    for (name, value) in try part.reader.map("dependencies")?.entries.map({ $0 }) ?? [] {
      if let list = value.list {
        let names = list.compactMap(\.string)
        guard names.count == list.count else { throw part.reader.error("dependencies", .names) }
        rules.dependentRequired.append((name, names))
      } else {
        let child = library.child(of: part.source, value, .key("dependencies"), .key(name))
        rules.dependentSchemas.append((name, try index(of: child)))
      }
    }
  }

  private mutating func inPlaceRules(_ part: Part) throws(SchemaError) -> InPlaceRules? {
    var rules = InPlaceRules()
    if let reference = try reference(part) { rules.all.append(reference) }
    if part.dialect.draft == .twentyTwelve { try addDynamicReference(part, to: &rules) }
    rules.all += try schemas("allOf", part)
    rules.any = try schemas("anyOf", part)
    rules.one = try schemas("oneOf", part)
    rules.not = try schema("not", part)
    let (then, otherwise) = (try schema("then", part), try schema("else", part))
    if let test = try schema("if", part) {
      rules.condition = InPlaceRules.Condition(test: test, then: then, otherwise: otherwise)
    }
    let isEmpty =
      rules.all.isEmpty && rules.dynamic == nil && rules.any.isEmpty && rules.one.isEmpty
      && rules.not == nil && rules.condition == nil
    return isEmpty ? nil : rules
  }

  private mutating func reference(_ part: Part) throws(SchemaError) -> NodeIndex? {
    guard let reference = try part.reader.string("$ref", .reference) else { return nil }
    return try index(of: try library.resolve(reference, from: part.source))
  }

  private mutating func addDynamicReference(
    _ part: Part, to rules: inout InPlaceRules
  ) throws(SchemaError) {
    guard let reference = try part.reader.string("$dynamicRef", .reference) else { return }
    let target = try library.resolve(reference, from: part.source)
    let node = try index(of: target)
    let anchor = URIReference(reference).fragment ?? ""
    guard library.isDynamic(anchor, at: target.place, in: target.resource) else {
      rules.all.append(node)
      return
    }
    rules.dynamic = InPlaceRules.DynamicReference(anchor: anchor, fallback: node)
    dynamicTargets[anchor, default: [:]][target.resource] = node
  }

  /// Schemas that nothing refers to are compiled too, so that what is wrong with them is said.
  private mutating func compileDefinitions(_ part: Part) throws(SchemaError) {
    _ = try schemasByName("definitions", part)
    guard part.dialect.draft == .twentyTwelve else { return }
    _ = try schemasByName("$defs", part)
  }
}

extension SchemaCompiler {
  private mutating func schema(
    _ keyword: String, _ part: Part
  ) throws(SchemaError) -> NodeIndex? {
    guard let value = part.reader[keyword] else { return nil }
    switch value {
    case .map, .bool: return try index(of: library.child(of: part.source, value, .key(keyword)))
    case .null, .number, .string, .list: throw part.reader.error(keyword, .schema)
    }
  }

  private mutating func schemas(
    _ keyword: String, _ part: Part
  ) throws(SchemaError) -> [NodeIndex] {
    guard let list = try part.reader.list(keyword, .schemas) else { return [] }
    guard !list.isEmpty else { throw part.reader.error(keyword, .schemas) }
    var nodes: [NodeIndex] = []
    for (place, value) in list.enumerated() {
      let child = library.child(of: part.source, value, .key(keyword), .index(place))
      nodes.append(try index(of: child))
    }
    return nodes
  }

  private mutating func schemasByName(
    _ keyword: String, _ part: Part
  ) throws(SchemaError) -> [(name: String, node: NodeIndex)] {
    guard let map = try part.reader.map(keyword) else { return [] }
    var nodes: [(name: String, node: NodeIndex)] = []
    for (name, value) in map.entries {
      let child = library.child(of: part.source, value, .key(keyword), .key(name))
      nodes.append((name, try index(of: child)))
    }
    return nodes
  }
}

import Notation
import Patterns

// Two schemas as one: both must hold, or either.

extension SchemaNode {
  /// Takes in what the other schema asks, so that both must hold; where one node cannot say that it
  /// stays as it was, and the answer is false.
  mutating func absorb(_ other: SchemaNode) -> Bool {
    var both = self
    both.types.formIntersection(other.types)
    let isSaid =
      both.take(other.choice, into: \.choice) { $0.absorb($1) }
      && both.take(other.number, into: \.number) { $0.absorb($1) }
      && both.take(other.string, into: \.string) { $0.absorb($1) }
      && both.take(other.list, into: \.list) { $0.absorb($1) }
      && both.take(other.map, into: \.map) { $0.absorb($1) }
      && both.take(other.inPlace, into: \.inPlace) { $0.absorb($1) }
    if isSaid { self = both }
    return isSaid
  }

  private mutating func take<Rules>(
    _ rules: Rules?, into part: WritableKeyPath<SchemaNode, Rules?>,
    _ absorb: (inout Rules, Rules) -> Bool
  ) -> Bool {
    guard let rules else { return true }
    guard var own = self[keyPath: part] else {
      self[keyPath: part] = rules
      return true
    }
    defer { self[keyPath: part] = own }
    return absorb(&own, rules)
  }

  /// A node for these values alone; where they are all that their types have, it names the types.
  init(choosing values: [Value], _ keyword: Choice.Keyword) {
    self.init(types: values.reduce(into: TypeSet()) { $0.formUnion(TypeSet(of: $1)) })
    let isWhole =
      types.isSubset(of: [.null, .boolean])
      && (!types.contains(.boolean) || [true, false].allSatisfy(values.contains))
    if !isWhole { choice = Choice(keyword: keyword, values: values) }
  }

  /// A node that lets through what any of the others does; nil where one node cannot say that.
  init?(uniting nodes: [SchemaNode]) {
    guard nodes.allSatisfy({ $0.inPlace == nil && $0.choice == nil }) else { return nil }
    self.init(types: nodes.reduce(into: TypeSet()) { $0.formUnion($1.types) })
    guard unite(\.number, .number, nodes), unite(\.string, .string, nodes),
      unite(\.list, .array, nodes), unite(\.map, .object, nodes)
    else { return nil }
  }

  /// Where several have values of a kind, one of them must have all.
  private mutating func unite<Rules>(
    _ part: WritableKeyPath<SchemaNode, Rules?>, _ kind: TypeSet, _ nodes: [SchemaNode]
  ) -> Bool {
    let holders = nodes.filter { !$0.types.isDisjoint(with: kind) }
    if holders.count == 1 { self[keyPath: part] = holders[0][keyPath: part] }
    let all = types.intersection(kind)
    return holders.count <= 1
      || holders.contains { $0[keyPath: part] == nil && $0.types.isSuperset(of: all) }
  }

  /// Whether the schema says which types there are and nothing else.
  var isPlain: Bool { choice == nil && hasNoRules }

  /// Whether the schema says nothing but types and values.
  var hasNoRules: Bool {
    number == nil && string == nil && list == nil && map == nil && inPlace == nil
  }
}

extension Choice {
  fileprivate mutating func absorb(_ other: Choice) -> Bool {
    let others = Set(other.values)
    self = Choice(keyword: keyword, values: values.filter(others.contains))
    return true
  }
}

extension NumberRules {
  fileprivate mutating func absorb(_ other: NumberRules) -> Bool {
    minimum = [minimum, other.minimum].compactMap { $0 }.max()
    maximum = [maximum, other.maximum].compactMap { $0 }.min()
    exclusiveMinimum = [exclusiveMinimum, other.exclusiveMinimum].compactMap { $0 }.max()
    exclusiveMaximum = [exclusiveMaximum, other.exclusiveMaximum].compactMap { $0 }.min()
    guard let unit = multipleOf, let next = other.multipleOf else {
      multipleOf = multipleOf ?? other.multipleOf
      return true
    }
    if Decimal(next).isMultiple(of: Decimal(unit)) { multipleOf = next }
    return Decimal(next).isMultiple(of: Decimal(unit))
      || Decimal(unit).isMultiple(of: Decimal(next))
  }
}

extension StringRules {
  fileprivate mutating func absorb(_ other: StringRules) -> Bool {
    length.absorb(other.length)
    if let one = pattern, let two = other.pattern, !one.source.hasSameBytes(as: two.source) {
      return false
    }
    if let one = format, let two = other.format, one != two { return false }
    pattern = pattern ?? other.pattern
    format = format ?? other.format
    return true
  }
}

extension ListRules {
  fileprivate mutating func absorb(_ other: ListRules) -> Bool {
    count.absorb(other.count)
    isUnique = isUnique || other.isUnique
    if contains != nil, other.contains != nil { return false }
    contains = contains ?? other.contains
    if other.prefix.isEmpty, other.rest == nil { return true }
    guard prefix.isEmpty, rest == nil else { return false }
    (prefix, rest, restKeyword) = (other.prefix, other.rest, other.restKeyword)
    return true
  }
}

extension MapRules {
  fileprivate mutating func absorb(_ other: MapRules) -> Bool {
    count.absorb(other.count)
    if names != nil, other.names != nil { return false }
    names = names ?? other.names
    let asked = Set(dependentRequired.map(Self.words))
    dependentRequired += other.dependentRequired.filter { !asked.contains(Self.words(of: $0)) }
    let depending = Set(dependentSchemas.map { Value.string($0.name) })
    if other.dependentSchemas.contains(where: { depending.contains(.string($0.name)) }) {
      return false
    }
    dependentSchemas += other.dependentSchemas
    let (own, others) = (properties.schemas, other.properties.schemas)
    if isSelective || other.isSelective {
      // `additionalProperties` speaks of what its own table does not name.
      guard (own.isEmpty && !isSelective) || (others.isEmpty && !other.isSelective) else {
        return false
      }
    } else if others.contains(where: { properties.schema(of: $0.name) != nil }) {
      return false
    }
    properties = PropertyTable(properties, other.properties)
    patterns += other.patterns
    additional = additional ?? other.additional
    return true
  }

  /// Whether there is a rule for properties that the table does not name.
  private var isSelective: Bool { additional != nil || !patterns.isEmpty }

  /// An entry of `dependentRequired` as values, which are told apart by their bytes.
  private static func words(of entry: (name: String, required: [String])) -> [Value] {
    [.string(entry.name)] + entry.required.map(Value.string)
  }
}

extension PropertyTable {
  fileprivate var schemas: [(name: String, node: NodeIndex)] {
    properties.compactMap { property in property.node.map { (property.name, $0) } }
  }

  fileprivate func schema(of name: String) -> NodeIndex? {
    place(of: name).flatMap { properties[$0].node }
  }

  /// What two tables say together, which have no schema for the same name.
  fileprivate init(_ one: PropertyTable, _ other: PropertyTable) {
    self.init()
    for (name, node) in one.schemas + other.schemas { add(name, node) }
    for property in one.properties + other.properties where property.isRequired {
      require(property.name)
    }
  }
}

extension InPlaceRules {
  fileprivate mutating func absorb(_ other: InPlaceRules) -> Bool {
    let isFree =
      (any.isEmpty || other.any.isEmpty) && (one.isEmpty || other.one.isEmpty)
      && (not == nil || other.not == nil) && (condition == nil || other.condition == nil)
      && (dynamic == nil || other.dynamic == nil)
    all += other.all.filter { !all.contains($0) }
    any += other.any
    one += other.one
    not = not ?? other.not
    condition = condition ?? other.condition
    dynamic = dynamic ?? other.dynamic
    return isFree
  }
}

extension CountRange {
  fileprivate mutating func absorb(_ other: CountRange) {
    least = max(least, other.least)
    most = [most, other.most].compactMap { $0 }.min()
  }
}

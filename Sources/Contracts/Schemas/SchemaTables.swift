/// The rules of all nodes, one array a kind, so that a check reads a rule where it lies: copying
/// rules out of nodes takes longer than checking them.
struct SchemaTables: Sendable {
  /// A row's place in the array of a kind, or `none`.
  typealias Place = Int32

  /// Stands for a kind of which the node says nothing.
  static let none: Place = -1

  /// One node.
  struct Row: Sendable {
    let types: TypeSet
    /// Whether the node says nothing but `types`.
    let isPlain: Bool
    let hasUnevaluated: Bool
    let resource: Int
    let choice: Place
    let number: Place
    let string: Place
    let list: Place
    let map: Place
    let inPlace: Place
  }

  /// What a check asks of an object at once; the rest is in `maps`, at the same place.
  struct MapRow: Sendable {
    let count: CountRange
    /// Where the properties lie in the array of all; `maps` has them by name.
    let properties: Range<Int>
    let requiredCount: Int
    /// Whether a property that has a schema may be spoken about once more.
    let looksBeyondProperties: Bool
    let hasDependencies: Bool
  }

  private(set) var rows: [Row] = []
  private(set) var choices: [Choice] = []
  private(set) var numbers: [NumberRules] = []
  private(set) var strings: [StringRules] = []
  private(set) var lists: [ListRules] = []
  private(set) var maps: [MapRules] = []
  private(set) var mapRows: [MapRow] = []
  private(set) var properties: [PropertyTable.Property] = []
  private(set) var inPlaces: [InPlaceRules] = []
  let dynamicTargets: [String: [Int: NodeIndex]]
  /// Whether the way here matters to any `$dynamicRef`.
  let hasDynamicScope: Bool

  init(_ nodes: [SchemaNode], dynamicTargets: [String: [Int: NodeIndex]]) {
    self.dynamicTargets = dynamicTargets
    hasDynamicScope = !dynamicTargets.isEmpty
    for node in nodes { add(node) }
    if !hasDynamicScope { shortenReferences(nodes) }
  }

  /// The place of a property of an object's rules; it is `expected` where the object has the order
  /// of the schema.
  func property(_ name: String, of map: Int, expected: Int) -> Int? {
    let range = mapRows[map].properties
    if expected < range.upperBound, properties[expected].isNamed(name) { return expected }
    guard range.count > PropertyTable.scanLimit else {
      for place in range where properties[place].isNamed(name) { return place }
      return nil
    }
    return maps[map].properties.place(of: name).map { range.lowerBound + $0 }
  }
}

extension SchemaTables {
  private mutating func add(_ node: SchemaNode) {
    if let map = node.map { addRow(of: map) }
    rows.append(
      Row(
        types: node.types,
        isPlain: node.choice == nil && node.number == nil && node.string == nil
          && node.list == nil && node.map == nil && node.inPlace == nil,
        hasUnevaluated: node.list?.unevaluated != nil || node.map?.unevaluated != nil,
        resource: node.resource,
        choice: Self.place(of: node.choice, in: &choices),
        number: Self.place(of: node.number, in: &numbers),
        string: Self.place(of: node.string, in: &strings),
        list: Self.place(of: node.list, in: &lists),
        map: Self.place(of: node.map, in: &maps),
        inPlace: Self.place(of: node.inPlace, in: &inPlaces)))
  }

  private mutating func addRow(of map: MapRules) {
    let first = properties.count
    properties += map.properties.properties
    mapRows.append(
      MapRow(
        count: map.count, properties: first..<properties.count,
        requiredCount: map.properties.requiredCount,
        looksBeyondProperties: !map.patterns.isEmpty || map.names != nil,
        hasDependencies: !map.dependentRequired.isEmpty || !map.dependentSchemas.isEmpty))
  }

  private static func place<Rules>(of rules: Rules?, in all: inout [Rules]) -> Place {
    guard let rules else { return none }
    all.append(rules)
    return Place(all.count - 1)
  }

  /// A schema that is a `$ref` and nothing else gets the row of what it refers to. Circles of such
  /// schemas were refused before.
  private mutating func shortenReferences(_ nodes: [SchemaNode]) {
    for index in nodes.indices {
      var target = index
      while let next = nodes[target].onlyReference { target = next }
      rows[index] = rows[target]
    }
  }
}

extension SchemaNode {
  fileprivate var onlyReference: NodeIndex? {
    guard let inPlace, inPlace.all.count == 1, !inPlace.hasOthers, types == .all, choice == nil,
      number == nil, string == nil, list == nil, map == nil
    else { return nil }
    return inPlace.all[0]
  }
}

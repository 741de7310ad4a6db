import Notation
import Patterns

extension SchemaComparison {
  mutating func compareLists(
    _ one: ListRules?, _ other: ListRules?, at path: [PathStep]
  ) {
    let (left, right) = (one ?? ListRules(), other ?? ListRules())
    compareCounts(("minItems", "maxItems"), left.count, right.count, at: path)
    if left.isUnique != right.isUnique {
      add(
        .keyword("uniqueItems", right.isUnique ? .narrows : .widens), at: path,
        from: .bool(left.isUnique), to: .bool(right.isUnique))
    }
    for place in 0..<max(left.prefix.count, right.prefix.count) {
      compare(left.node(at: place), right.node(at: place), at: path + [.index(place)])
    }
    compare(left.rest, right.rest, at: path + [.key(Self.anyPart)])
    compareContains(left.contains, right.contains, at: path)
  }

  /// Stands in a path for every item, and for every property without a name of its own.
  static let anyPart = "*"

  private mutating func compareContains(
    _ one: ListRules.Contains?, _ other: ListRules.Contains?, at path: [PathStep]
  ) {
    switch (one, other) {
    case (nil, nil): break
    case (nil, let right?): add(.keyword("contains", .narrows), at: path, nil, right.node)
    case (let left?, nil): add(.keyword("contains", .widens), at: path, left.node, nil)
    case (let left?, let right?):
      compareCounts(("minContains", "maxContains"), left.count, right.count, at: path)
      let isMonotone = left.count.most == nil && right.count.most == nil
      let effect =
        areEqual(left.node, right.node)
        ? [] : isMonotone ? effect(left.node, right.node) : .unproven
      add(.keyword("contains", effect), at: path, left.node, right.node)
    }
  }
}

extension SchemaComparison {
  mutating func compareMaps(_ one: MapRules?, _ other: MapRules?, at path: [PathStep]) {
    let (left, right) = (one ?? MapRules(), other ?? MapRules())
    compareCounts(("minProperties", "maxProperties"), left.count, right.count, at: path)
    for name in left.properties.names + right.properties.names(notIn: left.properties) {
      compareProperty(name, left, right, at: path)
    }
    compareAdditional(left.additional, right.additional, at: path)
    let names = effect(left.names, right.names)
    add(.keyword("propertyNames", names), at: path, left.names, right.names)
    comparePatterns(left, right, at: path)
    compareDependencies(left, right, at: path)
  }

  private mutating func compareProperty(
    _ name: String, _ left: MapRules, _ right: MapRules, at path: [PathStep]
  ) {
    let here = path + [.key(name)]
    let (before, after) = (left.properties[name], right.properties[name])
    let (wasRequired, isRequired) = (before?.isRequired == true, after?.isRequired == true)
    switch (before?.node, after?.node) {
    case (let one?, let other?): compare(one, other, at: here)
    case (nil, let other?):
      add(.propertyAdded(isRequired: isRequired && !wasRequired), at: here, nil, other)
      compareFree(left.additional, other, at: here)
      if isRequired, !wasRequired { return }
    case (let one?, nil):
      add(.propertyRemoved, at: here, one, nil)
      if wasRequired, !isRequired { return }
    case (nil, nil): break
    }
    guard wasRequired != isRequired else { return }
    add(isRequired ? .becameRequired : .becameOptional, at: here, before?.node, after?.node)
  }

  /// A new property takes over what the old schema said of properties without a name of their own.
  private mutating func compareFree(
    _ additional: NodeIndex?, _ node: NodeIndex, at path: [PathStep]
  ) {
    guard !old.isNever(additional) else { return }
    let effect = effect(additional, node)
    if effect.contains(.narrows) { add(.propertyClaimed, at: path, additional, node) }
    if effect.contains(.widens) {
      add(.keyword("additionalProperties", .widens), at: path, additional, node)
    }
  }

  private mutating func compareAdditional(
    _ one: NodeIndex?, _ other: NodeIndex?, at path: [PathStep]
  ) {
    switch (old.isNever(one), new.isNever(other)) {
    case (true, true): break
    case (true, false): add(.opened, at: path, one, other)
    case (false, true): add(.closed, at: path, one, other)
    case (false, false): compare(one, other, at: path + [.key(Self.anyPart)])
    }
  }

  /// Patterns can claim any name, so that with others than before nothing is known of the rest.
  private mutating func comparePatterns(
    _ left: MapRules, _ right: MapRules, at path: [PathStep]
  ) {
    let sources = left.patterns.map(\.pattern.source)
    guard !sources.isEmpty || !right.patterns.isEmpty else { return }
    let isSameNames = left.properties.nameSet == right.properties.nameSet
    guard sources == right.patterns.map(\.pattern.source), isSameNames else {
      return add(.keyword("patternProperties", .unproven), at: path, from: nil, to: nil)
    }
    for (one, other) in zip(left.patterns, right.patterns) {
      let effect = effect(one.node, other.node)
      add(.keyword("patternProperties", effect), at: path, one.node, other.node)
    }
  }

  private mutating func compareDependencies(
    _ left: MapRules, _ right: MapRules, at path: [PathStep]
  ) {
    for (name, node) in left.dependentSchemas {
      let others = right.dependentSchemas.filter { $0.name.hasSameBytes(as: name) }
      let effect = others.isEmpty ? Effect.widens : effect(node, others[0].node)
      add(.keyword("dependentSchemas", effect), at: path, node, others.first?.node)
    }
    for (name, node) in right.dependentSchemas
    where !left.dependentSchemas.contains(where: { $0.name.hasSameBytes(as: name) }) {
      add(.keyword("dependentSchemas", .narrows), at: path, nil, node)
    }
    let (before, after) = (left.requirements, right.requirements)
    var effect: Effect = []
    if !after.isSubset(of: before) { effect.insert(.narrows) }
    if !before.isSubset(of: after) { effect.insert(.widens) }
    add(.keyword("dependentRequired", effect), at: path, from: nil, to: nil)
  }
}

extension ListRules {
  fileprivate func node(at place: Int) -> NodeIndex? {
    place < prefix.count ? prefix[place] : rest
  }
}

extension MapRules {
  /// Each pair of names of which the first asks for the second.
  fileprivate var requirements: Set<[Value]> {
    Set(
      dependentRequired.flatMap { entry in
        entry.required.map { [.string(entry.name), .string($0)] }
      })
  }
}

extension PropertyTable {
  fileprivate var names: [String] { properties.map(\.name) }
  fileprivate var nameSet: Set<Value> { Set(properties.map { .string($0.name) }) }

  fileprivate subscript(_ name: String) -> Property? {
    place(of: name).map { properties[$0] }
  }

  fileprivate func names(notIn other: PropertyTable) -> [String] {
    names.filter { other[$0] == nil }
  }
}

extension Schema {
  fileprivate func isNever(_ index: NodeIndex?) -> Bool { node(index).types.isEmpty }
}

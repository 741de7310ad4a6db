import Notation

extension SchemaComparison {
  mutating func compareInPlace(_ one: NodeIndex?, _ other: NodeIndex?, at path: [PathStep]) {
    let left = old.node(one).inPlace ?? InPlaceRules()
    let right = new.node(other).inPlace ?? InPlaceRules()
    let any = alternatives(left.any, right.any, within: (one, other))
    add(.keyword("anyOf", any), at: path, one, other)
    let exactlyOne = exclusive(left, right, within: (one, other))
    add(.keyword("oneOf", exactlyOne), at: path, one, other)
    let not = exclusion(left.not, right.not)
    add(.keyword("not", not), at: path, left.not, right.not)
    let condition = condition(left.condition, right.condition)
    add(.keyword("if", condition), at: path, one, other)
    if left.dynamic != nil || right.dynamic != nil {
      add(.keyword("$dynamicRef", .unproven), at: path, one, other)
    }
  }

  /// A union grows with each of its parts and with each new one.
  ///
  /// Where only one side has alternatives, the other side as a whole may be within one of them.
  private mutating func alternatives(
    _ left: [NodeIndex], _ right: [NodeIndex], within whole: (NodeIndex?, NodeIndex?)
  ) -> Effect {
    switch (left.isEmpty, right.isEmpty) {
    case (true, true): return []
    case (true, false):
      let isWithin = right.contains { !effect(whole.0, $0).contains(.narrows) }
      return isWithin ? [] : .narrows
    case (false, true):
      let isWithin = left.contains { !effect($0, whole.1).contains(.widens) }
      return isWithin ? [] : .widens
    case (false, false): break
    }
    var (gone, come) = (left, right)
    gone.removeAll { one in
      guard let same = come.firstIndex(where: { effect(one, $0).isEmpty }) else { return false }
      come.remove(at: same)
      return true
    }
    var result: Effect = []
    for (one, other) in zip(gone, come) { result.formUnion(effect(one, other)) }
    if gone.count > come.count { result.insert(.narrows) }
    if come.count > gone.count { result.insert(.widens) }
    return result
  }

  /// Alternatives that exclude each other are a union; of others nothing is known but that equal
  /// ones mean the same.
  private mutating func exclusive(
    _ left: InPlaceRules, _ right: InPlaceRules, within whole: (NodeIndex?, NodeIndex?)
  ) -> Effect {
    if left.one.count == right.one.count,
      zip(left.one, right.one).allSatisfy({ areEqual($0, $1) })
    {
      return []
    }
    guard old.areDisjoint(left.one), new.areDisjoint(right.one) else { return .unproven }
    return alternatives(left.one, right.one, within: whole)
  }

  private mutating func exclusion(_ left: NodeIndex?, _ right: NodeIndex?) -> Effect {
    switch (left, right) {
    case (nil, nil): []
    case (nil, _?): .narrows
    case (_?, nil): .widens
    case (let left?, let right?): contraryEffect(left, right)
    }
  }

  private mutating func condition(
    _ left: InPlaceRules.Condition?, _ right: InPlaceRules.Condition?
  ) -> Effect {
    switch (left, right) {
    case (nil, nil): return []
    case (nil, _?): return .narrows
    case (_?, nil): return .widens
    case (let left?, let right?):
      guard areEqual(left.test, right.test) else { return .unproven }
      return effect(left.then, right.then).union(effect(left.otherwise, right.otherwise))
    }
  }
}

extension Schema {
  /// Whether no value can fit two of these schemas: by its type, or by a required property whose
  /// values they share out.
  fileprivate func areDisjoint(_ alternatives: [NodeIndex]) -> Bool {
    guard alternatives.count <= SchemaComparison.alternativeLimit else { return false }
    for (place, one) in alternatives.enumerated() {
      for other in alternatives[..<place] where !areDisjoint(one, other) { return false }
    }
    return true
  }

  private func areDisjoint(_ one: NodeIndex, _ other: NodeIndex) -> Bool {
    let (left, right) = (types(of: one), types(of: other))
    if left.isDisjoint(with: right) { return true }
    guard left == .object, right == .object else { return false }
    let marks = discriminators(of: other)
    return discriminators(of: one).contains { mark in
      marks.contains {
        $0.name.hasSameBytes(as: mark.name) && $0.values.isDisjoint(with: mark.values)
      }
    }
  }

  private func types(of index: NodeIndex) -> TypeSet {
    conjuncts(index).reduce(.all) { types, node in
      let choice = nodes[node].choice?.values.reduce(into: TypeSet()) {
        $0.formUnion(TypeSet(of: $1))
      }
      return types.intersection(nodes[node].types).intersection(choice ?? .all)
    }
  }

  private func discriminators(of index: NodeIndex) -> [(name: String, values: Set<Value>)] {
    conjuncts(index).flatMap { node in
      (nodes[node].map?.properties.properties ?? []).compactMap { property in
        guard property.isRequired, let values = self.node(property.node).choice?.values else {
          return nil
        }
        return (property.name, Set(values))
      }
    }
  }
}

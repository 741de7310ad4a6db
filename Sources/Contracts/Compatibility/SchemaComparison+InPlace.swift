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
    guard max(left.count, right.count) <= Self.alternativeLimit else {
      let isSame = left.count == right.count && zip(left, right).allSatisfy { areEqual($0, $1) }
      return isSame ? [] : .unproven
    }
    var (gone, come): ([NodeIndex?], [NodeIndex?]) = (left, right)
    gone.removeAll { one in
      guard let same = come.firstIndex(where: { effect(one, $0).isEmpty }) else { return false }
      come.remove(at: same)
      return true
    }
    var result: Effect = []
    if !right.isEmpty {
      for one in left.isEmpty ? [whole.0] : gone {
        result.formUnion(fit(right.map { (one, $0) }, .narrows))
      }
    }
    if !left.isEmpty {
      for other in right.isEmpty ? [whole.1] : come {
        result.formUnion(fit(left.map { ($0, other) }, .widens))
      }
    }
    return result
  }

  /// What becomes of an alternative that is paired with each that could hold it: nothing where one
  /// does. Several that each hold a part of it may together hold it all.
  private mutating func fit(
    _ pairs: [(NodeIndex?, NodeIndex?)], _ loss: Effect
  ) -> Effect {
    var rivalCount = 0
    var result = loss
    for (one, other) in pairs {
      let (left, right) = (old.outline(one), new.outline(other))
      if (loss == .narrows ? left : right).types.isEmpty { return [] }
      if left.isDisjoint(with: right) { continue }
      let effect = effect(one, other)
      guard effect.contains(loss) else { return [] }
      rivalCount += 1
      result.formUnion(effect.intersection(.isDoubtful))
    }
    return rivalCount > 1 ? result.union(.isDoubtful) : result
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
    case (nil, _?): return [.narrows, .isDoubtful]
    case (_?, nil): return [.widens, .isDoubtful]
    case (let left?, let right?):
      guard areEqual(left.test, right.test) else { return .unproven }
      return effect(left.then, right.then).union(effect(left.otherwise, right.otherwise))
    }
  }
}

extension Schema {
  /// Whether no value can fit two of these schemas.
  fileprivate func areDisjoint(_ alternatives: [NodeIndex]) -> Bool {
    guard alternatives.count <= SchemaComparison.alternativeLimit else { return false }
    let outlines = alternatives.map { outline($0) }
    for (place, one) in outlines.enumerated() {
      for other in outlines[..<place] where !one.isDisjoint(with: other) { return false }
    }
    return true
  }

  fileprivate func outline(_ index: NodeIndex?) -> Outline {
    var outline = Outline()
    for node in conjuncts(index) {
      outline.types.formIntersection(nodes[node].types)
      for property in nodes[node].map?.properties.properties ?? [] where property.isRequired {
        guard let values = self.node(property.node).choice?.values else { continue }
        outline.marks.append((property.name, Set(values)))
      }
      guard let values = nodes[node].choice?.values else { continue }
      outline.types.formIntersection(
        values.reduce(into: TypeSet()) { $0.formUnion(TypeSet(of: $1)) })
    }
    return outline
  }
}

/// What tells schemas apart at a glance: types, and required properties whose values are listed.
private struct Outline {
  var types = TypeSet.all
  var marks: [(name: String, values: Set<Value>)] = []

  /// Whether no value can fit both.
  func isDisjoint(with other: Outline) -> Bool {
    if types.isDisjoint(with: other.types) { return true }
    guard types == .object, other.types == .object else { return false }
    return marks.contains { mark in
      other.marks.contains {
        $0.name.hasSameBytes(as: mark.name) && $0.values.isDisjoint(with: mark.values)
      }
    }
  }
}

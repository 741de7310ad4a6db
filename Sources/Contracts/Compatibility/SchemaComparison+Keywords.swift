import Notation
import Patterns

extension SchemaComparison {
  /// Compares what two schemas say themselves, `allOf` and `$ref` aside.
  mutating func compareKeywords(
    _ one: NodeIndex?, _ other: NodeIndex?, at path: [PathStep]
  ) {
    let (left, right) = (old.node(one), new.node(other))
    if left.choice != nil || right.choice != nil {
      return compareChoices(one, other, at: path)
    }
    // Where only a unit makes the types differ, it is the unit that changed.
    var (before, after) = (left.exactTypes, right.exactTypes)
    if left.types == right.types, before != after { (before, after) = (left.types, right.types) }
    if before != after {
      var effect: Effect = []
      if !before.isSubset(of: after) { effect.insert(.narrows) }
      if !after.isSubset(of: before) { effect.insert(.widens) }
      add(.type(effect), at: path, from: left.types.value, to: right.types.value)
    }
    let common = before.intersection(after)
    switch common.intersection(.number) {
    case []: break
    case .integer: compareNumbers(left.number?.ofIntegers, right.number?.ofIntegers, at: path)
    case _: compareNumbers(left.number, right.number, at: path)
    }
    if common.contains(.string) { compareStrings(left.string, right.string, at: path) }
    if common.contains(.array) { compareLists(left.list, right.list, at: path) }
    if common.contains(.object) { compareMaps(left.map, right.map, at: path) }
    if !common.isEmpty { compareInPlace(one, other, at: path) }
    if left.hasUnevaluated || right.hasUnevaluated {
      compareUnevaluated(one, other, at: path)
    }
  }

  /// The values of an `enum` are few enough to be tried one by one, which decides exactly.
  mutating func compareChoices(
    _ one: NodeIndex?, _ other: NodeIndex?, at path: [PathStep]
  ) {
    var effect: Effect = []
    let (gone, come) = (old.fewValues(of: one), new.fewValues(of: other))
    if gone.map({ new.holdsAll($0, under: other) }) != true { effect.insert(.narrows) }
    if come.map({ old.holdsAll($0, under: one) }) != true { effect.insert(.widens) }
    let (before, after) = (old.node(one).choice, new.node(other).choice)
    let keyword = after?.keyword ?? before?.keyword ?? .enum
    add(
      .keyword(keyword.rawValue, effect), at: path,
      from: (before?.values ?? gone).map(Value.list), to: (after?.values ?? come).map(Value.list))
  }

  /// What `unevaluated…` speaks about depends on every schema for this value, so that any change of
  /// one makes its effect unknown.
  private mutating func compareUnevaluated(
    _ one: NodeIndex?, _ other: NodeIndex?, at path: [PathStep]
  ) {
    guard old.claims(one) == new.claims(other), areEqual(one, other) else {
      return add(.keyword("unevaluated", .unproven), at: path, one, other)
    }
    let (left, right) = (old.node(one), new.node(other))
    let items = effect(left.list?.unevaluated, right.list?.unevaluated)
    add(.keyword("unevaluatedItems", items), at: path, one, other)
    let properties = effect(left.map?.unevaluated, right.map?.unevaluated)
    add(.keyword("unevaluatedProperties", properties), at: path, one, other)
  }

  private mutating func compareNumbers(
    _ one: NumberRules?, _ other: NumberRules?, at path: [PathStep]
  ) {
    let (left, right) = (one ?? NumberRules(), other ?? NumberRules())
    compareBound("minimum", left.lower, right.lower, at: path)
    compareBound("maximum", left.upper, right.upper, at: path)
    compareOptional("multipleOf", (left.multipleOf, right.multipleOf), at: path) { unit, next in
      var effect: Effect = []
      if !Decimal(unit).isMultiple(of: Decimal(next)) { effect.insert(.narrows) }
      if !Decimal(next).isMultiple(of: Decimal(unit)) { effect.insert(.widens) }
      return (effect, .number(unit), .number(next))
    }
  }

  private mutating func compareBound(
    _ keyword: String, _ left: NumberBound, _ right: NumberBound, at path: [PathStep]
  ) {
    guard left != right else { return }
    let effect: Effect = right.isTighter(than: left) ? .narrows : .widens
    add(.keyword(keyword, effect), at: path, from: left.value, to: right.value)
  }

  private mutating func compareStrings(
    _ one: StringRules?, _ other: StringRules?, at path: [PathStep]
  ) {
    let (left, right) = (one ?? StringRules(), other ?? StringRules())
    compareCounts(("minLength", "maxLength"), left.length, right.length, at: path)
    compareOptional("pattern", (left.pattern, right.pattern), at: path) { one, other in
      let effect: Effect = one.source.hasSameBytes(as: other.source) ? [] : .unproven
      return (effect, .string(one.source), .string(other.source))
    }
    compareOptional("format", (left.format, right.format), at: path) { one, other in
      (one == other ? [] : .unproven, .string(one.rawValue), .string(other.rawValue))
    }
  }

  mutating func compareCounts(
    _ keywords: (String, String), _ left: CountRange, _ right: CountRange, at path: [PathStep]
  ) {
    if left.least != right.least {
      let effect: Effect = left.least < right.least ? .narrows : .widens
      add(
        .keyword(keywords.0, effect), at: path, from: .number(Double(left.least)),
        to: .number(Double(right.least)))
    }
    if left.most != right.most {
      let effect: Effect = right.most ?? .max < left.most ?? .max ? .narrows : .widens
      add(
        .keyword(keywords.1, effect), at: path, from: left.most.map { .number(Double($0)) },
        to: right.most.map { .number(Double($0)) })
    }
  }

  /// A keyword that only the new schema has narrows; one that only the old had widens.
  private mutating func compareOptional<Rule>(
    _ keyword: String, _ rules: (Rule?, Rule?), at path: [PathStep],
    _ compare: (Rule, Rule) -> (Effect, Value, Value)
  ) {
    switch rules {
    case (nil, nil): break
    case (let left?, let right?):
      let (effect, before, after) = compare(left, right)
      add(.keyword(keyword, effect), at: path, from: before, to: after)
    case (nil, let right?):
      add(.keyword(keyword, .narrows), at: path, from: nil, to: compare(right, right).2)
    case (let left?, nil):
      add(.keyword(keyword, .widens), at: path, from: compare(left, left).1, to: nil)
    }
  }
}

extension Schema {
  /// A node, or one that says nothing.
  func node(_ index: NodeIndex?) -> SchemaNode { index.map { nodes[$0] } ?? SchemaNode() }

  /// Whether the value holds under one schema of the tree, nil if that takes too long to tell.
  func validity(of value: Value, under index: NodeIndex?) -> Bool? {
    guard let index else { return true }
    var run = ValidationRun(.stoppingAtFirst, stepLimit: SchemaComparison.trialStepLimit)
    let holds = tables.check(index, value, &run)
    return run.exhausted == nil ? holds : nil
  }

  /// What this schema and all others for the same value look at.
  fileprivate func claims(_ index: NodeIndex?) -> [Claim] {
    closure(of: index, \.inPlaceNodes).map { Claim(nodes[$0]) }
  }

  /// All values that a schema may leave, also those that take too long to try; nil where they are
  /// too many, or are not known.
  fileprivate func fewValues(of index: NodeIndex?) -> [Value]? {
    node(index).listedValues
      ?? node(index).fewValues?.filter { validity(of: $0, under: index) != false }
  }

  /// Whether all the values hold under one schema; where that takes too long to tell they do not.
  fileprivate func holdsAll(_ values: [Value], under index: NodeIndex?) -> Bool {
    if let listed = node(index).listedValues { return Set(listed).isSuperset(of: values) }
    return values.allSatisfy { validity(of: $0, under: index) == true }
  }
}

/// The parts of a value that one schema looks at, so that `unevaluated…` passes over them.
private struct Claim: Hashable {
  let prefixCount: Int
  let hasRest: Bool
  let hasContains: Bool
  let names: Set<Value>
  let patterns: Set<Value>
  let hasAdditional: Bool

  init(_ node: SchemaNode) {
    prefixCount = node.list?.prefix.count ?? 0
    hasRest = node.list?.rest != nil
    hasContains = node.list?.contains != nil
    let named = node.map?.properties.properties.filter { $0.node != nil } ?? []
    names = Set(named.map { .string($0.name) })
    patterns = Set(node.map?.patterns.map { .string($0.pattern.source) } ?? [])
    hasAdditional = node.map?.additional != nil
  }
}

extension SchemaNode {
  /// Exactly the values that the schema lets through, where it says them and nothing else.
  fileprivate var listedValues: [Value]? {
    hasNoRules ? choice?.values.filter(types.holds) : nil
  }

  fileprivate var hasUnevaluated: Bool { list?.unevaluated != nil || map?.unevaluated != nil }
}

extension TypeSet {
  /// The set as `type` spells it; null for any type.
  fileprivate var value: Value {
    if self == .all { return .null }
    if isEmpty { return .bool(false) }
    let names = names.map(Value.string)
    return names.count == 1 ? names[0] : .list(names)
  }
}

import Notation

/// Finds what differs between two schemas, and what each difference does to the set of valid
/// values.
///
/// The schemas are compared in their normal form. Sound and conservative: where no change narrows,
/// every value valid under the old schema is valid under the new one, and where none widens it is
/// the other way round. A difference whose effect cannot be shown counts as both.
struct SchemaComparison {
  /// Pairs of schemas looked at, one by one, before the rest counts as unproven.
  static let pairLimit = 50_000
  /// Schemas applied to one value of an `enum` before it counts as unproven.
  static let trialStepLimit = 2_000
  /// More alternatives are not compared with each other.
  static let alternativeLimit = 100

  /// What the comparison is for.
  private enum Purpose {
    /// To note the changes.
    case changes
    /// To learn the effect of what stands under `not`.
    case contrary
    /// To learn whether there is any change at all.
    case equality
  }

  private struct Pair: Hashable {
    let old: NodeIndex?
    let new: NodeIndex?
  }

  let old: Schema
  let new: Schema
  private(set) var changes: [SchemaChange] = []
  /// Pairs that are taken to be as the rest of the comparison finds them. That is sound as long as
  /// all conclusions go one way: that nothing narrows follows from nothing narrowing elsewhere.
  private var seen: Set<Pair> = []
  private var purpose = Purpose.changes
  private var pairCount = 0

  init(_ old: Schema, _ new: Schema) {
    self.old = Schema(old, nodes: NormalForm.nodes(of: old))
    self.new = Schema(new, nodes: NormalForm.nodes(of: new))
  }

  /// Every difference between the schemas.
  static func changes(from old: Schema, to new: Schema) -> [SchemaChange] {
    guard old.sources.first != new.sources.first else { return [] }
    var comparison = SchemaComparison(old, new)
    comparison.compare(0, 0, at: [])
    return comparison.changes
  }

  /// Compares two schemas for the same part of a value; nil is the schema that says nothing.
  mutating func compare(_ one: NodeIndex?, _ other: NodeIndex?, at path: [PathStep]) {
    guard one != nil || other != nil, seen.insert(Pair(old: one, new: other)).inserted else {
      return
    }
    pairCount += 1
    guard pairCount <= Self.pairLimit else {
      return add(.keyword("$ref", .unproven), at: path, one, other)
    }
    // Values are tried against the whole schema, so that it need not be taken apart.
    if old.node(one).choice != nil || new.node(other).choice != nil {
      return compareChoices(one, other, at: path)
    }
    if let before = old.values(of: old.node(one), at: one),
      let after = new.values(of: new.node(other), at: other), Set(before) == Set(after)
    {
      return
    }
    var (left, right) = (old.conjuncts(one), new.conjuncts(other))
    if left.count + right.count > 2 { removeEquals(&left, &right) }
    for place in 0..<max(left.count, right.count) {
      compareKeywords(
        place < left.count ? left[place] : nil, place < right.count ? right[place] : nil, at: path)
    }
  }

  /// The effect of all differences between two schemas, without noting them one by one.
  mutating func effect(_ one: NodeIndex?, _ other: NodeIndex?) -> Effect {
    trial { $0.compare(one, other, at: []) }
  }

  /// The effect of all differences between two schemas on what both exclude.
  mutating func contraryEffect(_ one: NodeIndex?, _ other: NodeIndex?) -> Effect {
    if areEqual(one, other) { return [] }
    guard purpose == .changes else { return .unproven }
    let outer = (purpose, seen)
    (purpose, seen) = (.contrary, [])
    defer { (purpose, seen) = outer }
    return effect(one, other).inverted
  }

  /// Whether two schemas say the same, so that they may replace each other anywhere.
  mutating func areEqual(_ one: NodeIndex?, _ other: NodeIndex?) -> Bool {
    guard purpose != .equality else { return effect(one, other).isEmpty }
    let outer = (purpose, seen)
    (purpose, seen) = (.equality, [])
    defer { (purpose, seen) = outer }
    return effect(one, other).isEmpty
  }

  mutating func add(
    _ kind: SchemaChange.Kind, at path: [PathStep], _ one: NodeIndex?, _ other: NodeIndex?
  ) {
    add(kind, at: path, from: one.map { old.sources[$0] }, to: other.map { new.sources[$0] })
  }

  mutating func add(
    _ kind: SchemaChange.Kind, at path: [PathStep], from before: Value?, to after: Value?
  ) {
    let change = SchemaChange(
      path: path, kind: kind, before: before ?? .null, after: after ?? .null)
    if !change.effect.isEmpty { changes.append(change) }
  }

  /// Takes out what both conjunctions have alike, in whatever order.
  private mutating func removeEquals(_ left: inout [NodeIndex], _ right: inout [NodeIndex]) {
    for one in left {
      let same = right.firstIndex { other in
        trial { $0.compareKeywords(one, other, at: []) }.isEmpty
      }
      guard let same else { continue }
      right.remove(at: same)
      left.removeAll { $0 == one }
    }
  }

  private mutating func trial(_ compare: (inout SchemaComparison) -> Void) -> Effect {
    let outer = (changes, seen)
    changes = []
    compare(&self)
    let effect = changes.reduce(into: Effect()) { $0.formUnion($1.effect) }
    (changes, seen) = outer
    return effect
  }
}

extension Schema {
  /// The schemas that must all hold where this one must: itself without its `allOf` and `$ref`,
  /// and those; what says nothing is left out.
  func conjuncts(_ index: NodeIndex?) -> [NodeIndex] {
    closure(of: index) { $0.inPlace?.all ?? [] }.filter { !nodes[$0].saysNothing }
  }

  /// A node and all that lead on from it, each once, in the order of the schema.
  func closure(of index: NodeIndex?, _ next: (SchemaNode) -> [NodeIndex]) -> [NodeIndex] {
    var waiting = index.map { [$0] } ?? []
    var found: [NodeIndex] = []
    var seen: Set<NodeIndex> = []
    while let node = waiting.popLast() {
      guard seen.insert(node).inserted else { continue }
      found.append(node)
      waiting += next(nodes[node]).reversed()
    }
    return found
  }
}

extension SchemaNode {
  /// Whether the schema lets every value through, `allOf` and `$ref` aside.
  var saysNothing: Bool {
    types == .all && choice == nil && number == nil && string == nil && list == nil && map == nil
      && !(inPlace?.hasOthers ?? false)
  }
}

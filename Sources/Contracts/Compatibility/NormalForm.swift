import Notation

/// Rewrites the nodes of a schema so that schemas of one meaning have one spelling, as far as one
/// node can say it: alternatives for different types are a list of types, an `enum` of all values
/// of a type is that type, what `allOf` and `$ref` add stands in the node itself.
///
/// Each node keeps its index and exactly the values that it lets through.
struct NormalForm {
  /// Schemas inside one another that are looked through; what lies deeper stays as it is written.
  static let depthLimit = 64
  /// More values of a schema are not tried one by one.
  static let valueLimit = 256

  private let schema: Schema
  private var known: [SchemaNode?]

  private init(_ schema: Schema) {
    self.schema = schema
    known = Array(repeating: nil, count: schema.nodes.count)
  }

  /// What `unevaluated…` and `$dynamicRef` mean depends on how the rest is written, so that schemas
  /// with either stay as they are.
  static func nodes(of schema: Schema) -> [SchemaNode] {
    let dependsOnSpelling = schema.nodes.contains {
      $0.list?.unevaluated != nil || $0.map?.unevaluated != nil || $0.inPlace?.dynamic != nil
    }
    guard !dependsOnSpelling else { return schema.nodes }
    var form = NormalForm(schema)
    return schema.nodes.indices.map { form.node($0, depth: 0) }
  }

  private mutating func node(_ index: NodeIndex, depth: Int) -> SchemaNode {
    if let node = known[index] { return node }
    guard depth < Self.depthLimit else { return schema.nodes[index] }
    var node = schema.nodes[index]
    if let rules = node.inPlace {
      node = joined(node, rules, depth: depth + 1) ?? node
    }
    node = withOwnValues(node, index)
    known[index] = node
    return node
  }

  /// The node with what its schemas for the same value ask taken in, as far as that can be said;
  /// nil where nothing can.
  private mutating func joined(
    _ written: SchemaNode, _ rules: InPlaceRules, depth: Int
  ) -> SchemaNode? {
    var node = written
    node.inPlace = nil
    var left = rules
    left.all = []
    if !rules.any.isEmpty, let union = union(of: rules.any, depth: depth), node.absorb(union) {
      left.any = []
    }
    if !rules.one.isEmpty, areDisjoint(rules.one, depth: depth),
      let union = union(of: rules.one, depth: depth), node.absorb(union)
    {
      left.one = []
    }
    if let not = rules.not, case let excluded = self.node(not, depth: depth).exact,
      excluded.isPlain
    {
      node.types.subtract(excluded.types)
      left.not = nil
    }
    for alternatives in [left.any, left.one] where !alternatives.isEmpty {
      node.types.formIntersection(types(of: alternatives, depth: depth))
    }
    if left.hasOthers {
      guard node.absorb(SchemaNode(inPlace: left)) else { return nil }
    }
    for part in rules.all where !node.absorb(self.node(part, depth: depth)) {
      guard node.absorb(SchemaNode(inPlace: InPlaceRules(all: [part]))) else { return nil }
    }
    return node.types.isEmpty ? .never : node
  }

  /// An `enum` without the values that other keywords exclude; a type where it has all of it.
  private func withOwnValues(_ node: SchemaNode, _ index: NodeIndex) -> SchemaNode {
    if let choice = node.choice, node.types == .all, node.hasNoRules {
      return SchemaNode(choosing: choice.values, choice.keyword)
    }
    guard let values = schema.values(of: node, at: index) else { return node }
    if values.isEmpty { return .never }
    return node.choice.map { SchemaNode(choosing: values, $0.keyword) } ?? node
  }
}

extension NormalForm {
  /// One node that lets through what any of the alternatives does; nil where one cannot say it.
  private mutating func union(of alternatives: [NodeIndex], depth: Int) -> SchemaNode? {
    let nodes = alternatives.map { (index: $0, node: node($0, depth: depth)) }
      .filter { !$0.node.types.isEmpty }
    if nodes.count <= 1 { return nodes.first?.node ?? .never }
    let values = nodes.map { schema.values(of: $0.node, at: $0.index) }
    if values.allSatisfy({ $0 != nil }) { return Self.choice(values.flatMap { $0 ?? [] }) }
    guard zip(nodes, values).allSatisfy({ $0.node.choice == nil || $1 != nil }) else { return nil }
    let broad = nodes.filter { $0.node.choice == nil }
    guard broad.count <= SchemaComparison.alternativeLimit else { return nil }
    let others = zip(nodes, values).flatMap { $0.node.choice == nil ? [] : $1 ?? [] }
    let chosen = Self.choice(
      others.filter { value in
        !broad.contains { schema.validity(of: value, under: $0.index) == true }
      })
    guard chosen.choice == nil else { return nil }
    return SchemaNode(uniting: broad.map(\.node.exact) + [chosen])
  }

  private mutating func types(of alternatives: [NodeIndex], depth: Int) -> TypeSet {
    alternatives.reduce(into: TypeSet()) { $0.formUnion(node($1, depth: depth).exactTypes) }
  }

  private static func choice(_ values: [Value]) -> SchemaNode {
    var seen: Set<Value> = []
    return SchemaNode(choosing: values.filter { seen.insert($0).inserted }, .enum)
  }

  /// Whether no value fits two of the alternatives, as their types and their values tell.
  private mutating func areDisjoint(_ alternatives: [NodeIndex], depth: Int) -> Bool {
    guard alternatives.count <= SchemaComparison.alternativeLimit else { return false }
    let nodes = alternatives.map { node($0, depth: depth) }
    for (place, one) in nodes.enumerated() {
      for other in nodes[..<place] where !one.types.isDisjoint(with: other.types) {
        guard let left = one.choice?.values, let right = other.choice?.values,
          Set(left).isDisjoint(with: right)
        else { return false }
      }
    }
    return true
  }
}

extension Schema {
  /// Exactly the values that a schema lets through, where `node` says what it stands for; nil where
  /// they are many, or one takes too long to try.
  func values(of node: SchemaNode, at index: NodeIndex?) -> [Value]? {
    guard let candidates = node.fewValues, candidates.count <= NormalForm.valueLimit else {
      return nil
    }
    var values: [Value] = []
    for value in candidates {
      guard let holds = validity(of: value, under: index) else { return nil }
      if holds { values.append(value) }
    }
    return values
  }
}

import Notation
import Patterns

/// A schema's place among the nodes of its tree; references make the tree a graph.
typealias NodeIndex = Int

/// One compiled schema: its keywords, sorted by the kind of value they speak about.
struct SchemaNode: Sendable {
  /// Empty for the schema `false`.
  var types: TypeSet = .all
  /// The schema resource it belongs to, for `$dynamicRef`.
  var resource = 0
  var choice: Choice?
  var number: NumberRules?
  var string: StringRules?
  var list: ListRules?
  var map: MapRules?
  var inPlace: InPlaceRules?

  /// The schema `false`, which nothing satisfies.
  static let never = SchemaNode(types: [])
}

/// The values that `enum` or `const` leave, or both together.
struct Choice: Sendable {
  enum Keyword: String { case `enum`, const }

  let keyword: Keyword
  let values: [Value]
}

/// What a schema says of numbers.
struct NumberRules: Hashable, Sendable {
  var minimum: Double?
  var maximum: Double?
  var exclusiveMinimum: Double?
  var exclusiveMaximum: Double?
  var multipleOf: Double?
}

/// What a schema says of strings; lengths count Unicode scalars.
struct StringRules: Sendable {
  var length = CountRange()
  var pattern: Pattern?
  /// Only where formats are asserted.
  var format: Format?
}

/// What a schema says of arrays.
struct ListRules: Sendable {
  enum RestKeyword: String { case items, additionalItems }

  struct Contains: Sendable {
    let node: NodeIndex
    let count: CountRange
  }

  var count = CountRange()
  var isUnique = false
  var prefix: [NodeIndex] = []
  /// The schema of every item after the prefix, and the keyword that gives it.
  var rest: NodeIndex?
  var restKeyword = RestKeyword.items
  var contains: Contains?
  var unevaluated: NodeIndex?
}

/// What a schema says of objects.
struct MapRules: Sendable {
  var count = CountRange()
  var properties = PropertyTable()
  var patterns: [(pattern: Pattern, node: NodeIndex)] = []
  /// The schema of every property that neither the table nor a pattern names.
  var additional: NodeIndex?
  var names: NodeIndex?
  var dependentRequired: [(name: String, required: [String])] = []
  var dependentSchemas: [(name: String, node: NodeIndex)] = []
  var unevaluated: NodeIndex?
}

/// Schemas that speak about the very value that the schema itself speaks about.
struct InPlaceRules: Sendable {
  struct Condition: Sendable {
    let test: NodeIndex
    let then: NodeIndex?
    let otherwise: NodeIndex?
  }

  struct DynamicReference: Sendable {
    let anchor: String
    let fallback: NodeIndex
  }

  /// `$ref` and `allOf`: each must hold.
  var all: [NodeIndex] = []
  var dynamic: DynamicReference?
  var any: [NodeIndex] = []
  var one: [NodeIndex] = []
  var not: NodeIndex?
  var condition: Condition?

  /// Whether there is more than schemas that must all hold.
  var hasOthers: Bool {
    dynamic != nil || !any.isEmpty || !one.isEmpty || not != nil || condition != nil
  }
}

/// A least and a greatest number of characters, items or properties.
struct CountRange: Hashable, Sendable {
  var least = 0
  var most: Int?
}

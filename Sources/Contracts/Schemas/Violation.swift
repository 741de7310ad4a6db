package import Notation

/// One thing in a value that breaks its schema.
package struct Violation: Hashable, Sendable {
  let breach: Breach
  /// The steps to the part of the value, last one first.
  var reversedPath: [PathStep] = []

  /// The part of the value, as a JSON pointer; empty for the value itself.
  package var path: String { JSONPointer.text(reversedPath.reversed()) }

  /// The steps to the part of the value.
  package var steps: [PathStep] { reversedPath.reversed() }

  /// The keyword of the schema that is broken.
  package var keyword: String { breach.keyword }

  /// What is wrong, as a sentence about that part.
  package var message: String { breach.message }
}

/// How a value can break a schema.
enum Breach: Hashable, Sendable {
  case never
  case type(TypeSet, found: TypeSet)
  case choice(Choice.Keyword, [Value])
  case minimum(Double), maximum(Double), exclusiveMinimum(Double), exclusiveMaximum(Double)
  case multipleOf(Double)
  case minLength(Int), maxLength(Int)
  case pattern(String)
  case format(String)
  case minItems(Int), maxItems(Int)
  case uniqueItems
  case contains(CountRange, found: Int)
  case minProperties(Int), maxProperties(Int)
  case required(String)
  case dependentRequired(String, by: String)
  case additionalProperties(String)
  case propertyNames(String)
  case any(Int), one(Int, found: Int), not
  /// An item that only the keyword for the rest could allow.
  case rest(ListRules.RestKeyword)
  case unevaluatedItems, unevaluatedProperties(String)
  case limit(ValidationRun.Limit)
  /// A text that should be JSON and is none.
  case json(NotationError)
}

extension Violation {
  /// A text that holds no JSON, which keeps no schema at all.
  package init(notJSON error: NotationError) { self.init(breach: .json(error)) }
}

extension Breach {
  var keyword: String {
    switch self {
    case .never: "false"
    case .type: "type"
    case .choice(let keyword, _): keyword.rawValue
    case .minimum: "minimum"
    case .maximum: "maximum"
    case .exclusiveMinimum: "exclusiveMinimum"
    case .exclusiveMaximum: "exclusiveMaximum"
    case .multipleOf: "multipleOf"
    case .minLength: "minLength"
    case .maxLength: "maxLength"
    case .pattern: "pattern"
    case .format: "format"
    case .minItems: "minItems"
    case .maxItems: "maxItems"
    case .uniqueItems: "uniqueItems"
    case .contains(let count, let found):
      found < count.least ? "contains" : "maxContains"
    case .minProperties: "minProperties"
    case .maxProperties: "maxProperties"
    case .required: "required"
    case .dependentRequired: "dependentRequired"
    case .additionalProperties: "additionalProperties"
    case .propertyNames: "propertyNames"
    case .any: "anyOf"
    case .one: "oneOf"
    case .not: "not"
    case .rest(let keyword): keyword.rawValue
    case .unevaluatedItems: "unevaluatedItems"
    case .unevaluatedProperties: "unevaluatedProperties"
    case .limit: "limit"
    case .json: "json"
    }
  }
}

import Notation

/// Which keywords a schema resource knows.
struct Dialect: Hashable, Sendable {
  enum Draft: Sendable { case seven, twentyTwelve }

  var draft = Draft.twentyTwelve
  /// A custom metaschema may leave out the vocabulary of `type`, `minimum` and the like.
  var validates = true
  /// A custom metaschema may ask for `format` to be asserted.
  var assertsFormat = false

  static let standard = Dialect()

  /// The dialect of one of the two drafts; nil for any other URI.
  init?(schema uri: String) {
    switch URIReference(uri).withoutEmptyFragment.description {
    case "https://json-schema.org/draft/2020-12/schema": draft = .twentyTwelve
    case "http://json-schema.org/draft-07/schema": draft = .seven
    default: return nil
    }
  }

  /// The dialect that a custom metaschema describes by its vocabularies.
  init?(metaschema: Value) {
    guard let vocabularies = metaschema["$vocabulary"]?.map else { return nil }
    let prefix = "https://json-schema.org/draft/2020-12/vocab/"
    validates = vocabularies[prefix + "validation"] != nil
    assertsFormat = vocabularies[prefix + "format-assertion"] != nil
  }

  init() {}
}

extension URIReference {
  fileprivate var withoutEmptyFragment: URIReference {
    fragment == "" ? withoutFragment : self
  }
}

extension Dialect {
  /// What stands below a keyword.
  enum Shape { case schema, schemas, schemasByName }

  /// The keywords whose values hold schemas, with the shape in which they do.
  var applicators: [(keyword: String, shape: Shape)] {
    switch draft {
    case .seven: Self.commonApplicators + Self.sevenApplicators
    case .twentyTwelve: Self.commonApplicators + Self.twentyTwelveApplicators
    }
  }

  private static let commonApplicators: [(keyword: String, shape: Shape)] = [
    ("properties", .schemasByName), ("patternProperties", .schemasByName),
    ("additionalProperties", .schema), ("propertyNames", .schema), ("items", .schema),
    ("contains", .schema), ("allOf", .schemas), ("anyOf", .schemas), ("oneOf", .schemas),
    ("not", .schema), ("if", .schema), ("then", .schema), ("else", .schema),
    ("definitions", .schemasByName), ("dependencies", .schemasByName),
  ]
  private static let sevenApplicators: [(keyword: String, shape: Shape)] = [
    ("items", .schemas), ("additionalItems", .schema),
  ]
  private static let twentyTwelveApplicators: [(keyword: String, shape: Shape)] = [
    ("$defs", .schemasByName), ("prefixItems", .schemas), ("dependentSchemas", .schemasByName),
    ("unevaluatedItems", .schema), ("unevaluatedProperties", .schema), ("contentSchema", .schema),
  ]
}

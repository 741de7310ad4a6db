import Notation

/// The schemas of schemas, which a reference may name without anything being fetched.
///
/// They say what the drafts say of the form of each keyword, in one document a draft.
enum Metaschema {
  /// The metaschema with this URI; nil for any other URI.
  static func document(_ uri: String) -> Value? {
    switch Dialect(schema: uri)?.draft {
    case .twentyTwelve: twentyTwelve
    case .seven: seven
    case nil: nil
    }
  }

  private static let twentyTwelve = document(
    root: [
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("$id", "https://json-schema.org/draft/2020-12/schema"), ("$dynamicAnchor", "meta"),
    ],
    schema: ["$dynamicRef": "#meta"],
    keywords: [
      (.schema, "not if then else items contains propertyNames additionalProperties"),
      (.schema, "unevaluatedItems unevaluatedProperties contentSchema"),
      (.schemas, "prefixItems allOf anyOf oneOf"),
      (.schemasByName, "properties patternProperties dependentSchemas $defs definitions"),
      (.count, "minLength minItems minProperties minContains"),
      (.count, "maxLength maxItems maxProperties maxContains"),
      (.namesByName, "dependentRequired"),
      (.identifier, "$id"), (.anchor, "$anchor $dynamicAnchor"),
      (.reference, "$ref $dynamicRef"),
    ])

  private static let seven = document(
    root: [
      ("$schema", "http://json-schema.org/draft-07/schema#"),
      ("$id", "http://json-schema.org/draft-07/schema#"),
    ],
    schema: ["$ref": "#"],
    keywords: [
      (.schema, "not if then else contains propertyNames additionalProperties additionalItems"),
      (.schemas, "allOf anyOf oneOf"),
      (.schemaOrSchemas, "items"),
      (.schemasByName, "properties patternProperties definitions"),
      (.count, "minLength minItems minProperties maxLength maxItems maxProperties"),
      (.reference, "$id $ref"),
    ])
}

extension Metaschema {
  /// The form of a keyword's value.
  private enum Form {
    case schema, schemas, schemaOrSchemas, schemasByName, dependencies
    case count, number, positiveNumber, string, truthValue, pattern
    case names, namesByName, types, values, anything, identifier, anchor, reference
  }

  private static func document(
    root: [(String, Value)], schema: Value, keywords: [(Form, String)]
  ) -> Value {
    let common: [(Form, String)] = [
      (.reference, "$schema"), (.string, "$comment title description"),
      (.truthValue, "readOnly writeOnly deprecated uniqueItems"), (.values, "examples enum"),
      (.string, "format contentMediaType contentEncoding"), (.pattern, "pattern"),
      (.number, "minimum maximum exclusiveMinimum exclusiveMaximum"),
      (.positiveNumber, "multipleOf"), (.names, "required"), (.types, "type"),
      (.dependencies, "dependencies"), (.anything, "default const"),
    ]
    var properties = ValueMap()
    for (form, names) in common + keywords {
      for name in names.split(separator: " ") {
        properties[String(name)] = value(of: form, schema: schema)
      }
    }
    return .map(
      ValueMap(root + [("type", ["object", "boolean"]), ("properties", .map(properties))]))
  }

  private static func value(of form: Form, schema: Value) -> Value {
    let names: Value = ["type": "array", "items": ["type": "string"], "uniqueItems": true]
    let schemas: Value = ["type": "array", "minItems": 1, "items": schema]
    switch form {
    case .schema: return schema
    case .schemas: return schemas
    case .schemaOrSchemas: return ["anyOf": [schema, schemas]]
    case .schemasByName: return ["type": "object", "additionalProperties": schema]
    case .dependencies:
      return ["type": "object", "additionalProperties": ["anyOf": [schema, names]]]
    case .count: return ["type": "integer", "minimum": 0]
    case .number: return ["type": "number"]
    case .positiveNumber: return ["type": "number", "exclusiveMinimum": 0]
    case .string: return ["type": "string"]
    case .truthValue: return ["type": "boolean"]
    case .pattern: return ["type": "string", "format": "regex"]
    case .names: return names
    case .namesByName: return ["type": "object", "additionalProperties": names]
    case .types: return types
    case .values: return ["type": "array"]
    case .anything: return true
    case .identifier: return ["type": "string", "format": "uri-reference", "pattern": "^[^#]*#?$"]
    case .anchor: return ["type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"]
    case .reference: return ["type": "string", "format": "uri-reference"]
    }
  }

  private static let types: Value = {
    let name: Value = [
      "enum": ["array", "boolean", "integer", "null", "number", "object", "string"]
    ]
    let list: Value = ["type": "array", "items": name, "minItems": 1, "uniqueItems": true]
    return ["anyOf": [name, list]]
  }()
}

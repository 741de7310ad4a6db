package import Notation
package import Patterns

/// Why a value is no schema that can be used, and where in it.
package struct SchemaError: Error, Hashable, Sendable {
  /// What is wrong.
  package let problem: Problem
  /// The steps from the root of the schema to what is wrong.
  package let path: [PathStep]

  /// What can be wrong with a schema.
  package enum Problem: Hashable, Sendable {
    /// Neither an object nor a truth value.
    case notASchema
    case keyword(String, expected: Expectation)
    case unknownDialect(String)
    case remoteReference(String)
    case danglingReference(String)
    /// A chain of references and combinations that comes back without having looked at anything.
    case circle
    case duplicateIdentifier(String)
    case pattern(String, PatternError)
    case tooManySchemas(limit: Int)
    case tooDeep(limit: Int)
  }

  /// What a keyword wants as its value.
  package enum Expectation: Hashable, Sendable {
    case number, positiveNumber, count, string, truthValue, typeName
    case schema, schemas, schemasByName, names, namesByName, values, reference
  }
}

extension SchemaError {
  /// The place as a JSON pointer.
  package var pointer: String { JSONPointer.text(path) }

  /// What is wrong and, unless it is the schema as a whole, where in it.
  package var sentence: String { path.isEmpty ? message : "at '\(pointer)': \(message)" }

  /// What is wrong, as a sentence without a place.
  package var message: String {
    switch problem {
    case .notASchema: "a schema is an object, 'true' or 'false'"
    case .keyword(let name, let expected): "'\(name)' must be \(expected.phrase)"
    case .unknownDialect(let uri): "'$schema' names '\(uri)', a draft that is not read here"
    case .remoteReference(let uri): "'\(uri)' is outside this schema, and nothing is fetched"
    case .danglingReference(let reference): "the reference '\(reference)' leads nowhere"
    case .circle: "this schema refers to itself without looking at a part of the value"
    case .duplicateIdentifier(let name): "the identifier '\(name)' is given twice"
    case .pattern(let source, let error): "the pattern '\(source)' is none: \(error.message)"
    case .tooManySchemas(let limit): "there are more than \(limit) schemas in one"
    case .tooDeep(let limit): "schemas are nested deeper than \(limit)"
    }
  }

  /// What to do about it; nil where the message says it all.
  package var hint: String? {
    switch problem {
    case .keyword("items", expected: .schema): "a list of schemas is 'prefixItems'"
    case .keyword("required", _): "'required' stands beside 'properties' and lists their names"
    case .keyword("type", _):
      "types are string, number, integer, boolean, array, object and null"
    case .unknownDialect: "use https://json-schema.org/draft/2020-12/schema, or leave it out"
    case .remoteReference: "copy it under '$defs' and refer to '#/$defs/<name>'"
    case .danglingReference: "references look like '#/$defs/<name>'"
    case .circle: "let one of the schemas step down with 'properties' or 'items'"
    case .pattern(_, let error): error.hint ?? "patterns are ECMA-262 regular expressions"
    case .notASchema, .keyword, .duplicateIdentifier, .tooManySchemas, .tooDeep: nil
    }
  }
}

extension SchemaError.Expectation {
  fileprivate var phrase: String {
    switch self {
    case .number: "a number"
    case .positiveNumber: "a number above 0"
    case .count: "a whole number from 0 up"
    case .string: "a text"
    case .truthValue: "true or false"
    case .typeName: "the name of a type, or a list of different ones"
    case .schema: "a schema"
    case .schemas: "a list of at least one schema"
    case .schemasByName: "an object whose members are schemas"
    case .names: "a list of different names"
    case .namesByName: "an object whose members are lists of names"
    case .values: "a list of values"
    case .reference: "a URI reference"
    }
  }
}

package import Notation

/// Dotprompt's short form of a schema, compiled to JSON Schema.
///
/// A map that is JSON Schema already passes through; everything else follows the reference
/// implementation, except where that answers with a schema that is none (decision 0052).
package enum Picoschema {
  /// Finds the JSON Schema of a name that is no built-in type; nil when there is none.
  package typealias Named = (String) -> Value?

  /// The built-in types, in the order in which messages list them.
  static let scalars = ["string", "number", "integer", "boolean", "null", "any"]

  /// The schema that `value` stands for, or nil where it stands for none (`null`, `""`).
  ///
  /// `path` says where in the front matter the value stands; errors and origins start there.
  package static func compile(
    _ value: Value, at path: [PathStep] = [], named: Named = { _ in nil }
  ) throws(PicoschemaError) -> CompiledSchema? {
    let outcome = withoutActuallyEscaping(named) { inspect(value, at: path, named: $0) }
    if let error = outcome.errors.first { throw error }
    return outcome.schema
  }

  /// The same without stopping at the first error: each faulty part becomes a schema for anything.
  static func inspect(
    _ value: Value, at path: [PathStep], named: @escaping Named
  ) -> (schema: CompiledSchema?, errors: [PicoschemaError]) {
    var compiler = PicoschemaCompiler(named: named)
    guard let schema = compiler.schema(value, at: path) else { return (nil, compiler.errors) }
    let compiled = CompiledSchema(
      value: schema, origins: compiler.origins, root: path, notes: compiler.notes)
    return (compiled, compiler.errors)
  }
}

/// Why a value is no Picoschema, and where in the front matter.
package struct PicoschemaError: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Problem: Hashable, Sendable {
    /// The schema itself is a list, a number or a truth value.
    case notASchema(found: String)
    /// A word that is no built-in type and no known schema.
    case unknownType(String)
    /// The word before the comma in the parenthesis is not `array`, `object` or `enum`.
    case unknownKind(String)
    /// `(enum)` without a list of values.
    case enumWithoutList(found: String)
    /// The value of a field is a list, a number or a truth value.
    case notAType(found: String)
  }
  package let problem: Problem
  /// The path in the front matter.
  package let path: [PathStep]
}

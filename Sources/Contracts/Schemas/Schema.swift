package import Notation

/// A JSON Schema, draft 2020-12 or 7, compiled once and used for any number of values.
///
/// Nothing is ever fetched: a reference leads into the schema itself or to the drafts' own
/// metaschemas, or the schema is refused.
package struct Schema: Sendable {
  /// Whether `format` is only a remark, as the drafts have it by default, or a rule.
  package enum Formats: Sendable { case annotated, asserted }

  /// The most schemas in one document.
  package static let nodeLimit = 20_000
  /// The longest path to one of them.
  package static let depthLimit = 256

  let nodes: [SchemaNode]
  /// What each node was compiled from.
  let sources: [Value]
  /// The nodes again, in the form that values are checked against.
  let tables: SchemaTables

  /// Throws on the first thing that is wrong with the schema.
  package init(_ value: Value, formats: Formats = .annotated) throws(SchemaError) {
    try self.init(value, formats: formats, remotes: { _ in nil })
  }

  /// With a way to find other documents by URI, which conformance tests need.
  init(
    _ value: Value, formats: Formats, remotes: @escaping (String) -> Value?
  ) throws(SchemaError) {
    var compiler = SchemaCompiler(formats: formats, remotes: remotes)
    try compiler.compile(value)
    nodes = compiler.nodes
    sources = compiler.sources
    tables = SchemaTables(nodes, dynamicTargets: compiler.dynamicTargets)
  }

  /// The same schema with its nodes written in another way; the index of each stays.
  init(_ schema: Schema, nodes: [SchemaNode]) {
    self.nodes = nodes
    sources = schema.sources
    tables = schema.tables
  }

  /// Whether the value is what the schema asks for; a value that cannot be checked within the
  /// limits is not.
  package func isValid(_ value: Value) -> Bool {
    var run = ValidationRun(.stoppingAtFirst)
    return tables.check(0, value, &run) && run.exhausted == nil
  }

  /// Everything in the value that breaks the schema, in the order of the value; empty if it is
  /// valid.
  package func violations(in value: Value) -> [Violation] {
    var run = ValidationRun(.collecting)
    _ = tables.check(0, value, &run)
    return run.violations
  }
}

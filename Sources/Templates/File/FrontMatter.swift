package import Notation

/// What a prompt says about itself above its template, each field of the type it must have.
///
/// A field that is absent or `null` is nil. Unknown keys stay in `raw` and are no error.
package struct FrontMatter: Sendable {
  package let name: String?
  package let variant: String?
  /// The author's own version; a number is kept as it prints.
  package let version: String?
  package let description: String?
  package let model: String?
  /// Settings of the model, passed through untouched.
  package let config: ValueMap
  /// Names of tools; nil without a `tools` key.
  package let tools: [String]?
  /// Tools that are defined in place; nil without a `toolDefs` key.
  package let toolDefs: [Value]?
  package let input: Input
  package let output: Output
  package let metadata: ValueMap
  /// Keys with a dot, split at the last one: `a.b.c: 1` is `ext["a.b"]["c"]`.
  package let ext: ValueMap
  /// The YAML as it was written.
  package let raw: ValueMap
  /// Where each part of `raw` stands in the file.
  package let document: Document

  /// The `input` field.
  package struct Input: Sendable {
    /// Values for variables that a caller leaves out.
    package let defaults: ValueMap
    /// Picoschema or JSON Schema, not yet compiled; nil where there is none.
    package let schema: Value?
  }

  /// The `output` field.
  package struct Output: Sendable {
    /// `json`, `text` or another word.
    package let format: String?
    /// Picoschema or JSON Schema, not yet compiled; nil where there is none.
    package let schema: Value?
  }

  /// The keys that Dotprompt knows; any other key is only visible in `raw`, or in `ext`.
  package static let reservedKeys = [
    "config", "description", "ext", "input", "metadata", "model", "name", "output", "raw",
    "toolDefs", "tools", "variant", "version",
  ]

  /// The partials that dynamic includes may choose from; nil without a `stet.includes` key.
  package let includes: [String]?

  /// The key of `includes`; other runtimes see an extension.
  static let includesKey = "stet.includes"
}

extension FrontMatter {
  /// Reads the fields of a parsed document; the first wrong type is the error.
  init(_ document: Document, in source: SourceText) throws(PromptError) {
    let reader = try FrontMatterReader(document, in: source)
    name = try reader.text("name")
    variant = try reader.text("variant")
    version = try reader.version()
    description = try reader.text("description")
    model = try reader.text("model")
    config = try reader.map(["config"]) ?? ValueMap()
    tools = try reader.names(["tools"])
    toolDefs = try reader.toolDefinitions()
    input = Input(
      defaults: try reader.map(["input", "default"]) ?? ValueMap(),
      schema: try reader.member("schema", of: "input"))
    output = Output(
      format: try reader.text("format", of: "output"),
      schema: try reader.member("schema", of: "output"))
    metadata = try reader.map(["metadata"]) ?? ValueMap()
    ext = reader.extensions()
    includes = try reader.names([Self.includesKey])
    raw = reader.raw
    self.document = document
  }
}

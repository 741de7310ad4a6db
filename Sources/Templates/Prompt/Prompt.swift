package import Notation

/// A prompt that can be used: its file, its template and its schemas.
package struct Prompt: Sendable {
  /// What the prompt was read from, with its front matter.
  package let file: PromptFile
  /// The tree of the body; its positions are those of the file.
  package let template: Template
  /// What callers must give; nil where anything is accepted.
  package let inputSchema: CompiledSchema?
  /// What a model must answer; nil where anything is accepted.
  package let outputSchema: CompiledSchema?
  private let environment: PromptEnvironment

  /// Reads the file of a prompt; the name is what messages call it.
  package static func parse(
    _ source: SourceText, in environment: PromptEnvironment = PromptEnvironment()
  ) throws(PromptError) -> Prompt {
    try Prompt(PromptFile.parse(source), environment)
  }

  /// Reads the template of a partial.
  package static func template(ofPartial source: SourceText) throws(PromptError) -> Template {
    try template(of: PromptFile.parsePartial(source))
  }

  private init(_ file: PromptFile, _ environment: PromptEnvironment) throws(PromptError) {
    self.file = file
    self.environment = environment
    template = try Self.template(of: file)
    inputSchema = try Self.schema("input", of: file, environment)
    outputSchema = try Self.schema("output", of: file, environment)
  }

  private static func template(of file: PromptFile) throws(PromptError) -> Template {
    do {
      return try Template.parse(file.source.bytes, part: file.body, name: file.source.name)
    } catch {
      throw PromptError(error, in: file.source)
    }
  }

  private static func schema(
    _ field: String, of file: PromptFile, _ environment: PromptEnvironment
  ) throws(PromptError) -> CompiledSchema? {
    guard let document = file.frontMatter?.document, let value = document.value[field]?["schema"]
    else { return nil }
    do {
      return try Picoschema.compile(value, at: schemaPath(field), named: environment.schema)
    } catch {
      let position = error.position(in: document) ?? file.source.position(at: 0)
      throw PromptError(.schema(error.problem), in: file.source, at: position)
    }
  }

  private static func schemaPath(_ field: String) -> [PathStep] { [.key(field), .key("schema")] }
}

extension Prompt {
  /// What goes to a runtime beside the messages: the fields of the file under those that a caller
  /// gives in `options`, schemas compiled and known tools resolved.
  ///
  /// Throws where the caller gives a schema that is none; the file's own are known to be good.
  package func metadata(
    overlaying options: ValueMap = ValueMap()
  ) throws(PromptError) -> PromptMetadata {
    var metadata = PromptMetadata(file.frontMatter)
    metadata.overlay(options)
    metadata.resolve(in: environment)
    for (field, own) in [("input", inputSchema), ("output", outputSchema)] {
      var schema = own?.value
      if let given = options[field]?["schema"] { schema = try compile(given, of: field) }
      metadata.replaceMember("schema", of: field, with: schema)
    }
    return metadata
  }

  private func compile(_ schema: Value, of field: String) throws(PromptError) -> Value? {
    do {
      let path = Self.schemaPath(field)
      return try Picoschema.compile(schema, at: path, named: environment.schema)?.value
    } catch {
      throw PromptError(
        .schema(error.problem), in: SourceText(name: "options", bytes: []), at: .start)
    }
  }
}

extension Prompt {
  /// The partials that the prompt includes, directly and through others; `load` reads one.
  ///
  /// `candidates` are what a dynamic include may name where the front matter has no list.
  package func closure(
    candidates: [String]? = nil, _ load: (String) throws(PromptError) -> SourceText?
  ) throws(PromptError) -> Closure {
    try Closure(of: template, candidates: file.frontMatter?.includes ?? candidates) {
      name throws(PromptError) in
      guard let source = try load(name) else { return nil }
      return try Self.template(ofPartial: source)
    }
  }

  /// The roles of the messages that the prompt and its partials can make together.
  package func roles(_ closure: Closure) -> [String] {
    template.roles(partials: closure.partials, candidates: file.frontMatter?.includes ?? [])
  }

  /// What the prompt and its partials read of the input and of the context.
  package func reads(_ closure: Closure) -> TemplateReads {
    template.reads(partials: closure.partials, candidates: file.frontMatter?.includes ?? [])
  }
}

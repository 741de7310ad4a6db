import Notation

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
  /// What goes to a runtime beside the messages, schemas compiled and known tools resolved.
  package let metadata: PromptMetadata

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
    template = try Self.template(of: file)
    inputSchema = try Self.schema("input", of: file, environment)
    outputSchema = try Self.schema("output", of: file, environment)
    var metadata = PromptMetadata(file.frontMatter)
    metadata.resolve(in: environment)
    metadata.replaceMember("schema", of: "input", with: inputSchema?.value)
    metadata.replaceMember("schema", of: "output", with: outputSchema?.value)
    self.metadata = metadata
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
    let path = [PathStep.key(field), .key("schema")]
    do {
      return try Picoschema.compile(value, at: path, named: environment.schema)
    } catch {
      let position = error.position(in: document) ?? file.source.position(at: 0)
      throw PromptError(.schema(error.problem), in: file.source, at: position)
    }
  }
}

extension Prompt {
  /// The partials that the prompt includes, directly and through others; `load` reads one.
  package func closure(
    _ load: (String) throws(PromptError) -> SourceText?
  ) throws(PromptError) -> Closure {
    try Closure(of: template, candidates: file.frontMatter?.includes) {
      name throws(PromptError) in
      guard let source = try load(name) else { return nil }
      return try Self.template(ofPartial: source)
    }
  }

  /// What the prompt and its partials read of the input and of the context.
  package func reads(_ closure: Closure) -> TemplateReads {
    template.reads(partials: closure.partials, candidates: file.frontMatter?.includes ?? [])
  }
}

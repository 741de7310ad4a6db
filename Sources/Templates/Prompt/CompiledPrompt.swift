package import Notation

/// A prompt with its partials, ready to be rendered any number of times, from any thread.
package struct CompiledPrompt: Sendable {
  /// What was compiled.
  package let prompt: Prompt
  /// The partials it includes.
  package let closure: Closure
  private let template: CompiledTemplate
  /// What goes to a runtime beside the messages, unless a caller's options change it.
  package let metadata: PromptMetadata
  /// Whether some template reads `@metadata`, which costs the values it holds.
  private let readsMetadata: Bool

  /// Compiles a prompt and what it includes; `load` reads a partial by name.
  ///
  /// `candidates` are the partials that a dynamic include may name where the front matter does not
  /// list them; in a registry there are none. A partial that is missing is no error before it is
  /// rendered.
  package init(
    _ prompt: Prompt, candidates: [String]? = nil,
    partials load: (String) throws(PromptError) -> SourceText?
  ) throws(PromptError) {
    self.prompt = prompt
    closure = try prompt.closure(candidates: candidates, load)
    metadata = try prompt.metadata()
    readsMetadata = prompt.reads(closure).references.contains {
      $0.source == .context && $0.steps.first == .key("metadata")
    }
    do {
      template = try CompiledTemplate(prompt.template, partials: closure.partials)
    } catch {
      throw PromptError(error, in: prompt.source(named: error.template, closure))
    }
  }

  /// Renders to messages; a caller's `options` lie over the fields of the file.
  package func render(
    _ data: PromptData, options: ValueMap = ValueMap()
  ) throws(PromptError) -> RenderedPrompt {
    let metadata = try metadata(under: options)
    var variables = metadata.defaults
    for (key, value) in data.input.entries { variables[key] = value }
    var context = ValueMap()
    if readsMetadata { context["metadata"] = metadata.variable(data) }
    for (key, value) in data.context.entries { context[key] = value }
    let input = RenderInput(
      variables: .map(variables), context: context, messages: data.messages)
    return try render(input, metadata)
  }

  /// Renders what a JSON text asks for: its bytes go straight into the messages.
  package func render(
    _ body: RenderBody, options: ValueMap = ValueMap()
  ) throws(PromptError) -> RenderedPrompt {
    if readsMetadata { return try render(body.data, options: options) }
    let metadata = try metadata(under: options)
    return try render(body.renderInput(defaults: metadata.defaults), metadata)
  }

  private func metadata(under options: ValueMap) throws(PromptError) -> PromptMetadata {
    options.isEmpty ? metadata : try prompt.metadata(overlaying: options)
  }

  private func render(
    _ input: RenderInput, _ metadata: PromptMetadata
  ) throws(PromptError) -> RenderedPrompt {
    do {
      return RenderedPrompt(metadata: metadata, rendering: try template.render(input))
    } catch {
      let source = prompt.source(named: error.template, closure)
      let position = source.position(at: error.range.lowerBound)
      throw PromptError(.rendering(error), in: source, at: position)
    }
  }
}

/// What a prompt is rendered with.
package struct PromptData: Sendable {
  /// The variables; the defaults of the prompt lie under them.
  package var input: ValueMap
  /// The conversation so far; nil where there is none.
  package var messages: [Value]?
  /// The `@` variables.
  package var context: ValueMap
  /// What `@metadata.docs` is; nil where it is nothing.
  package var documents: [Value]?

  /// Only the variables are usual.
  package init(
    input: ValueMap = ValueMap(), messages: [Value]? = nil, context: ValueMap = ValueMap(),
    documents: [Value]? = nil
  ) {
    self.input = input
    self.messages = messages
    self.context = context
    self.documents = documents
  }
}

/// A rendered prompt: messages, and what a runtime is told beside them.
package struct RenderedPrompt: Sendable {
  /// The fields of the file and of the caller.
  package let metadata: PromptMetadata
  /// The messages, with where each byte of them came from.
  package let rendering: Rendering

  /// The object that Dotprompt answers: the metadata without `input`, then `messages`.
  package var value: Value {
    var value = metadata.rendered
    value["messages"] = .list(rendering.messages.map(\.value))
    return .map(value)
  }
}

extension PromptMetadata {
  /// The values under the caller's variables.
  var defaults: ValueMap { values["input"]?["default"]?.map ?? ValueMap() }

  /// What templates read as `@metadata`.
  fileprivate func variable(_ data: PromptData) -> Value {
    var map = ValueMap([("prompt", Value.map(rendered))])
    map["docs"] = data.documents.map(Value.list)
    map["messages"] = data.messages.map(Value.list)
    return .map(map)
  }
}

extension Prompt {
  /// The source of the prompt itself, or of a partial, by the name that an error carries.
  fileprivate func source(named name: String, _ closure: Closure) -> SourceText {
    guard let partial = closure.partials.values.first(where: { $0.name == name }) else {
      return file.source
    }
    return SourceText(name: partial.name, bytes: partial.source)
  }
}

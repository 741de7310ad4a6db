import PromptRegistry
import Templates

/// Runs something of a prompt file and gives its errors the type of commands.
func promptErrors<Result>(
  _ body: () throws(PromptError) -> Result
) throws(CommandError) -> Result {
  do throws(PromptError) { return try body() } catch {
    throw .registry(.badInput(Complaint(error)))
  }
}

/// Runs something of a template, whose source shows the place.
func templateErrors<Result>(
  _ source: SourceText, _ body: () throws(TemplateError) -> Result
) throws(CommandError) -> Result {
  do throws(TemplateError) {
    return try body()
  } catch {
    throw .registry(.badInput(Complaint(PromptError(error, in: source))))
  }
}

extension CommandError {
  /// A rendering that failed, with the place in the template or in the partial that failed.
  init(_ error: RenderError, _ source: SourceText, _ partials: [String: Template]) {
    let partial = partials.values.first { $0.name == error.template }
    let source = partial.map { SourceText(name: $0.name, bytes: $0.source) } ?? source
    var complaint = Complaint(
      file: source.name, position: error.position, message: error.message, hint: error.hint)
    if error.isLimit { complaint.kind = .limit }
    complaint.excerpt = Excerpt(of: source, at: error.position).lines
    self = .registry(.badInput(complaint))
  }
}

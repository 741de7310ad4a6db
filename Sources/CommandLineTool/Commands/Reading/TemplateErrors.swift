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

/// Renders, and shows the place of a failure in the template or the partial that failed.
func renderErrors<Result>(
  _ source: SourceText, _ partials: [String: Template],
  _ body: () throws(RenderError) -> Result
) throws(CommandError) -> Result {
  do throws(RenderError) {
    return try body()
  } catch {
    let partial = partials.values.first { $0.name == error.template }
    let source = partial.map { SourceText(name: $0.name, bytes: $0.source) } ?? source
    var complaint = Complaint(
      file: source.name, position: error.position, message: error.message, hint: error.hint)
    complaint.excerpt = Excerpt(of: source, at: error.position).lines
    throw .registry(.badInput(complaint))
  }
}

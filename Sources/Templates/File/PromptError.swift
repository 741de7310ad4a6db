package import Notation

/// Why a file is no prompt, or cannot be rendered, with the place where that shows.
package struct PromptError: Error, Sendable {
  package let problem: PromptProblem
  /// The file or partial in which it stands.
  package let source: SourceText
  package let position: Position

  init(_ problem: PromptProblem, in source: SourceText, at position: Position) {
    self.problem = problem
    self.source = source
    self.position = position
  }

  /// A fault of the template, placed as everything else in the file is.
  package init(_ error: TemplateError, in source: SourceText) {
    let position = source.position(at: error.range.lowerBound)
    self.init(.template(error), in: source, at: position)
  }
}

/// Everything that can be wrong with a prompt, its schemas, its template and its rendering.
package enum PromptProblem: Error, Sendable {
  case notUTF8
  case sourceTooLarge(limit: Int)
  case frontMatterTooLarge(limit: Int)
  case invisible(Unicode.Scalar)
  case unclosedFence
  case frontMatter(NotationError)
  case frontMatterNotMap(found: String)
  case wrongType(field: String, expected: String, found: String)
  case schema(PicoschemaError.Problem)
  case template(TemplateError)
  case rendering(RenderError)
}

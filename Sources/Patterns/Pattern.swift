/// A regular expression of ECMA-262 with the `u` flag, as JSON Schema's `pattern` means it.
///
/// It may be matched by many threads at once. A match takes bounded time and memory: a pattern that
/// would need more on some text ends with an error that names the limit.
package struct Pattern: Sendable {
  /// The expression as it was written.
  package let source: String
  private let code: CompiledCode

  /// Refuses what ECMA-262 refuses with the `u` flag, and lookbehind of variable length.
  package init(_ source: String) throws(PatternError) {
    self.source = source
    let translation = try Translator.translate(source)
    code = try CompiledCode(translation)
  }

  /// Whether some part of the text matches; the ends count only if the expression says `^` and `$`.
  package func matches(_ text: String) throws(PatternError) -> Bool {
    try code.matches(text)
  }

  /// Longer expressions are refused.
  static let sourceSizeLimit = 16 << 10
  /// Groups inside one another.
  static let groupDepthLimit = 100
}

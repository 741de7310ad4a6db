/// How far a template and one rendering of it may go; past a limit comes an error that names it.
package struct TemplateLimits: Hashable, Sendable {
  /// Bytes of one source file.
  package var sourceSize = 1 << 20
  /// Blocks, partial blocks and sub-expressions inside one another.
  package var blockDepth = 64
  /// Partials inside one another while rendering.
  package var partialDepth = 32
  /// Lists and maps inside one another in an input.
  package var valueDepth = 128
  /// Bytes of one rendering, and of the text made along the way.
  package var outputSize = 8 << 20
  /// Operations of one rendering.
  package var steps = 10_000_000

  /// The limits of the format.
  package static let standard = TemplateLimits()
}

package import HTTP

/// What stands behind `/v1/prompts/`: `{name}`, `{name}@{ref}` or `{name}@{ref}/{action}`.
///
/// The name may hold slashes, raw or encoded; the first `@` ends it. Nothing is checked here that
/// `PromptName` and `Reference` check.
package struct PromptPath: Hashable, Sendable {
  /// Everything before the first `@`.
  package let name: String
  /// What stands between the `@` and the next slash; nil without an `@`.
  package let reference: String?
  /// What stands behind that slash, such as `render`; nil without one.
  package let action: String?

  /// Reads the segments behind `/v1/prompts/`; nil if there is nothing to read.
  package init?(_ segments: ArraySlice<String>) {
    let path = segments.joined(separator: "/")
    guard !path.isEmpty else { return nil }
    let (name, rest) = Self.halves(path[...], at: "@")
    self.name = String(name)
    let (reference, action) = rest.map { Self.halves($0, at: "/") } ?? (nil, nil)
    self.reference = reference.map { String($0) }
    self.action = action.map { String($0) }
  }

  /// What stands before and behind a mark, byte by byte: a mark with an accent is still the mark.
  private static func halves(
    _ text: Substring, at mark: Unicode.Scalar
  ) -> (before: Substring, behind: Substring?) {
    guard let place = text.unicodeScalars.firstIndex(of: mark) else { return (text, nil) }
    return (text[..<place], text[text.unicodeScalars.index(after: place)...])
  }

  /// Reads a whole target; nil if it is not below `/v1/prompts/`.
  package init?(_ target: Target) {
    guard target.segments.starts(with: ["v1", "prompts"]) else { return nil }
    self.init(target.segments.dropFirst(2))
  }
}

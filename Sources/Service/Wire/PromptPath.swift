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
    let halves = path.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(halves[0])
    guard halves.count == 2 else {
      reference = nil
      action = nil
      return
    }
    let rest = halves[1].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    reference = String(rest[0])
    action = rest.count == 2 ? String(rest[1]) : nil
  }

  /// Reads a whole target; nil if it is not below `/v1/prompts/`.
  package init?(_ target: Target) {
    guard target.segments.starts(with: ["v1", "prompts"]) else { return nil }
    self.init(target.segments.dropFirst(2))
  }
}

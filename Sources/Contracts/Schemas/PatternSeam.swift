// Stands in for Patterns.Pattern until that target has it.
struct Pattern: Sendable {
  let source: String
  struct Failure: Error {}
  init(_ source: String) throws {
    self.source = source
    do { _ = try Regex(source) } catch { throw Failure() }
  }
  func matches(_ text: String) throws -> Bool {
    try Regex(source).firstMatch(in: text) != nil
  }
}

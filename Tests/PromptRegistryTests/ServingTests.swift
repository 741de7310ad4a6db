import Ledger
import Testing

@testable import PromptRegistry

/// What a service looks at again and again.
struct ServingTests {
  @Test("a tip that is still the newest says what stands behind it now")
  func laterLook() throws {
    let bench = try Bench()
    let known = try bench.registry.tip()
    let made = try bench.git(
      "-c", "user.name=x", "-c", "user.email=x", "commit-tree", "main^{tree}", "-p", "main", "-m",
      "x")
    let unsigned = String(made.output.prefix { $0.isHexDigit })
    try #require(try bench.git("update-ref", "refs/heads/main", unsigned).status == 0)
    let later = try bench.registry.tip(after: known)
    #expect(later.entry == known.entry)
    #expect(later.refused?.number == 2)
    #expect(later.refusal != nil)
    try #require(try bench.git("update-ref", "refs/heads/main", "main~1").status == 0)
    #expect(try bench.registry.tip(after: later).refused == nil)
  }
}

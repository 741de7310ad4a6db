import Contracts
import Testing

@testable import PromptRegistry

struct ReadingTests {
  @Test("a reference says which version is meant")
  func references() throws {
    let name = try PromptName("support/triage")
    func selector(_ text: String) throws -> Reference.Selector {
      let reference = try Reference(text)
      #expect(reference.name == name)
      return reference.selector
    }
    #expect(try selector("support/triage") == .latest)
    #expect(try selector("support/triage@latest") == .latest)
    #expect(try selector("support/triage@draft") == .draft)
    #expect(try selector("support/triage@1.3.0") == .exact(SemanticVersion(1, 3, 0)))
    #expect(
      try selector("support/triage@production") == .environment(try EnvironmentName("production")))
    let range = try #require(VersionRange("^1.2"))
    #expect(try selector("support/triage@^1.2") == .range(range))
    #expect(try selector("support/triage@sha256:0123456789ab") == .digest("0123456789ab"))
  }

  @Test(
    "a text that is no reference is refused",
    arguments: [
      "", "@1.0.0", "a@", "a@1.0.0.0", "a@sha256:0123", "a@sha256:xyz", "a@@b", "A@1", "a@ 1",
    ])
  func noReferences(_ text: String) {
    #expect(throws: RegistryError.self) { try Reference(text) }
  }

  @Test("a range and latest skip what is yanked, an exact reference does not")
  func resolving() throws {
    var world = try World(["alice"])
    for text in ["one\n", "two\n"] { try world.publish("alice", "a", text) }
    let name = try PromptName("a")
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.yanking(name, SemanticVersion(1, 0, 1), why: "bad", pen)
    }
    let state = try world.state
    #expect(try state.resolve(try Reference("a")).version == SemanticVersion(1, 0, 0))
    #expect(try state.resolve(try Reference("a@^1.0")).version == SemanticVersion(1, 0, 0))
    let exact = try state.resolve(try Reference("a@1.0.1"))
    #expect(exact.yank?.why == "bad")
    let digits = exact.record.digest.description.dropFirst(7).prefix(12)
    #expect(
      try state.resolve(try Reference("a@sha256:\(digits)")).version == SemanticVersion(1, 0, 1))
    #expect(try state.frozenText(of: exact).source == Array("two\n".utf8))
    #expect(throws: RegistryError.self) { try state.resolve(try Reference("a@2")) }
    #expect(throws: RegistryError.self) { try state.resolve(try Reference("a@production")) }
    #expect(throws: RegistryError.self) { try state.resolve(try Reference("b")) }
  }

  @Test("the next number follows from the bump, and a number that is taken is refused")
  func numbers() throws {
    let used = ["1.0.0", "1.1.0", "1.1.1", "2.0.0"].compactMap { SemanticVersion($0) }
    let numbering = Numbering(used: used)
    func release(_ base: String, _ bump: Bump) -> String? {
      numbering.release(from: SemanticVersion(base), by: bump)?.description
    }
    #expect(release("2.0.0", .patch) == "2.0.1")
    #expect(release("2.0.0", .minor) == "2.1.0")
    #expect(release("1.1.0", .patch) == "1.1.2")
    #expect(release("1.1.1", .minor) == "1.2.0")
    #expect(release("1.0.0", .minor) == nil)
    #expect(release("1.1.1", .major) == nil)
    #expect(numbering.accepts(SemanticVersion(2, 0, 1), from: SemanticVersion(2, 0, 0), by: .patch))
    #expect(
      !numbering.accepts(SemanticVersion(2, 0, 2), from: SemanticVersion(2, 0, 0), by: .patch))
  }
}

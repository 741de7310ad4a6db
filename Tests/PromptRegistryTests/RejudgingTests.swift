import Contracts
import Testing

@testable import PromptRegistry

/// What is published keeps its record; today's rules may say otherwise, and that is all they do.
struct RejudgingTests {
  private func points(in world: World) throws -> [String] {
    var heard = 0
    let found = try world.state.rejudgements { done, total in
      heard = done
      #expect(done <= total)
    }
    #expect(heard == (try world.state.names().count))
    return found.map(\.line)
  }

  @Test("records that say what today's rules say are not listed")
  func agrees() throws {
    var world = try World(["alice"])
    try world.publish("alice", "support/triage", "one\n")
    try world.publish("alice", "support/triage", "two\n")
    #expect(try points(in: world).isEmpty)
  }

  @Test("a version whose roles were not counted then is listed, and stays as it was published")
  func roles() throws {
    var world = try World(["alice"])
    try world.publish("alice", "support/triage", "Answer this\n")
    try world.publish("alice", "support/triage", "{{history}}Answer this\n")
    let points = try points(in: world)
    #expect(points.count == 1)
    #expect(points[0].hasPrefix("support/triage 1.0.1: recorded as patch, today minor: /roles: "))
  }

  @Test("an author may have asked for a higher number than the verdict")
  func raised() throws {
    var world = try World(["alice"])
    try world.publish("alice", "support/triage", "one\n")
    try world.publish("alice", "support/triage", "two\n", by: .minor)
    #expect(try points(in: world).isEmpty)
  }

  @Test("another schema, another verdict and a text that is no prompt are listed")
  func differs() throws {
    var world = try World(["alice"])
    try world.publish("alice", "support/triage", "Hello {{name}}\n")
    let text = "---\ninput:\n  schema:\n    name: string\n---\nHello {{name}}\n"
    try world.publish("alice", "support/triage", text)
    try world.publish("alice", "support/broken", "{{#if x}}\n")
    let lines = try points(in: world)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("support/broken 1.0.0: cannot be read today: "))
    #expect(lines[1] == "support/triage 1.0.1: the schema of the input is read otherwise today")
    #expect(lines[2].hasPrefix("support/triage 1.0.1: recorded as patch, today "))
  }
}

import PromptRegistry
import Testing

@testable import CommandLineTool

struct ArgumentValueTests {
  @Test func `a name is read where it is given, or refused with the rule it breaks`() throws {
    var arguments = try Arguments(["support/triage", "Support"], Usage("publish [<name>…]"))
    let name: PromptName = try arguments.word("<name>")
    #expect(name.text == "support/triage")
    let error = #expect(throws: CommandError.self) {
      let _: PromptName = try arguments.word("<name>")
    }
    #expect(error.map(ErrorReport.init)?.code == .badName)
  }

  @Test func `a reference that is none is an error of its own kind`() throws {
    var arguments = try Arguments(["support/triage@"], Usage("show <ref>"))
    let error = #expect(throws: CommandError.self) {
      let _: Reference = try arguments.word("<ref>")
    }
    #expect(error.map(ErrorReport.init)?.code == .badReference)
  }
}

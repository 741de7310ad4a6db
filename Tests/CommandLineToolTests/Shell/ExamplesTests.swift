import Testing

@testable import CommandLineTool

struct ExamplesTests {
  private static let lines = CommandTable.all.commands.flatMap { command in
    command.examples.split(separator: "\n").map { (command.spokenName, String($0)) }
  }

  @Test func `every command that people type has an example`() {
    let without = CommandTable.all.commands.filter { $0.examples.isEmpty }.map { $0.spokenName }
    #expect(without == ["hook", "version"])
  }

  @Test(arguments: lines)
  func `an example is one that its command accepts`(name: String, line: String) throws {
    // What stands behind a '>' is the shell's.
    var words = try ShellWords.split(String(line.prefix { $0 != ">" }))
    #expect(words.removeFirst() == "stet")
    // Every command takes this one, and none of them sees it.
    words.removeAll { $0 == "--json" }
    let (command, behind) = try CommandTable.all.find(words)
    #expect(command.spokenName == name)
    let usage = command.parsedUsage
    _ = try command.init(
      usage.passesOn ? Arguments([], passingOn: behind, usage) : Arguments(behind, usage))
  }
}

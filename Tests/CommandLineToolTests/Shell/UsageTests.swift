import Testing

@testable import CommandLineTool

struct UsageTests {
  @Test func `a usage line declares its options`() {
    let usage = Usage(
      "render [<ref>] [-v key=value]… [--format text|json] [--raw [--escape]] [-m|--message <why>]")
    #expect(usage.name == ["render"])
    #expect(
      usage.options == [
        .init(names: ["-v"], value: "key=value", isRepeated: true),
        .init(names: ["--format"], value: "text|json", isRepeated: false),
        .init(names: ["--raw"], value: nil, isRepeated: false),
        .init(names: ["--escape"], value: nil, isRepeated: false),
        .init(names: ["-m", "--message"], value: "<why>", isRepeated: false),
      ])
    #expect(usage.words == [[.init(placeholder: "<ref>", isOptional: true, isRepeated: false)]])
  }

  @Test func `several lines of one command share their options`() {
    let usage = Usage("promote <ref>… --to <env> [--now]\npromote --all --to <env>\npromote <id>")
    #expect(usage.name == ["promote"])
    #expect(usage.options.map(\.names) == [["--to"], ["--now"], ["--all"]])
    #expect(usage.words.map { $0.map(\.placeholder) } == [["<ref>"], [], ["<id>"]])
  }

  @Test func `long names with a bar between them are different options`() {
    #expect(Usage("publish [--minor|--major]").options.map(\.names) == [["--minor"], ["--major"]])
  }

  @Test func `a name may have two words`() {
    #expect(Usage("member add <member> --role <role>…").name == ["member", "add"])
  }

  @Test func `a bare ellipsis passes everything on`() {
    #expect(Usage("git …").passesOn)
    #expect(!Usage("show <ref>…").passesOn)
  }

  @Test(arguments: CommandTable.all.commands.map { $0.parsedUsage })
  func `every command has a name and options that do not clash with those of all commands`(
    usage: Usage
  ) {
    #expect(!usage.name.isEmpty)
    let names = (usage.options + Session.usage.options).flatMap(\.names)
    #expect(Set(names).count == names.count)
  }

  @Test func `no two commands share a name`() {
    let names = CommandTable.all.commands.map { $0.name }
    #expect(Set(names).count == names.count)
  }
}

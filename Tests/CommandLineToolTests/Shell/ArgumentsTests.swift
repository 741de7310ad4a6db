import Testing

@testable import CommandLineTool

struct ArgumentsTests {
  private let usage = Usage(
    "publish [<name>…] -m|--message <what> [--tag <tag>]… [--minor|--major] [--limit <n>]")

  @Test(arguments: [
    ["a", "b", "-m", "why"], ["-m", "why", "a", "b"], ["a", "-m=why", "b"],
    ["--message=why", "--", "a", "b"], ["a", "--message", "why", "--", "b"],
  ])
  func `options and words may come in any order and options in any spelling`(
    words: [String]
  ) throws {
    var arguments = try Arguments(words, usage)
    #expect(try arguments.requiredOption("-m") == "why")
    #expect(try arguments.words("<name>") == ["a", "b"])
  }

  @Test func `what follows two dashes is never an option and one dash is a word`() throws {
    var arguments = try Arguments(["-", "-m", "--minor", "--", "--major", "-x"], usage)
    #expect(try arguments.option("-m") == "--minor")
    #expect(!arguments.flag("--minor") && !arguments.flag("--major"))
    #expect(try arguments.words("<name>") == ["-", "--major", "-x"])
  }

  @Test func `a value keeps its own equals signs and may be empty`() throws {
    var arguments = try Arguments(["-m=a=b", "--limit="], usage)
    #expect(try arguments.option("-m") == "a=b")
    #expect(try arguments.option("--limit") == "")
  }

  @Test func `only an option that says so may come again`() throws {
    var arguments = try Arguments(["--tag", "a", "--tag=b"], usage)
    #expect(try arguments.options("--tag") == ["a", "b"])
    #expect(throws: UsageError.givenTwice("--message")) {
      try Arguments(["-m", "a", "--message", "b"], usage)
    }
  }

  @Test(arguments: [
    (["--mayor"], UsageError.unknownOption("--mayor", nearest: "--major")),
    (["--quite-another"], .unknownOption("--quite-another", nearest: nil)),
    (["-m"], .missingValue(option: "-m", placeholder: "<what>")),
    (["--minor=1"], .valueForFlag("--minor")),
  ])
  func `a wrong option says what is wrong with it`(words: [String], error: UsageError) {
    #expect(throws: error) { try Arguments(words, usage) }
  }

  @Test func `two flags that exclude each other are a contradiction`() throws {
    var arguments = try Arguments(["--major", "--minor"], usage)
    let error = #expect(throws: CommandError.self) {
      try arguments.oneFlag(of: "--minor", "--major")
    }
    #expect(error.map(ErrorReport.init)?.message == "'--minor' and '--major' exclude each other")
  }

  @Test func `a number must be one`() throws {
    var arguments = try Arguments(["--limit", "ten"], usage)
    let error = #expect(throws: CommandError.self) {
      let _: Int? = try arguments.option("--limit")
    }
    #expect(
      error.map(ErrorReport.init)?.message
        == "'ten' is no value for '--limit': a whole number is needed")
  }

  @Test func `a word too many is refused`() throws {
    var arguments = try Arguments(["a", "b"], Usage("show <ref>"))
    let _: String = try arguments.word("<ref>")
    let rest = arguments
    let error = #expect(throws: CommandError.self) { try rest.finish() }
    #expect(error.map(ErrorReport.init)?.message == "'b' is one word too many")
  }
}

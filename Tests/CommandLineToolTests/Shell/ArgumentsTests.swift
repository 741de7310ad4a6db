import Testing

@testable import CommandLineTool

struct ArgumentsTests {
  private let usage = Usage(
    "publish [<name>…] -m|--message <what> [--tag <tag>]… [--minor|--major] [--limit <n>]")

  @Test(arguments: [
    ["a", "b", "-m", "why"], ["-m", "why", "a", "b"], ["a", "-m=why", "b"],
    ["--message=why", "--", "a", "b"], ["a", "--message", "why", "--", "b"],
    ["-mwhy", "a", "b"], ["a", "b", "-mwhy"],
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

  @Test func `a value keeps its own equals signs`() throws {
    var arguments = try Arguments(["-m=a=b", "--tag=c=d"], usage)
    #expect(try arguments.option("-m") == "a=b")
    #expect(try arguments.options("--tag") == ["c=d"])
    var glued = try Arguments(["-ma=b"], usage)
    #expect(try glued.option("-m") == "a=b")
  }

  @Test(arguments: [["-pqn5"], ["-p", "-qn", "5"], ["-qpn=5"], ["-qn5", "-p"]])
  func `short flags may stand in one word, of which the last may have a value`(
    words: [String]
  ) throws {
    var arguments = try Arguments(words, Usage("log [-p] [-q] [-n <count>]"))
    #expect(arguments.flag("-p") && arguments.flag("-q"))
    #expect(try arguments.option("-n") == 5)
  }

  @Test(arguments: ["--limit=", "-m="])
  func `an empty value is none`(word: String) throws {
    var arguments = try Arguments([word], usage)
    let name = String(word.dropLast())
    let error = #expect(throws: CommandError.self) {
      let _: String? = try arguments.option(name)
    }
    #expect(
      error.map(ErrorReport.init)?.message == "'' is no value for '\(name)': it is empty")
  }

  @Test func `an empty word is none, but where it is another program's`() throws {
    var arguments = try Arguments([""], Usage("show <ref>"))
    #expect(throws: CommandError.self) { let _: String = try arguments.word("<ref>") }
    var others = try Arguments([], passingOn: ["", "a"], Usage("git …"))
    #expect(try others.words("…") == ["", "a"])
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
    (["-x5"], .unknownOption("-x5", nearest: nil)), (["-x"], .unknownOption("-x", nearest: nil)),
    (["-limit", "5"], .unknownOption("-limit", nearest: "--limit")),
    (["-mwhy", "-m", "again"], .givenTwice("-m")),
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

  @Test func `standard input is read once, and a value that only ends like it is a text`() throws {
    let usage = Usage("render <ref> [-v \(Variable.placeholder)]… [--input <file>]")
    #expect(throws: UsageError.inputTwice("-v", "--input")) {
      try Arguments(["a", "-v", "q=@-", "--input", "-"], usage)
    }
    var arguments = try Arguments(["a", "-v", "q=a=@-", "--input", "-"], usage)
    let variables: [Variable] = try arguments.options("-v")
    #expect(variables.map(\.file) == [nil])
  }
}

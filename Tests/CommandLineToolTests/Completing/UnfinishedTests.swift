import PromptRegistry
import Testing

@testable import CommandLineTool

struct UnfinishedTests {
  private static func offers(_ words: String...) -> [String] {
    let unfinished = Unfinished(words, .all)
    return unfinished.offers.map(\.word).filter { $0.hasPrefix(unfinished.typed) }
  }

  private static func placeholders(_ words: String...) -> [String] {
    Unfinished(words, .all).placeholders
  }

  @Test func `a command comes first`() {
    #expect(Self.offers("ver") == ["verify", "version"])
    #expect(Self.offers("-C", "somewhere", "ver") == ["verify", "version"])
    #expect(Self.offers("policy", "s") == ["show", "set"])
  }

  @Test func `a family of commands is offered once`() {
    #expect(Self.offers("serv") == ["service", "serve"])
  }

  @Test func `the value of an option is what its usage line says`() {
    #expect(Self.placeholders("promote", "a/b", "--to", "") == ["<env>"])
    #expect(Self.placeholders("check", "--format", "") == ["text|json|junit|github"])
    #expect(Self.placeholders("-C", "") == ["<dir>"])
  }

  @Test func `a word is what any usage line has in its place`() {
    #expect(Self.placeholders("promote", "") == ["<ref>", "<id>"])
    #expect(Self.placeholders("promote", "a", "b", "") == ["<ref>"])
    #expect(Self.placeholders("env", "production", "") == ["<name>"])
  }

  @Test func `an option that was given is not offered again unless it may be`() {
    #expect(Self.offers("publish", "--mi") == ["--minor"])
    #expect(Self.offers("publish", "--minor", "--mi") == [])
    #expect(Self.offers("check", "--allow", "secret:why", "--al") == ["--allow"])
  }

  @Test func `a value that stands in the word of its option is no word of the command`() {
    #expect(Self.placeholders("promote", "--to=staging", "") == ["<ref>", "<id>"])
    #expect(Self.placeholders("log", "-pn5", "") == ["<ref>"])
    #expect(Unfinished(["-Ca", "get", ""], .all).place == "a")
  }

  @Test func `a value behind its option in the same word is completed there`() {
    let unfinished = Unfinished(["promote", "a", "--to=st"], .all)
    #expect(unfinished.placeholders == ["<env>"])
    #expect(unfinished.glued == "--to=")
    #expect(unfinished.typed == "st")
  }

  @Test(arguments: ["promote", "withdraw", "revert", "pin", "env"])
  func `what goes live by itself is no partial`(command: String) throws {
    let meant = Unfinished([command, ""], .all).namesMeant
    #expect(meant.includes(try PromptName("support/triage")))
    #expect(!meant.includes(try PromptName("support/_tone")))
    #expect(Unfinished(["show", ""], .all).namesMeant.includes(try PromptName("support/_tone")))
  }

  @Test func `options are offered where no word can follow`() {
    #expect(Self.offers("version", "").contains("--json"))
  }

  @Test func `what belongs to another program is not completed`() {
    #expect(Self.offers("git", "log", "--o") == [])
    #expect(Self.placeholders("git", "") == [])
  }

  @Test func `an unknown command offers nothing`() {
    #expect(Self.offers("nonsense", "") == [])
  }

  @Test func `the registry that is named is remembered wherever it is named`() {
    #expect(Unfinished(["-C", "a", "get", ""], .all).place == "a")
    #expect(Unfinished(["get", "-C", "a", ""], .all).place == "a")
  }
}

import Notation
import Testing

@testable import Templates

@Suite struct PromptMetadataTests {
  private func metadata(_ yaml: String) throws -> PromptMetadata {
    let source = SourceText(name: "t", bytes: Array("---\n\(yaml)\n---\nHi".utf8))
    return PromptMetadata(try PromptFile.parse(source).frontMatter)
  }

  private static func map(_ value: Value) throws -> ValueMap { try #require(value.map) }

  @Test func threeMapsAreAlwaysThere() {
    #expect(
      PromptMetadata(nil).values
        == ValueMap(["config", "ext", "metadata"].map { ($0, Value.map(ValueMap())) }))
  }

  @Test func fieldsAreAsWrittenAndUnknownOnesOnlyInRaw() throws {
    let values = try metadata("model: m\ncustom: 1\nmetadata: {a: b}\nversion: 3\na.b: 2").values
    #expect(values["model"] == "m")
    #expect(values["custom"] == nil)
    #expect(values["metadata"] == ["a": "b"])
    #expect(values["version"] == "3")
    #expect(values["ext"] == ["a": ["b": 2]])
    #expect(values["raw"]?["custom"] == 1)
    #expect(values["raw"]?["version"] == 3)
  }

  @Test func whatAnAuthorWritesAsExtOrRawIsOverwritten() throws {
    let values = try metadata("ext: 1\nraw: 2").values
    #expect(values["ext"] == [:])
    #expect(values["raw"] == ["ext": 1, "raw": 2])
  }

  @Test func aLaterFieldReplacesAnEarlierOneAndConfigIsMerged() throws {
    var metadata = try metadata("model: m\nconfig: {a: 1, b: {c: 2}}\ntools: [x]")
    metadata.overlay(
      try Self.map(["model": "n", "config": ["b": 3], "tools": ["y"], "name": nil]))
    #expect(metadata.values["model"] == "n")
    #expect(metadata.values["config"] == ["a": 1, "b": 3])
    #expect(metadata.values["tools"] == ["y"])
    #expect(metadata.values["name"] == nil)
  }

  @Test func defaultsOfTheInputAreMergedKeyByKey() throws {
    var metadata = try metadata("input: {default: {a: 1, b: 2}, schema: {a: integer}}")
    metadata.overlay(try Self.map(["input": ["default": ["b": 3]]]))
    #expect(metadata.values["input"]?["default"] == ["a": 1, "b": 3])
    #expect(metadata.values["input"]?["schema"] == ["a": "integer"])
  }

  @Test func knownToolsBecomeDefinitionsAndUnknownOnesStayNames() throws {
    var environment = PromptEnvironment()
    environment.tool = { $0 == "clock" ? ["name": "clock"] : nil }
    var metadata = try metadata("tools: [clock, other]\ntoolDefs: [{name: mine}]")
    metadata.resolve(in: environment)
    #expect(metadata.values["tools"] == ["other"])
    #expect(metadata.values["toolDefs"] == [["name": "mine"], ["name": "clock"]])
  }

  @Test func aListOfToolsGivesAListOfDefinitionsPossiblyEmpty() throws {
    var metadata = try metadata("tools: [other]")
    metadata.resolve(in: PromptEnvironment())
    #expect(metadata.values["toolDefs"] == [])
    #expect(metadata.values["tools"] == ["other"])
  }

  @Test func theSettingsOfTheModelLieUnderThoseOfTheFile() throws {
    var environment = PromptEnvironment()
    environment.modelConfig = { Value(dictionaryLiteral: ("model", .string($0)), ("topK", 1)).map }
    environment.defaultModel = "default"
    var metadata = try metadata("config: {topK: 2}")
    metadata.resolve(in: environment)
    #expect(metadata.values["config"] == ["model": "default", "topK": 2])
  }

  @Test func whatIsRenderedHasNoInputAnyMore() throws {
    #expect(try metadata("input: {default: {a: 1}}").rendered["input"] == nil)
  }
}

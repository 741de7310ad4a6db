import Notation
import TestSupport
import Testing

@testable import Templates

@Suite struct DotpromptTests {
  @Test func theSpecificationIsReadWhole() {
    guard Specs.data("dotprompt/metadata.yaml") != nil else { return }
    #expect(DotpromptCase.all.count == DotpromptCase.expectedCount)
  }

  @Test("the metadata alone is what the specification expects", arguments: DotpromptCase.all)
  func metadata(_ sample: DotpromptCase) throws {
    let prompt = try Prompt.parse(sample.source, in: sample.environment)
    var values = try prompt.metadata(overlaying: sample.options).values
    values["raw"] = nil
    #expect(values == sample.expected(without: "messages", "raw"))
  }

  @Test("the rendering is what the specification expects", arguments: DotpromptCase.all)
  func rendering(_ sample: DotpromptCase) throws {
    let prompt = try Prompt.parse(sample.source, in: sample.environment)
    let compiled = try CompiledPrompt(prompt, partials: sample.partial)
    let data = sample.data
    let rendered = try compiled.render(
      PromptData(
        input: data["input"]?.map ?? ValueMap(), messages: data["messages"]?.list,
        context: data["context"]?.map ?? ValueMap(), documents: data["docs"]?.list),
      options: sample.options)
    var expected = sample.expected(without: "input")
    var values = try #require(rendered.value.map)
    if expected["raw"] == nil { values["raw"] = nil }
    expected["messages"] = expected["messages"] ?? []
    #expect(values == expected)
  }

  @Test("the rendering of JSON is that of its values", arguments: DotpromptCase.all)
  func json(_ sample: DotpromptCase) throws {
    let prompt = try Prompt.parse(sample.source, in: sample.environment)
    let compiled = try CompiledPrompt(prompt, partials: sample.partial)
    let text = JSON.text(.map(sample.data))
    let body = try RenderBody(json: Array(text.utf8), [.input, .messages, .context, .docs])
    let rendered = try compiled.render(body, options: sample.options)
    let messages = try JSON.parse(rendered.rendering.messagesJSON)
    #expect(messages == sample.expected(without: "input")["messages"] ?? [])
  }
}

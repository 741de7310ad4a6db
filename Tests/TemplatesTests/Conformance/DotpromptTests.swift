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
}

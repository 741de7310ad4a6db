import Foundation
import Notation
import TestSupport
import Testing

@testable import Templates

/// The cases of google/dotprompt's own specification, read through our YAML.
struct DotpromptCase: CustomTestStringConvertible, Sendable {
  let suite: Value
  let test: Value
  let name: String
  var testDescription: String { name }

  /// How many cases the specification has.
  static let expectedCount = 117

  static let all: [DotpromptCase] = files.flatMap { file -> [DotpromptCase] in
    guard let data = Specs.data("dotprompt/\(file).yaml") else { return [] }
    do {
      return cases(of: try YAML.parse(Array(data)).value, in: file)
    } catch {
      print("not run: dotprompt/\(file).yaml, \(error)")
      return []
    }
  }

  private static let files = [
    "metadata", "partials", "picoschema", "unicode", "variables", "whitespace", "helpers/history",
    "helpers/ifEquals", "helpers/json", "helpers/media", "helpers/role", "helpers/section",
    "helpers/unlessEquals",
  ]

  private static func cases(of value: Value, in file: String) -> [DotpromptCase] {
    (value.list ?? []).flatMap { suite in
      (suite["tests"]?.list ?? []).enumerated().map { index, test in
        let about = test["desc"]?.string ?? "\(index)"
        let name = "\(file) \(suite["name"]?.string ?? ""): \(about)"
        return DotpromptCase(suite: suite, test: test, name: name)
      }
    }
  }

  var source: SourceText {
    SourceText(name: "template.prompt", bytes: Array((suite["template"]?.string ?? "").utf8))
  }

  var environment: PromptEnvironment {
    var environment = PromptEnvironment()
    environment.schema = { name in suite["schemas"]?[name] ?? suite["resolverSchemas"]?[name] }
    environment.tool = { name in suite["tools"]?[name] }
    return environment
  }

  func partial(_ name: String) -> SourceText? {
    let text = suite["partials"]?[name] ?? suite["resolverPartials"]?[name]
    return text?.string.map { SourceText(name: name, bytes: Array($0.utf8)) }
  }

  /// The suite's data under the test's.
  var data: ValueMap {
    var data = suite["data"]?.map ?? ValueMap()
    for (key, value) in test["data"]?.map?.entries ?? [] { data[key] = value }
    return data
  }

  var options: ValueMap { test["options"]?.map ?? ValueMap() }

  /// What is expected without these keys; three maps are there even where the case says nothing.
  func expected(without keys: String...) -> ValueMap {
    var expected = ValueMap(["config", "ext", "metadata"].map { ($0, Value.map(ValueMap())) })
    for (key, value) in test["expect"]?.map?.entries ?? [] { expected[key] = value }
    for key in keys { expected[key] = nil }
    return expected
  }
}

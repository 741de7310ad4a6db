import Foundation
import Patterns
import TestSupport
import Testing

/// What the JSON Schema suite expects of `pattern` and `patternProperties`, without a validator:
/// only groups are taken whose other keywords cannot change the answer.
@Suite struct JSONSchemaSuite {
  @Test(arguments: [
    ("pattern.json", 10), ("patternProperties.json", 8), ("optional/ecmascript-regex.json", 60),
    ("optional/non-bmp-regex.json", 12),
  ])
  func patternsMatchAsTheSuiteExpects(file: String, leastCount: Int) throws {
    guard let data = Specs.data("json-schema/draft2020-12/\(file)") else { return }
    let groups = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    var count = 0
    for group in groups {
      guard let schema = group["schema"] as? [String: Any],
        let tests = group["tests"] as? [[String: Any]], let expectation = Expectation(schema)
      else { continue }
      for test in tests {
        guard let data = test["data"], let valid = test["valid"] as? Bool else { continue }
        #expect(
          try expectation.allows(data) == valid,
          "\(group["description"] ?? ""): \(test["description"] ?? "")")
        count += 1
      }
    }
    print("\(file): \(count) expectations")
    #expect(count >= leastCount)
  }
}

/// The few keywords around patterns that the files use.
private struct Expectation {
  private let schema: [String: Any]

  init?(_ schema: [String: Any]) {
    let known: Set<String> = [
      "$schema", "type", "pattern", "patternProperties", "additionalProperties", "maximum",
    ]
    guard Set(schema.keys).isSubset(of: known) else { return nil }
    self.schema = schema
  }

  func allows(_ data: Any) throws -> Bool {
    if let type = schema["type"] as? String, !isInstance(data, of: type) { return false }
    if let maximum = schema["maximum"] as? Double, let number = data as? Double, number > maximum {
      return false
    }
    if let source = schema["pattern"] as? String, let text = data as? String {
      return try Pattern(source).matches(text)
    }
    guard let object = data as? [String: Any] else { return true }
    for (name, value) in object {
      var isCovered = false
      for (source, inner) in schema["patternProperties"] as? [String: Any] ?? [:]
      where try Pattern(source).matches(name) {
        isCovered = true
        if let isAllowed = inner as? Bool, !isAllowed { return false }
        if let inner = inner as? [String: Any], let inner = Expectation(inner),
          try !inner.allows(value)
        {
          return false
        }
      }
      if !isCovered, schema["additionalProperties"] as? Bool == false { return false }
    }
    return true
  }

  private func isInstance(_ data: Any, of type: String) -> Bool {
    switch type {
    case "string": data is String
    case "object": data is [String: Any]
    case "null": data is NSNull
    case "boolean": (data as? NSNumber).map { CFNumberLike.isBool($0) } ?? false
    case "integer": (data as? NSNumber).map { !CFNumberLike.isBool($0) } ?? false
    default: (data as? NSNumber).map { !CFNumberLike.isBool($0) } ?? false
    }
  }
}

private enum CFNumberLike {
  static func isBool(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}

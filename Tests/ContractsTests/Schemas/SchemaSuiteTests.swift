import Notation
import Testing

@testable import Contracts

@Suite struct SchemaSuiteTests {
  @Test(arguments: SchemaSuite.required)
  func `every required case of the public suite is decided as it says`(
    _ test: SchemaSuite.Case
  ) throws {
    let schema = try SchemaSuite.schema(test.schema, formats: .annotated)
    #expect(schema.isValid(test.data) == test.isValid)
    #expect(schema.violations(in: test.data).isEmpty == test.isValid)
  }

  @Test(arguments: SchemaSuite.optional.filter { $0.exception == nil })
  func `every optional case is decided as the suite says, but for known ones`(
    _ test: SchemaSuite.Case
  ) throws {
    #expect(try test.isDecidedRightly)
  }

  @Test func `the known exceptions among the optional cases are still exceptions`() {
    let cases = SchemaSuite.optional
    let exceptions = cases.filter { $0.exception != nil }
    print(
      "JSON Schema suite: \(SchemaSuite.required.count) required cases;",
      "\(cases.count - exceptions.count) of \(cases.count) optional ones")
    for test in exceptions {
      print("skipped: \(test): \(test.exception ?? "")")
      // A schema that is refused decides nothing.
      #expect((try? test.isDecidedRightly) != true)
    }
  }
}

extension SchemaSuite.Case {
  fileprivate var isDecidedRightly: Bool {
    get throws {
      let schema = try SchemaSuite.schema(schema, formats: formats)
      return schema.isValid(data) == isValid
    }
  }

  /// Why the case is not decided as the suite says; nil for nearly all.
  fileprivate var exception: String? {
    switch (file, name) {
    case ("cross-draft.json", _): "draft 2019-09 is not read here"
    case ("ecmascript-regex.json", "a variable-width lookbehind (ES2018)"):
      "PCRE2 10.42 has no lookbehind of variable width"
    default: nil
    }
  }
}

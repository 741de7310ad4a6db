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
}

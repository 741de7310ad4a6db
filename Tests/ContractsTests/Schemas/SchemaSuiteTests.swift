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

  @Test(arguments: SchemaSuite.formats)
  func `every case of the suite's formats is decided as it says`(
    _ test: SchemaSuite.Case
  ) throws {
    let schema = try SchemaSuite.schema(test.schema, formats: .asserted)
    #expect(schema.isValid(test.data) == test.isValid)
  }

  @Test(arguments: SchemaSuite.optional)
  func `every optional case is decided as the suite says`(_ test: SchemaSuite.Case) throws {
    let schema = try SchemaSuite.schema(test.schema, formats: .annotated)
    #expect(schema.isValid(test.data) == test.isValid)
  }
}

import Notation
import Testing

@testable import Contracts

/// What a verdict says of everything that is no schema.
@Suite struct ContractFactsTests {
  static func contract(_ change: (inout Contract) -> Void = { _ in }) -> Contract {
    var contract = Contract()
    contract.variables = ["a", "b"]
    contract.roles = ["system", "user"]
    contract.model = "m-1"
    contract.config = ValueMap([("temperature", 0.2)])
    contract.tools = ["search"]
    contract.outputFormat = "json"
    change(&contract)
    return contract
  }

  static func reasons(_ change: (inout Contract) -> Void) throws -> [String] {
    try VerdictTests.reasons(contract(), contract(change))
  }

  @Test func `text alone is a patch without reasons`() throws {
    let verdict = try Verdict(from: Self.contract(), to: Self.contract())
    #expect(verdict.bump == .patch)
    #expect(verdict.reasons.isEmpty)
    #expect(verdict.rules == 1)
  }

  @Test func `without a former version it is the first`() throws {
    let verdict = try Verdict(from: nil, to: .taking(["type": "string"]))
    #expect(verdict.bump == .first)
    #expect(verdict.reasons.isEmpty)
  }

  @Test func `without a schema one variable more or fewer is minor`() throws {
    #expect(
      try Self.reasons { $0.variables = ["a", "c"] } == [
        "minor /variables/b variable-removed", "minor /variables/c variable-added",
      ])
  }

  @Test func `under a schema the variables say nothing`() throws {
    var before = Contract.taking(["type": "object"])
    var after = before
    before.variables = ["a"]
    after.variables = ["b"]
    #expect(try VerdictTests.reasons(before, after).isEmpty)
  }

  @Test func `a schema where there was none is major, and none where there was one is not`() throws
  {
    let (with, without) = (Contract.taking(["type": "object"]), Contract.taking(nil))
    #expect(try VerdictTests.reasons(without, with) == ["major /input input-schema-added"])
    #expect(try VerdictTests.reasons(with, without) == ["minor /input input-schema-removed"])
  }

  @Test func `an output schema that comes or goes is major`() throws {
    let (with, without) = (Contract.giving(["type": "object"]), Contract.giving(nil))
    #expect(try VerdictTests.reasons(without, with) == ["major /output output-schema-added"])
    #expect(try VerdictTests.reasons(with, without) == ["major /output output-schema-removed"])
  }

  @Test func `another output format is major`() throws {
    #expect(
      try Self.reasons { $0.outputFormat = "text" } == ["major /output output-format-changed"])
  }

  @Test func `model, config and tools are minor`() throws {
    #expect(try Self.reasons { $0.model = nil } == ["minor /model model-changed"])
    #expect(
      try Self.reasons { $0.config = ValueMap([("temperature", 0.3), ("topK", 1)]) } == [
        "minor /config/temperature config-changed", "minor /config/topK config-changed",
      ])
    #expect(try Self.reasons { $0.tools = ["search", "fetch"] } == ["minor /tools tools-changed"])
  }

  @Test func `roles are minor, with a warning`() throws {
    let next = Self.contract { $0.roles = ["user", "system"] }
    let verdict = try Verdict(from: Self.contract(), to: next)
    #expect(verdict.bump == .minor)
    #expect(verdict.reasons.map(\.rule.isWarning) == [true])
    #expect(Rule.allCases.filter(\.isWarning) == [.rolesChanged])
  }

  @Test func `a variable with a default is not asked of callers`() throws {
    let schema = VerdictTests.closed(["a": VerdictTests.text], required: ["a"])
    var with = Contract.taking(schema)
    with.defaults = ValueMap([("a", "x")])
    #expect(
      try VerdictTests.reasons(.taking(schema), with) == [
        "minor /input/a input-became-optional", "minor /input/a input-default-changed",
      ])
    #expect(
      try VerdictTests.reasons(with, .taking(schema)) == [
        "major /input/a input-became-required", "minor /input/a input-default-changed",
      ])
  }

  @Test func `a new schema that is none is an error, an old one is a doubt`() throws {
    let (good, bad) = (Contract.taking(["type": "string"]), Contract.taking(["type": "text"]))
    #expect(throws: SchemaError.self) { try Verdict(from: good, to: bad) }
    #expect(throws: SchemaError.self) { try Verdict(from: nil, to: bad) }
    #expect(throws: SchemaError.self) { try Verdict(from: .taking(nil), to: bad) }
    #expect(try VerdictTests.reasons(bad, good) == ["major /input input-uncertain"])
  }

  @Test func `the weightiest reason comes first, then paths in order`() throws {
    let verdict = try Verdict(
      from: .taking(VerdictTests.closed(["z": ["type": "integer"], "b": VerdictTests.text])),
      to: .taking(
        VerdictTests.closed(["z": ["type": "string"], "a": true, "b": VerdictTests.number])))
    #expect(verdict.reasons.map(\.path) == ["/input/b", "/input/z", "/input/a"])
    #expect(verdict.reasons[0].before == "string")
    #expect(verdict.reasons[0].after == "number")
  }

  @Test func `a long value in a reason is only counted`() throws {
    let long = Value.list((0..<1000).map { .number(Double($0)) })
    let verdict = try Verdict(from: .taking(["enum": long]), to: .taking(["enum": [1]]))
    #expect(verdict.reasons.map(\.before) == ["3891 bytes of JSON"])
    #expect(verdict.reasons.map(\.after) == [[1]])
  }

  @Test func `every rule has an id of its own and a sentence`() {
    let ids = Rule.allCases.map(\.rawValue)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /[a-z]+(-[a-z]+)+/) != nil })
    #expect(Set(Rule.allCases.map(\.message)).count == ids.count)
  }
}

import Contracts
import Testing

@Suite struct VersionRangeTests {
  static let versions = """
    0.0.0 0.0.1 0.0.3 0.0.4 0.1.0 0.1.2 0.2.0 0.2.3 0.2.4 0.3.0 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 1.2.2 \
    1.2.3-alpha 1.2.3-beta.2 1.2.3-beta.10 1.2.3 1.2.4-beta.1 1.2.4 1.3.0-0 1.3.0 1.3.9 1.4.0 \
    1.10.0 2.0.0-0 2.0.0-beta.1 2.0.0 2.0.1-x 10.0.0
    """.split(separator: " ").compactMap { SemanticVersion(String($0)) }

  /// What npm's semver 7.6 answers for each range over `versions`.
  static let answers = [
    ("0", "0.0.0 0.0.1 0.0.3 0.0.4 0.1.0 0.1.2 0.2.0 0.2.3 0.2.4 0.3.0"),
    ("1", "1.0.0 1.0.1 1.2.0 1.2.2 1.2.3 1.2.4 1.3.0 1.3.9 1.4.0 1.10.0"),
    ("2", "2.0.0"),
    ("0.0", "0.0.0 0.0.1 0.0.3 0.0.4"),
    ("0.1", "0.1.0 0.1.2"),
    ("1.2", "1.2.0 1.2.2 1.2.3 1.2.4"),
    ("1.3", "1.3.0 1.3.9"),
    ("1.2.3", "1.2.3"),
    ("0.0.3", "0.0.3"),
    ("1.2.3-beta.2", "1.2.3-beta.2"),
    ("^0", "0.0.0 0.0.1 0.0.3 0.0.4 0.1.0 0.1.2 0.2.0 0.2.3 0.2.4 0.3.0"),
    ("^1", "1.0.0 1.0.1 1.2.0 1.2.2 1.2.3 1.2.4 1.3.0 1.3.9 1.4.0 1.10.0"),
    ("^0.0", "0.0.0 0.0.1 0.0.3 0.0.4"),
    ("^0.2", "0.2.0 0.2.3 0.2.4"),
    ("^1.2", "1.2.0 1.2.2 1.2.3 1.2.4 1.3.0 1.3.9 1.4.0 1.10.0"),
    ("^0.0.3", "0.0.3"),
    ("^0.2.3", "0.2.3 0.2.4"),
    ("^1.2.3", "1.2.3 1.2.4 1.3.0 1.3.9 1.4.0 1.10.0"),
    ("^1.2.3-beta.2", "1.2.3-beta.2 1.2.3-beta.10 1.2.3 1.2.4 1.3.0 1.3.9 1.4.0 1.10.0"),
    ("^0.0.3-a", "0.0.3"),
    ("^2.0.0-beta.1", "2.0.0-beta.1 2.0.0"),
    ("~0", "0.0.0 0.0.1 0.0.3 0.0.4 0.1.0 0.1.2 0.2.0 0.2.3 0.2.4 0.3.0"),
    ("~1", "1.0.0 1.0.1 1.2.0 1.2.2 1.2.3 1.2.4 1.3.0 1.3.9 1.4.0 1.10.0"),
    ("~0.0", "0.0.0 0.0.1 0.0.3 0.0.4"),
    ("~1.2", "1.2.0 1.2.2 1.2.3 1.2.4"),
    ("~0.2.3", "0.2.3 0.2.4"),
    ("~1.2.3", "1.2.3 1.2.4"),
    ("~1.2.3-beta.2", "1.2.3-beta.2 1.2.3-beta.10 1.2.3 1.2.4"),
    ("~2.0.0-0", "2.0.0-0 2.0.0-beta.1 2.0.0"),
  ]

  @Test(arguments: answers) func `a range holds what npm says`(text: String, held: String) throws {
    let range = try #require(VersionRange(text))
    let expected = held.split(separator: " ").compactMap { SemanticVersion(String($0)) }
    #expect(Self.versions.filter(range.contains) == expected)
    #expect(range.highest(in: Self.versions.shuffled()) == expected.last)
    #expect(range.description == text)
  }

  @Test(arguments: [
    "", "*", "v1", "1.x", ">=1", "1 || 2", "1.2.3.4", "01", "1.02", "^", "~", "^^1", "1-beta",
    "1.2-beta", " 1", "1 ", "1.2.3+b", "^1.2.3-", "1.2.3-01", "9007199254740992", "^1.", "1.",
    ".1", "^ 1", "=1.2.3", "1..2",
  ])
  func `what is none of the five forms is refused`(text: String) {
    #expect(VersionRange(text) == nil)
  }

  @Test(arguments: ["1.2.3", "1.2.3-beta.1"])
  func `three numbers without a mark name exactly one version`(text: String) {
    #expect(VersionRange(text)?.exact == SemanticVersion(text))
  }

  @Test(arguments: ["1", "1.2", "^1.2.3", "~1.2.3"])
  func `every other range is not exact`(text: String) {
    #expect(VersionRange(text)?.exact == nil)
  }

  @Test func `a range over nothing resolves to nothing`() {
    #expect(VersionRange("^1.2")?.highest(in: []) == nil)
  }
}

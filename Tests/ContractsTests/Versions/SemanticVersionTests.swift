import Contracts
import Testing

@Suite struct SemanticVersionTests {
  static let rising = """
    0.0.0 0.0.1 0.1.0 0.2.0 1.0.0-0 1.0.0-2 1.0.0-10 1.0.0-2x 1.0.0-alpha 1.0.0-alpha.1 \
    1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0-rc.1.0 1.0.0 1.0.1 \
    1.2.0 1.2.3--- 1.2.3-A 1.2.3-a 1.2.3 1.10.0 2.0.0 10.0.0 9007199254740991.0.0
    """.split(separator: " ").map(String.init)

  @Test func `versions rise in the order of semver's precedence`() throws {
    let versions = try Self.rising.map { try #require(SemanticVersion($0), "\($0)") }
    for (left, right) in zip(versions, versions.dropFirst()) {
      #expect(left < right)
      #expect(!(right < left))
    }
    #expect(versions.shuffled().sorted() == versions)
  }

  @Test(arguments: rising) func `a version prints as it was written`(text: String) {
    #expect(SemanticVersion(text)?.description == text)
  }

  @Test(arguments: [
    "", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.03", "v1.2.3", " 1.2.3", "1.2.3 ",
    "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1.2.3-a.", "1.2.3-é", "1.2.3+build", "1.2.3-a+b",
    "-1.2.3", "1.-2.3", "1.2.x", "1.2.+3", "1.2.٣", "9007199254740992.0.0", "1.2.3-a_b",
    "1.2.3-" + String(repeating: "a", count: SemanticVersion.lengthLimit),
  ])
  func `what is no strict version is refused`(text: String) {
    #expect(SemanticVersion(text) == nil)
  }

  @Test(arguments: [
    ("1.2.3", Bump.patch, "1.2.4"), ("1.2.3", .minor, "1.3.0"), ("1.2.3", .major, "2.0.0"),
    ("0.9.9", .patch, "0.9.10"), ("4.5.6", .first, "1.0.0"),
  ])
  func `a bump raises its number and clears those to the right`(
    from: String, bump: Bump, to: String
  ) {
    #expect(SemanticVersion(from)?.raised(by: bump).description == to)
  }

  @Test(arguments: [
    ("1.0.1", "1.0.0", true), ("1.0.0", "1.0.1", false), ("1.0.1", "1.0.1", false),
    ("1.1.0", "1.1.0-beta.2", false), ("1.1.0-beta.2", "1.1.0-beta.1", true),
    ("1.1.0-rc.1", "1.1.0-beta.1", false), ("1.1.0-beta.1", "1.0.1-beta.1", false),
    ("1.1.0-beta.1", "1.0.9", true),
  ])
  func `a number repeats releases, and pre-releases of its own kind`(
    later: String, earlier: String, repeats: Bool
  ) throws {
    let (later, earlier) = (SemanticVersion(later), SemanticVersion(earlier))
    #expect(try #require(later).repeats(try #require(earlier)) == repeats)
  }

  @Test func `a bump weighs patch, minor, major, first`() {
    #expect(Bump.allCases == [.patch, .minor, .major, .first])
    #expect(Bump.allCases.shuffled().sorted() == Bump.allCases)
  }
}

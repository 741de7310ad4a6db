import Contracts
import Testing

@Suite struct UsedNumbersTests {
  static func used(_ text: String) -> UsedNumbers {
    UsedNumbers(text.split(separator: " ").compactMap { SemanticVersion(String($0)) })
  }

  static let releases: [(String, String?, Bump, String)] = [
    ("", nil, .first, "1.0.0"),
    ("", nil, .patch, "1.0.0"),
    ("1.0.0", "1.0.0", .patch, "1.0.1"),
    ("1.0.0", "1.0.0", .minor, "1.1.0"),
    ("1.0.0", "1.0.0", .major, "2.0.0"),
    ("1.2.3 1.2.4 2.0.0", "1.2.3", .patch, "1.2.5"),
    ("1.2.3 1.3.0 1.4.0 1.4.2 2.0.0", "1.2.3", .minor, "1.5.0"),
    ("1.2.3 2.0.0 2.1.0", "1.2.3", .major, "3.0.0"),
    ("1.2.3 1.2.4-beta.1", "1.2.3", .patch, "1.2.4"),
    ("1.0.0", nil, .first, "2.0.0"),
  ]

  @Test(arguments: releases)
  func `a change gets the next free number of its line`(
    used: String, base: String?, bump: Bump, next: String
  ) {
    let numbers = Self.used(used)
    #expect(numbers.next(from: base.flatMap(SemanticVersion.init), by: bump).description == next)
  }

  static let preReleases: [(String, String?, Bump, String, String?)] = [
    ("", nil, .first, "beta", "1.0.0-beta.1"),
    ("1.0.0-beta.1", nil, .first, "beta", "1.0.0-beta.2"),
    ("1.4.0", "1.4.0", .major, "beta", "2.0.0-beta.1"),
    ("1.4.0 2.0.0-beta.1 2.0.0-beta.9", "1.4.0", .major, "beta", "2.0.0-beta.10"),
    ("1.4.0 2.0.0-beta.3", "1.4.0", .major, "rc", "2.0.0-rc.1"),
    ("1.4.0 2.0.0-rc.1", "1.4.0", .major, "beta", nil),
    ("1.4.0 2.0.0-beta.3", "1.4.0", .minor, "beta", "1.5.0-beta.1"),
    ("1.4.0 2.0.0-beta", "1.4.0", .major, "beta", "2.0.0-beta.1"),
    ("1.4.0 2.0.0-beta.x", "1.4.0", .major, "beta", nil),
    ("1.4.0", "1.4.0", .major, "beta.eu", "2.0.0-beta.eu.1"),
    ("1.4.0", "1.4.0", .major, "", nil),
    ("1.4.0", "1.4.0", .major, "beta+1", nil),
    ("1.4.0", "1.4.0", .major, "01", nil),
  ]

  @Test(arguments: preReleases)
  func `a pre-release rises within the core it aims at`(
    used: String, base: String?, bump: Bump, tag: String, next: String?
  ) {
    let numbers = Self.used(used)
    let number = numbers.nextPreRelease(tag, from: base.flatMap(SemanticVersion.init), by: bump)
    #expect(number?.description == next)
  }

  @Test func `the highest release is no pre-release`() {
    #expect(Self.used("1.0.0 1.10.0 1.9.0 2.0.0-rc.1").highestRelease == SemanticVersion("1.10.0"))
    #expect(Self.used("1.0.0-rc.1").highestRelease == nil)
  }
}

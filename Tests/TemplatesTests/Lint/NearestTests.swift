import Testing

@testable import Templates

@Suite struct NearestTests {
  private static let helpers = ["each", "if", "ifEquals", "json", "section", "unless"]

  @Test(
    "a typing error away is near",
    arguments: [
      ("eahc", "each"), ("iff", "if"), ("ifEqual", "ifEquals"), ("IFEQUALS", "ifEquals"),
      ("setcion", "section"), ("unles", "unless"),
    ])
  func near(_ word: String, _ meant: String) {
    #expect(Nearest.to(word, among: Self.helpers) == meant)
  }

  @Test("another word is not near", arguments: ["uppercase", "x", "", "format"])
  func far(_ word: String) {
    #expect(Nearest.to(word, among: Self.helpers) == nil)
  }
}

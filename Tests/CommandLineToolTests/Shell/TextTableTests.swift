import Testing

@testable import CommandLineTool

struct TextTableTests {
  @Test func `columns line up, also under wide letters`() {
    var table = TextTable("name", "live")
    table.add("support/triage", "1.3.0")
    table.add("東京", "2.0.0")
    #expect(
      table.lines(Ink(isOn: false)) == [
        "name            live", "support/triage  1.3.0", "東京            2.0.0",
      ])
  }

  @Test func `a table without rows has no heading either`() {
    #expect(TextTable("name").lines(Ink(isOn: false)).isEmpty)
  }
}

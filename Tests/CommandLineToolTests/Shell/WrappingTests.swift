import Testing

@testable import CommandLineTool

struct WrappingTests {
  @Test func `lines break between words and what is in brackets stays together`() {
    let usage = "  stet add <name> [--env <env>]… [--all [--now]]"
    #expect(
      usage.wrapped(to: 24, indent: "    ") == """
          stet add <name>
            [--env <env>]…
            [--all [--now]]
        """)
  }

  @Test func `line breaks of the text stay and a word longer than a line has its own`() {
    #expect("one two\n\nthree".wrapped(to: 3) == "one\ntwo\n\nthree")
    #expect("short".wrapped(to: 80) == "short")
  }
}

import Notation
import Testing

@testable import CommandLineTool

struct DiffTextTests {
  private let diff = TextDiff(from: "Be kind.\nBye\n", to: "Be very kind.\nBye\n")

  @Test func `without colours it is a plain unified diff`() {
    #expect(
      DiffText.text(diff, from: "a", to: "b", Ink(isOn: false))
        == diff.unified(from: "a", to: "b"))
  }

  @Test func `with colours only the changed words stand out`() {
    let text = DiffText.text(diff, from: "a", to: "b", Ink(isOn: true))
    #expect(text.contains("\u{1B}[1;7;32mvery \u{1B}[0m"))
    #expect(text.contains("\u{1B}[32mkind.\u{1B}[0m"))
    #expect(text.contains("\u{1B}[31mBe kind.\u{1B}[0m"))
  }

  @Test func `taken out of their colours both forms say the same`() throws {
    let (old, new) = ("one\ntwo\nthree", "one\n2\n3\nthree\n")
    let diff = TextDiff(from: old, to: new)
    let coloured = DiffText.text(diff, from: "a", to: "b", Ink(isOn: true))
    let plain = coloured.replacing(try Regex("\u{1B}\\[[0-9;]*m"), with: "")
    #expect(plain == diff.unified(from: "a", to: "b"))
  }

  @Test func `what hides in a text is made visible`() {
    let diff = TextDiff(from: "safe\n", to: "sa\u{202E}fe\n")
    for isOn in [false, true] {
      let text = DiffText.text(diff, from: "a", to: "b", Ink(isOn: isOn))
      #expect(text.contains("\\u{202e}"))
      #expect(!text.unicodeScalars.contains("\u{202E}"))
    }
  }
}

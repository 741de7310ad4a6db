import Notation
import Platform
import PromptRegistry
import Testing

@testable import CommandLineTool

struct ConsoleTests {
  @Test func `the answer is handed over once, when it is asked for`() throws {
    let recorder = Recorder()
    let console = Console(
      form: .text, answers: Channel { recorder.add($0) }, talk: Channel { _ in })
    console.answer("one")
    #expect(recorder.text == "")
    try console.flush()
    try console.flush()
    #expect(recorder.text == "one\n")
  }

  @Test func `bytes that are no text arrive as they are`() throws {
    let recorder = Recorder()
    let console = Console(
      form: .text, answers: Channel { recorder.add($0) }, talk: Channel { _ in })
    console.answer(exactly: [0xff, 0x00, 0x0a])
    try console.flush()
    #expect(recorder.bytes == [0xff, 0x00, 0x0a])
  }

  @Test(arguments: [
    (PlatformError.full(subject: "standard output"), Int32(1), "the answer could not be written"),
    (.closed(subject: "standard output"), 1, "'standard output' is closed"),
    (PlatformError.closedPipe, 0, ""),
  ])
  func `an answer that is lost is no success, unless its reader has left`(
    failure: PlatformError, status: Int32, said: String
  ) {
    let talk = Recorder()
    let surroundings = Surroundings(
      now: { Timestamp(seconds: 0) }, random: { [UInt8](repeating: 0, count: $0) },
      input: { _ in [] }, answers: Channel { (_) throws(PlatformError) in throw failure },
      talk: Channel { talk.add($0) })
    #expect(Tool.run(["version"], in: surroundings) == status)
    #expect(said.isEmpty ? talk.text.isEmpty : talk.text.contains(said))
  }

  @Test(arguments: PlatformError.Kind.allCases)
  func `every kind of refusal of the system is a code`(kind: PlatformError.Kind) {
    #expect(ErrorCode(rawValue: kind.rawValue) != nil)
  }

  @Test func `progress shows on a terminal only, changes by whole percents, and goes away`() {
    let (screen, file) = (Recorder(), Recorder())
    for channel in [
      Channel(isTerminal: true) { screen.add($0) }, Channel { file.add($0) },
    ] {
      let line = ProgressLine("verifying", on: channel)
      for step in 0...400 { line.report(step, of: 400) }
      line.end()
    }
    #expect(file.text == "")
    #expect(screen.text.split(separator: "\r").count == 102)
    #expect(screen.text.hasSuffix("verifying: 400 of 400, 100 %\u{1B}[K\r\u{1B}[K"))
  }

  @Test func `text that rearranges what one sees is written out, scripts and emoji are not`() {
    #expect("a\u{202E}b\u{7}".visible == "a\\u{202e}b\\u{7}")
    let honest = "naïve\tعربى 👩\u{200D}💻 ❤\u{FE0F}\n"
    #expect(honest.visible == honest)
  }
}

import Foundation
import Notation
import TestSupport
import Testing

struct ScriptTests {
  private static let folder =
    Checkout.root.appendingPathComponent("Tests/CommandLineToolTests/Scripts")
  private static let updates = ProcessInfo.processInfo.environment["STET_UPDATE"] == "1"

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".script") }.sorted()
  }()

  @Test func `there are scripts`() { #expect(!Self.names.isEmpty) }

  @Test(arguments: names)
  func `every command of a script answers what the script says`(name: String) throws {
    let url = Self.folder.appendingPathComponent(name)
    let kept = try String(contentsOf: url, encoding: .utf8)
    let script = try Script(kept)
    var played = script
    let stage = try Stage()
    for index in played.steps.indices {
      played.steps[index].result = try stage.play(played.steps[index])
    }
    guard played.text != kept else { return }
    let diff = TextDiff(from: kept, to: played.text).unified(from: name, to: "what happened")
    if Self.updates || script.isNew {
      try played.text.write(to: url, atomically: true, encoding: .utf8)
      Issue.record("\(name) is written anew, read it before you keep it:\n\(diff)")
    } else {
      Issue.record("\(name) differs; STET_UPDATE=1 writes it anew:\n\(diff)")
    }
  }

  @Test func `a script is written as it was read`() throws {
    let text = """
      # a remark

      $ stet version
      > stet
      >
      >|no line feed
      ! talk
      = 2

      $ write file
      < content

      """
    #expect(try Script(text).text == text)
  }

  @Test(arguments: [
    "> an answer without a command\n", "$ stet\n\n> an answer after a gap\n", "stet\n",
  ])
  func `a line that belongs to no command is refused`(text: String) {
    #expect(throws: Script.BadLine.self) { try Script(text) }
  }
}

import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

/// The commands that the pages show, as their readers would type them.
struct DocumentedCommandsTests {
  /// A command line of a page.
  struct Shown: Hashable, CustomTestStringConvertible {
    let page: String
    let line: String
    var testDescription: String { "\(page): \(line)" }
  }

  private static let pages = [
    "README.md", "docs/cases.md", "docs/ci.md", "docs/compatibility.md", "docs/format.md",
    "docs/git-hosts.md", "docs/http.md", "docs/incident.md", "docs/lint.md", "docs/operate.md",
    "docs/pinning.md", "docs/tokens.md", "docs/trust.md",
  ]
  private static let runbook = "docs/incident.md"

  /// What pages write in the place of something that their reader knows.
  private static let placeholders = [
    ("<new url>", "ssh://git@example.com/r.git"), ("<url>", "ssh://git@example.com/r.git"),
    ("[<name>]", "support/triage"), ("<name>", "support/triage"), ("<ref>", "support/triage@1.0.0"),
    ("<commit>", String(repeating: "0", count: 40)), ("$LAST_ENTRY:$LAST_DIGEST", "$LAST"),
    ("$LAST", "184:sha256:…"), ("sha256:…", "sha256:" + String(repeating: "0", count: 64)),
    ("NAME", "support/triage"), ("VERSION", "1.1.0"), ("OLD", "1.0.0"), ("NEW", "1.1.0"),
    ("\"…\"", "\"it was rude\""), ("T09:00:00Z", "T09:10:00Z"),
  ]

  private static let shown: [Shown] = pages.flatMap { page in
    // A page that cannot be read shows nothing, which the first test notices.
    let text =
      (try? String(contentsOf: Checkout.root.appendingPathComponent(page), encoding: .utf8)) ?? ""
    let parts = text.components(separatedBy: "```")
    let lines = parts.enumerated().flatMap { index, part in
      index % 2 == 1 ? blockCommands(part) : inlineCommands(part)
    }
    return lines.map { line in
      Shown(page: page, line: placeholders.reduce(line) { $0.replacing($1.0, with: $1.1) })
    }
  }

  @Test func `the pages show commands`() {
    #expect(Set(Self.shown.map(\.page)).isSuperset(of: ["README.md", Self.runbook]))
    #expect(Self.shown.count > 80)
  }

  @Test(arguments: Set(shown).sorted { $0.testDescription < $1.testDescription })
  func `a command on a page is one that the program takes`(shown: Shown) throws {
    var words = try ShellWords.split(shown.line)
    words.removeFirst()
    if words.first == "-C" { words.removeFirst(2) }
    words.removeAll { $0 == "--json" }
    if words == ["help"] || CommandTable.all.family(of: words).count > 0 { return }
    let (command, behind) = try CommandTable.all.find(words)
    let usage = command.parsedUsage
    if shown.page != Self.runbook, behind.allSatisfy({ $0.hasPrefix("--") }), behind.count < 2 {
      // The name of a command, or of an option of it, that the sentence is about.
      return #expect(behind.allSatisfy { command.usage.contains($0) })
    }
    _ = try command.init(
      usage.passesOn ? Arguments([], passingOn: behind, usage) : Arguments(behind, usage))
  }

  @Test func `what is to be done when a prompt did harm is played by a script`() throws {
    let script = try String(
      contentsOf: Checkout.root.appendingPathComponent(
        "Tests/CommandLineToolTests/Scripts/incident.script"), encoding: .utf8)
    for shown in Self.shown where shown.page == Self.runbook {
      #expect(script.contains("$ \(shown.line)\n"), "nobody plays '\(shown.line)'")
    }
  }
}

extension DocumentedCommandsTests {
  /// The lines of a block that call `stet`, without what the shell takes for itself.
  private static func blockCommands(_ block: String) -> [String] {
    block.split(separator: "\n").compactMap { line in
      var line = line.drop { $0 == " " || $0 == "-" }
      for prefix in ["$ ", "run: "] where line.hasPrefix(prefix) {
        line = line.dropFirst(prefix.count)
      }
      guard line.hasPrefix("stet ") else { return nil }
      let end = [" #", " >", " &"].compactMap { line.firstRange(of: $0)?.lowerBound }.min()
      return line[..<(end ?? line.endIndex)].trimmingCharacters(in: .whitespaces)
    }
  }

  /// What stands between single backticks and calls `stet`.
  private static func inlineCommands(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap {
      index, part in
      guard index % 2 == 1, part.hasPrefix("stet ") else { return nil }
      return part.split { $0.isWhitespace }.joined(separator: " ")
    }
  }
}

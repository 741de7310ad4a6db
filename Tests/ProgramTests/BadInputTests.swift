import Foundation
import TestSupport
import Testing

/// Whatever somebody types or puts into a file: one error that says where and why, with the code
/// that programs go by, and nothing is written.
@Suite struct BadInputTests {
  /// A draft that cannot be published.
  struct BadFile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let code: String
    /// What the error says, the place among it.
    let words: String

    init(_ name: String, _ text: String, _ code: String, _ words: String) {
      self.init(name, Array(text.utf8), code, words)
    }

    init(_ name: String, _ bytes: [UInt8], _ code: String, _ words: String) {
      self.name = name
      self.bytes = bytes
      self.code = code
      self.words = words
    }

    var testDescription: String { "\(name): \(words)" }
  }

  static let files = [
    BadFile("area/Upper.prompt", "Hi", "bad-name", "area/Upper"),
    BadFile("variant.fr.prompt", "Hi", "bad-name", "variant.fr"),
    BadFile("con.prompt", "Hi", "bad-name", "con"),
    BadFile("zero.prompt", "Hello \0 you", "bad-input", "prompts/zero.prompt:1:7"),
    BadFile("hidden.prompt", "Hi \u{202E}you", "bad-input", "prompts/hidden.prompt:1:4"),
    BadFile("bytes.prompt", [72, 105, 0xff], "bad-input", "prompts/bytes.prompt:1:3"),
    BadFile("wide.prompt", [0xff, 0xfe, 72, 0], "bad-input", "prompts/wide.prompt:1:1"),
    BadFile(
      "huge.prompt", [UInt8](repeating: 97, count: 2 << 20), "limit",
      "huge.prompt' has more than 1048576 bytes"),
    BadFile(
      "anchor.prompt", "---\nmodel: &a b\n---\nHi", "bad-input", "prompts/anchor.prompt:2:8"),
    BadFile(
      "twice.prompt", "---\nmodel: a\nmodel: b\n---\nHi", "bad-input", "prompts/twice.prompt:3:1"
    ),
    BadFile("tab.prompt", "---\n\tmodel: a\n---\nHi", "bad-input", "prompts/tab.prompt:2:2"),
    BadFile("open.prompt", "Hi {{#if a}}", "bad-input", "prompts/open.prompt:1:4"),
    BadFile("ok.cases.yaml", "a: [", "check-failed", "prompts/ok.cases.yaml:1:"),
    BadFile("ok.prompt", "<<<<<<< mine\nHi\n>>>>>>> theirs\n", "outdated-draft", "conflict"),
  ]

  @Test(arguments: files)
  func `a file that is no draft is named with the place that is wrong`(file: BadFile) throws {
    let site = try Site()
    try site.succeed("init", site.workspace, "--as", "alice")
    try site.draft("ok", "Hello\n")
    let url = URL(fileURLWithPath: "\(site.workspace)/prompts/\(file.name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(file.bytes).write(to: url)
    let outcome = try site.stet("publish", "-m", "x", "--json")
    expect(outcome, 1, file.code, file.words)
    #expect(try site.entries() == 1)
  }

  @Test func `an output that is no UTF-8 is no JSON`() throws {
    let site = try Site()
    try site.succeed("init", site.workspace, "--as", "alice")
    try site.draft("sort", "---\noutput:\n  schema:\n    team: string\n---\nSort this.\n")
    try site.succeed("publish", "-m", "First")
    let answer = URL(fileURLWithPath: "\(site.path)/answer")
    try Data(Array(#"{"team": ""#.utf8) + [0xff] + Array(#""}"#.utf8)).write(to: answer)
    let outcome = try site.stet("validate", "sort", "--output", answer.path, "--json")
    #expect(outcome.status == 1)
    #expect(outcome.text.contains(#""keyword":"json""#), "\(outcome.text) \(outcome.errors)")
    #expect(outcome.text.contains("not valid UTF-8"), "\(outcome.text)")
  }

  @Test func `a draft that is too large is a finding, and hides no other`() throws {
    let site = try Site.withRegistry()
    try site.draft("support/reply", "Say nothing.\n")
    try site.draft("support/_tone", String(repeating: "a", count: 2 << 20))
    try site.draft("support/huge", String(repeating: "a", count: 2 << 20))
    try site.draft("support/kind", "{{> support/tone}} {{name}}\n")
    let check = try site.stet("check", "--json")
    #expect(check.status == 1)
    #expect(check.text.components(separatedBy: #""id":"limit""#).count == 3, "\(check.text)")
    #expect(check.text.contains(#"support/huge.prompt","line":1,"column":1"#), "\(check.text)")
    let status = try site.stet("status", "--json")
    #expect(status.text.contains(#""name":"support/huge","state":"new""#), "\(status.errors)")
    #expect(status.text.contains(#""name":"support/reply","state":"changed""#))
    let diff = try site.stet("diff")
    #expect(diff.succeeded && diff.text.contains("+Say nothing."), "\(diff.text)")
    #expect(diff.errors.contains("prompts/support/huge.prompt:1:1: error: "), "\(diff.errors)")
    #expect(try site.stet("check", "support/huge", "--json").text.contains(#""ok":false"#))
  }

  @Test func `a pipe among the drafts is not waited for`() throws {
    let site = try Site.withRegistry()
    mkfifo("\(site.workspace)/prompts/pipe.prompt", 0o600)
    #expect(try site.stet("status").succeeded)
    let outcome = try site.stet("publish", "pipe", "-m", "x", "--json")
    expect(outcome, 1, "bad-input", "pipe.prompt")
  }

  @Test(arguments: [
    (["get", "support/reply@"], 1, "bad-reference", "nothing follows"),
    (["get", "support/reply@@1"], 1, "bad-reference", "behind '@'"),
    (["get", "support/reply@1.0.0.0"], 1, "bad-reference", "behind '@'"),
    (["get", "support/reply@sha256:12"], 1, "bad-reference", "12 digits"),
    (["get", "support/reply@9.9.9"], 1, "unknown-version", "9.9.9"),
    (["get", "support/reply@nowhere"], 1, "unknown-environment", "nowhere"),
    (["get", "suport/reply"], 1, "unknown-prompt", "suport/reply"),
    (["get", "../../etc/passwd"], 1, "bad-name", "is no name"),
    (["publish", "-m", "x\u{7}y"], 1, "bad-input", "U+0007"),
    (["publish", "-m", ""], 2, "usage", "-m"),
    (["publish", "-m", String(repeating: "x", count: 20_000)], 1, "bad-input", "16384"),
    (["publish", "-m", "a", "-m", "b"], 2, "usage", "given twice"),
    (["publish", "--minor", "--major", "-m", "x"], 2, "usage", "exclude"),
    (["publish", "--mesage", "x"], 2, "usage", "--mesage"),
    (["publish", "-m"], 2, "usage", "needs"),
    (["frobnicate"], 2, "usage", "frobnicate"),
    (["log", "--since", "yesterday"], 1, "bad-reference", "yesterday"),
  ])
  func `a wrong command is refused before anything is done`(
    words: [String], status: Int32, code: String, said: String
  ) throws {
    let site = try Site.withRegistry()
    try site.draft("support/reply", "Say nothing.\n")
    expect(try site.stet(["--json"] + words), status, code, said)
    #expect(try site.entries() == 5)
  }

  @Test func `a word that is no UTF-8 is refused before anything is done`() throws {
    let site = try Site.withRegistry()
    try site.draft("support/reply", "Say nothing.\n")
    let outcome = try Program("sh").run(
      [
        "-c", #""$0" -C "$1" publish --json -m "$(printf 'a\377b')""#, Programs.stet,
        site.workspace,
      ],
      environment: site.environment)
    expect(outcome, 1, "bad-input", "is no UTF-8")
    #expect(try site.entries() == 5)
  }

  private func expect(
    _ outcome: Program.Outcome, _ status: Int32, _ code: String, _ words: String
  ) {
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    let object = try? JSONSerialization.jsonObject(with: Data(outcome.errors.utf8))
    let error = (object as? [String: Any])?["error"] as? [String: Any]
    #expect(error?["code"] as? String == code, "\(outcome.errors)")
    #expect((error?["message"] as? String)?.contains(words) == true, "\(outcome.errors)")
  }
}

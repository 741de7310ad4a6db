import Notation
import Testing

@testable import Templates

@Suite struct TemplateParserTests {
  @Test func `a tag alone on its line takes the line with it`() throws {
    let template = try Template.parse("a\n{{#if x}}\nb\n{{else}}\nc\n{{/if}}\nd")
    #expect(template.keptTexts == ["a\n", "b\n", "c\n", "d"])
  }

  @Test func `CRLF lines are taken whole`() throws {
    let template = try Template.parse("a\r\n{{#if x}}\r\nb\r\n{{/if}}\r\nd")
    #expect(template.keptTexts == ["a\r\n", "b\r\n", "d"])
  }

  @Test func `a tilde takes all white space, Unicode's too`() throws {
    let template = try Template.parse("a \u{3000}\n{{~x~}}\u{A0} b")
    #expect(template.keptTexts == ["a", "b"])
  }

  @Test func `a partial alone on its line keeps its indentation aside`() throws {
    let template = try Template.parse("a\n  {{> p}}\nb")
    let partials = template.nodes.compactMap { node -> Partial? in
      guard case .partial(let partial) = node else { return nil }
      return partial
    }
    #expect(partials.map(\.indentation) == [2..<4])
    #expect(template.keptTexts == ["a\n", "b"])
  }

  @Test(arguments: [
    (#"\{{x}}"#, ["{{x}}"]), (#"\\{{x}}"#, [#"\"#]), (#"\\\{{x}}"#, [#"\\"#]),
    (#"a\{{x}} \{{y}}b"#, ["a", "{{x}} ", "{{y}}b"]), (#"\{{x}}{{y}}"#, ["{{x}}"]),
    (#"\ {{x}}"#, [#"\ "#]),
  ])
  func `backslashes in front of a tag make it text, or themselves`(
    source: String, texts: [String]
  ) throws {
    #expect(try Template.parse(source).keptTexts == texts)
  }

  @Test func `positions count from the beginning of the file`() throws {
    let file = Array("---\nmodel: m\n---\n{{#if x}}".utf8)
    let error = #expect(throws: TemplateError.self) {
      try Template.parse(file, part: 17..<file.count, name: "p")
    }
    #expect(error?.position == Position(offset: 17, line: 4, column: 1))
  }

  @Test func `paths keep their steps, depth and root`() throws {
    let path = try path("{{../a.[b c].d}}")
    #expect(path.depth == 1)
    #expect(path.steps.map(\.name) == ["a", "b c", "d"])
    #expect(try Self.path(of: "{{@../index}}").root == .data)
    #expect(try Self.path(of: "{{this.role}}").simpleName == nil)
    #expect(try Self.path(of: "{{[this]}}").steps.map(\.name) == ["this"])
  }

  private func path(_ source: String) throws -> TemplatePath { try Self.path(of: source) }

  private static func path(of source: String) throws -> TemplatePath {
    guard case .mustache(let mustache)? = try Template.parse(source).nodes.first else {
      throw Missing()
    }
    return mustache.call.callee
  }

  private struct Missing: Error {}
}

extension Template {
  /// The literal texts that are left, without the empty ones.
  var keptTexts: [String] {
    texts.filter { !$0.kept.isEmpty }.map { text($0.kept) }
  }
}

import Testing

@testable import Templates

@Suite struct TemplateErrorTests {
  struct Case: CustomTestStringConvertible {
    let source: String
    let line: Int
    let column: Int
    let message: String
    var hint: String?

    var testDescription: String { source }
  }

  static let cases = [
    Case(
      source: "{{#if x}}\na", line: 1, column: 1, message: "the block 'if' is never closed",
      hint: "write '{{/if}}' where the block ends"),
    Case(
      source: "{{#if x}}\n{{#each y}}{{/if}}", line: 2, column: 12,
      message: "'if' closes the block 'each', opened in line 2", hint: "write '{{/each}}'"),
    Case(
      source: "a{{/if}}", line: 1, column: 2,
      message: "'if' is closed here, but no block is open",
      hint: "open it with '{{#if}}', or remove this tag"),
    Case(
      source: "{{else}}", line: 1, column: 1, message: "this 'else' stands outside of any block"),
    Case(
      source: "{{#if x}}{{else}}{{else}}{{/if}}", line: 1, column: 18,
      message: "this block has an 'else' already"),
    Case(
      source: "{{^a}}{{else if b}}{{/a}}", line: 1, column: 7,
      message: "a block that opens with '{{^' takes a plain 'else' only",
      hint: "open it with '{{#unless …}}'"),
    Case(
      source: "{{#> p}}{{else}}{{/p}}", line: 1, column: 9, message: "a partial has no 'else'"),
    Case(
      source: #"{"a": {{x}}}"#, line: 1, column: 7,
      message: "a tag that opens with '{{' ends with '}}}'", hint: "write '{{x~}} }'"),
    Case(
      source: "{{{x}}", line: 1, column: 1,
      message: "a tag that opens with '{{{' ends with '}}'", hint: "write '}}}', or open with '{{'"
    ),
    Case(
      source: "{{#if age >= 18}}a{{/if}}", line: 1, column: 11,
      message: "'>=' is not part of the template language",
      hint: "there are no comparisons but '{{#ifEquals a b}}': pass the result in as a variable"),
    Case(source: "{{}}", line: 1, column: 3, message: "this tag is empty"),
    Case(
      source: "{{x", line: 1, column: 3,
      message: "this tag is not closed before the end of the template"),
    Case(
      source: "{{x ", line: 1, column: 1,
      message: "this tag is not closed before the end of the template"),
    Case(
      source: "{{! x", line: 1, column: 1, message: "this comment is not closed",
      hint: "a comment ends with '}}', and one that begins with '{{!--' with '--}}'"),
    Case(
      source: "{{!-- x }}", line: 1, column: 1, message: "this comment is not closed",
      hint: "a comment ends with '}}', and one that begins with '{{!--' with '--}}'"),
    Case(source: "{{\"x}}", line: 1, column: 3, message: "this text has no closing quote"),
    Case(source: "{{[x}}", line: 1, column: 3, message: "this '[' has no ']'"),
    Case(
      source: "{{a/../b}}", line: 1, column: 3,
      message: "'a/..' is not a path: '..', '.' and 'this' may only stand in front",
      hint: "write a key that is named so as '[this]'"),
    Case(
      source: "{{> a b c}}", line: 1, column: 1, message: "a partial takes one context, not 2"),
    Case(
      source: "{{#*inline}}{{/inline}}", line: 1, column: 1,
      message: "an inline partial needs a name", hint: #"write '{{#*inline "name"}}…{{/inline}}'"#),
    Case(
      source: "{{#*other \"x\"}}{{/other}}", line: 1, column: 5,
      message: "the decorator 'other' is not known",
      hint: #"the only decorator is '{{#*inline "name"}}'"#),
    Case(
      source: "{{* other}}", line: 1, column: 1, message: "the decorator 'other' is not known",
      hint: #"the only decorator is '{{#*inline "name"}}'"#),
    Case(
      source: "{{{{a}}}} {{{{/a", line: 1, column: 1, message: "the block 'a' is never closed",
      hint: "write '{{/a}}' where the block ends"),
    Case(
      source: "{{foo a=1 b}}", line: 1, column: 11,
      message: "found 'b' where the end of the tag must stand"),
    Case(
      source: "{{foo (a}}", line: 1, column: 9,
      message: "found '}' where an argument or ')' must stand"),
    Case(
      source: "{{#if x as ||}}{{/if}}", line: 1, column: 13,
      message: "found '|' where a name for the block must stand"),
  ]

  @Test(arguments: cases)
  func `a broken template says what is wrong, where, and what to write`(_ item: Case) throws {
    let error = #expect(throws: TemplateError.self) { try Template.parse(item.source) }
    #expect(error?.message == item.message)
    #expect(error?.hint == item.hint)
    #expect(error?.position.line == item.line)
    #expect(error?.position.column == item.column)
  }

  @Test func `blocks deeper than the limit are refused`() throws {
    let limit = TemplateLimits.standard.blockDepth
    func nested(_ depth: Int) -> String {
      String(repeating: "{{#if x}}", count: depth) + String(repeating: "{{/if}}", count: depth)
    }
    _ = try Template.parse(nested(limit))
    let error = #expect(throws: TemplateError.self) { try Template.parse(nested(limit + 1)) }
    #expect(error?.problem == .nestedTooDeep(limit: limit))
  }

  @Test func `a source above the limit is refused`() throws {
    let size = TemplateLimits.standard.sourceSize
    _ = try Template.parse(String(repeating: "a", count: size))
    #expect(throws: TemplateError.self) {
      try Template.parse(String(repeating: "a", count: size + 1))
    }
  }

  @Test func `bytes that are not UTF-8 are refused where they stand`() throws {
    let error = #expect(throws: TemplateError.self) {
      try Template.parse([0x61, 0x0A, 0xFF, 0x62], name: "p")
    }
    #expect(error?.problem == .notUTF8)
    #expect(error?.position.line == 2)
  }
}

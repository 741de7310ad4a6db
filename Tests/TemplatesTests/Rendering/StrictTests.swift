import Notation
import Testing

@testable import Templates

/// What Handlebars.js 4.7.7 answers to the same; `nil` where it refuses.
@Suite struct StrictTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let source: String
    var lookup = Dialect.Lookup.lenient
    var scope = Dialect.Scope.context
    let text: String?
    var testDescription: String { "\(source) \(lookup) \(scope)" }
  }

  static let cases = [
    Case(source: "{{@../root}}{{@../root.n}}", text: ""),
    Case(source: "{{#each xs}}{{@../root.n}}{{/each}}", text: "55"),
    Case(source: "{{#each xs}}{{@../../root.n}}{{/each}}", text: ""),
    Case(source: "{{#with o}}{{@../root.n}}{{/with}}", text: ""),
    Case(source: "{{#each xs}}{{#if this}}{{@../root.n}}{{/if}}{{/each}}", text: "55"),
    Case(source: "{{#each xs}}{{#with ../o}}{{@../root.n}}{{/with}}{{/each}}", text: "55"),
    Case(source: "{{a}}", lookup: .strict, scope: .enclosing, text: nil),
    Case(source: "{{a.b}}", lookup: .strict, scope: .enclosing, text: nil),
    Case(source: "{{#a}}x{{/a}}", lookup: .strict, scope: .enclosing, text: nil),
    Case(source: "{{n}}{{null}}", lookup: .strict, scope: .enclosing, text: "5"),
    Case(source: "{{#with o}}{{n}}{{/with}}", lookup: .lenient, scope: .enclosing, text: "5"),
    Case(source: "{{a}}", lookup: .lenient, scope: .enclosing, text: ""),
    Case(source: "{{a.b}}", lookup: .assumeObjects, scope: .enclosing, text: nil),
    Case(source: "{{@first}}", lookup: .strict, text: nil),
    Case(source: "{{@../index}}", lookup: .strict, text: nil),
    Case(source: "{{#with o}}{{@index}}{{/with}}", lookup: .strict, text: nil),
    Case(source: "{{#each xs}}{{@index}}{{@last}}{{/each}}", lookup: .strict, text: "0false1true"),
    Case(source: "{{#if @first}}y{{else}}n{{/if}}", lookup: .strict, text: "n"),
    Case(source: "{{@first}}", lookup: .assumeObjects, text: ""),
  ]

  @Test(arguments: cases)
  func `what is missing is missed as strictly as the dialect says`(_ item: Case) throws {
    var dialect = Dialect.handlebars
    (dialect.lookup, dialect.scope) = (item.lookup, item.scope)
    let template = try CompiledTemplate(
      Template.parse(item.source, dialect: dialect), partials: [:])
    let input = RenderInput(variables: ["xs": [1, 2], "o": ["k": 1], "n": 5, "null": nil])
    do throws(RenderError) {
      let text = try template.render(input).text
      #expect(text == item.text)
    } catch {
      #expect(item.text == nil, "\(error.message)")
    }
  }
}

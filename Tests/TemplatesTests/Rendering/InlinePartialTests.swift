import Testing

@testable import Templates

@Suite struct InlinePartialTests {
  /// What Handlebars.js 4.7.7 prints, with the partial `p` that says `file`.
  @Test(arguments: [
    ("{{#with o}}{{#*inline \"p\"}}inline{{/inline}}{{> p}}{{/with}} {{> p}}", "inline file"),
    ("{{> p}} {{#with o}}{{#*inline \"p\"}}inline{{/inline}}{{> p}}{{/with}}", "file inline"),
    ("{{#> p}}{{#*inline \"p\"}}inline{{/inline}}{{/p}}", "file"),
    ("{{#> q}}{{#*inline \"p\"}}inline{{/inline}}{{/q}}", "(inline)"),
    ("{{#> gone}}{{#*inline \"gone\"}}inline{{/inline}}block{{> gone}}{{/gone}}", "blockinline"),
  ])
  func `a definition counts in its block and in what is called from there`(
    source: String, expected: String
  ) throws {
    let partials = try ["p": Template.parse("file"), "q": Template.parse("({{> p}})")]
    let template = try CompiledTemplate(Template.parse(source), partials: partials)
    #expect(try template.render(RenderInput(variables: ["o": ["a": "b"]])).text == expected)
  }
}

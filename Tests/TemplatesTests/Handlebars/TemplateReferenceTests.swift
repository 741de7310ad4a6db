import Testing

@testable import Templates

@Suite struct TemplateReferenceTests {
  @Test(arguments: [
    ("{{a.b}} {{c}}", ["a.b", "c"]),
    (
      "{{#each items}}{{name}} {{../title}} {{this}} {{@index}}{{/each}}",
      ["items", "items[].name", "title", "items[]"]
    ),
    ("{{#each items as |item i|}}{{item.name}}{{i}}{{/each}}", ["items", "items[].name"]),
    (
      "{{#with user}}{{name}}{{#if admin}}{{../x}}{{/if}}{{/with}}",
      ["user", "user.name", "user.admin", "x"]
    ),
    ("{{#xs}}{{a}}{{/xs}}", ["xs", "xs[?].a"]),
    ("{{@root.a}} {{@user.name}} {{@key}}", ["a", "@user.name"]),
    ("{{lookup map \"k\"}} {{lookup map other}}", ["map.k", "other", "map[]"]),
    ("{{#each (lookup . \"rows\")}}{{cell}}{{/each}}", ["rows", "rows[].cell"]),
    ("{{#ifEquals a 1}}{{b}}{{else}}{{c}}{{/ifEquals}}", ["a", "b", "c"]),
    ("{{role \"user\"}}{{./role}}{{json v indent=n}}", ["role", "n", "v"]),
    ("{{#*inline \"p\"}}{{name}}{{/inline}}{{> p user}}", ["user", "user.name"]),
    ("{{#> missing}}{{a}}{{/missing}}", ["a"]),
  ])
  func `what a template reads is known without rendering`(source: String, paths: [String]) throws {
    #expect(try Template.parse(source).references.map(\.description) == paths)
  }

  @Test func `partials are followed with their context and hash`() throws {
    let partials = try [
      "row": Template.parse("{{cell}} {{title}} {{../lost}} {{> row next}}", name: "row"),
      "frame": Template.parse("<{{> @partial-block}}>", name: "frame"),
    ]
    let template = try Template.parse(
      "{{#each rows}}{{> row title=../name}}{{/each}}{{#> frame}}{{inner}}{{/frame}}")
    let references = template.references(partials: partials)
    #expect(
      references.map(\.description) == [
        "rows", "name", "rows[].cell", "name", "rows[].next", "inner",
      ])
    #expect(references[2].template == "row")
  }

  @Test func `includes are known in order, with what is dynamic`() throws {
    let template = try Template.parse(
      "{{> a}}{{#if x}}{{> b/c}}{{/if}}{{> (lookup . \"d\")}}{{#> e}}{{> @partial-block}}{{/e}}"
        + "{{#*inline \"f\"}}{{> g}}{{/inline}}{{> f}}")
    #expect(
      template.includes.map(\.target) == [
        .partial("a"), .partial("b/c"), .dynamic, .partial("e"), .partial("g"), .inline("f"),
      ])
    #expect(template.includes.map(\.hasFallback) == [false, false, false, true, false, false])
  }

  @Test func `a partial defined in a block is no include there, and one elsewhere`() throws {
    let inside = try Template.parse("{{#if a}}{{#*inline \"p\"}}x{{/inline}}{{> p}}{{/if}}")
    #expect(inside.includes.map(\.target) == [.inline("p")])
    let beside = try Template.parse("{{#if a}}{{#*inline \"p\"}}x{{/inline}}{{/if}}{{> p}}")
    #expect(beside.includes.map(\.target) == [.partial("p")])
    #expect(beside.includes.map(\.hasFallback) == [true])
    let given = try Template.parse("{{#> p}}{{#*inline \"p\"}}x{{/inline}}{{> p}}{{/p}}")
    #expect(given.includes.map(\.target) == [.partial("p"), .inline("p")])
  }
}

import Testing

@testable import Templates

@Suite struct RoleWalkTests {
  static let cases: [(String, [String])] = [
    ("", []), ("  \n", []),
    ("Answer this", ["user"]),
    (#"{{role "user"}}a"#, ["user"]),
    (#"{{role "system"}}"#, []),
    (#"{{role "system"}}a{{role "user"}}b"#, ["system", "user"]),
    (#"a{{role "system"}}b"#, ["user", "system"]),
    (#"a{{role "user"}}b"#, ["user", "user"]),
    (#" {{role "system"}}a"#, ["system"]),
    (#"{{x}}{{role "system"}}a"#, ["user", "system"]),
    ("{{history}}Answer this", ["history", "model"]),
    ("{{history}}", ["history"]),
    (#"a{{history}}{{role "user"}}b"#, ["user", "history", "user"]),
    ("<<<dotprompt:role:system>>>x", ["system"]),
    ("a <<<dotprompt:history>>> b", ["user", "history", "model"]),
    ("{{role r}}x", ["*"]),
    (#"{{role "model"}}{{media url=x}}"#, ["model"]),
    (#"{{role "model"}}{{log x}}{{! text }}"#, []),
    (#"{{#if a}}{{role "system"}}{{/if}}x"#, ["system", "user"]),
    (#"{{#if a}}{{role "system"}}{{else}}{{role "model"}}{{/if}}x"#, ["system", "model"]),
    (#"a{{#if b}}c{{/if}}d"#, ["user"]),
    (#"{{#each xs}}{{role "user"}}{{q}}{{role "model"}}{{a}}{{/each}}"#, ["user", "model"]),
    (#"{{#each xs}}{{this}}{{/each}}"#, ["user"]),
    (#"{{#each xs}}{{this}}{{role "model"}}{{/each}}"#, ["user", "model"]),
    (#"{{#each xs as |role|}}{{role}}{{/each}}"#, ["user"]),
    (#"{{> p}}x"#, ["system"]),
    (#"{{> p}}x{{> p}}y"#, ["system", "system"]),
    (#"{{#> none}}{{role "tool"}}x{{/none}}"#, ["tool"]),
    (#"{{#> around}}{{role "tool"}}x{{/around}}"#, ["user", "tool"]),
    (#"{{#*inline "i"}}{{role "model"}}{{/inline}}{{> i}}x"#, ["model"]),
    (#"{{> (lookup . "which")}}x"#, ["user", "system"]),
    (#"{{> again}}"#, ["user", "model"]),
  ]

  static let partials = [
    "p": #"{{role "system"}}"#, "around": "before {{> @partial-block}}", "plain": "-",
    "again": #"{{text}}{{role "model"}}{{#if next}}{{> again next}}{{/if}}"#,
  ]

  static func template(_ text: String, _ name: String) throws -> Template {
    let source = Array(text.utf8)
    return try Template.parse(source, part: 0..<source.count, name: name)
  }

  @Test(arguments: cases)
  func `the roles are those that messages can have`(text: String, roles: [String]) throws {
    let partials = try Dictionary(
      uniqueKeysWithValues: Self.partials.map { ($0, try Self.template($1, $0)) })
    let template = try Self.template(text, "t")
    let found = template.roles(partials: partials, candidates: ["p", "plain"])
    #expect(found == roles)
  }

  @Test func `a partial counts with what follows it`() throws {
    for (text, roles) in [("", ["user"]), ("a", ["user"]), (#"{{role "system"}}"#, ["system"])] {
      #expect(try Self.template(text, "p").rolesOfPartial(partials: [:]) == roles)
    }
  }

  @Test func `partials that multiply one another end`() throws {
    var partials: [String: Template] = ["p0": try Self.template("x", "p0")]
    for level in 1...31 {
      let text = "{{> p\(level - 1)}}{{> p\(level - 1)}}"
      partials["p\(level)"] = try Self.template(text, "p\(level)")
    }
    #expect(try Self.template("{{> p31}}", "t").roles(partials: partials) == ["user", "*"])
  }

  static let mark = #"{{#if a}}{{role "model"}}{{/if}}"#

  @Test func `a few hundred marks that may stand or not are followed`() throws {
    let text = String(repeating: Self.mark, count: 200) + "x"
    let roles = try Self.template(text, "t").roles(partials: [:])
    #expect(roles.count == 201)
    #expect(roles.filter { $0 == "model" }.count == 200)
  }

  @Test func `marks that multiply the ways end, and what was not seen is a role unknown`() throws {
    let text =
      String(repeating: Self.mark, count: 2000)
      + String(repeating: "{{#if a}}x{{/if}}", count: 2000) + #"{{role "system"}}y"#
    #expect(try Self.template(text, "t").roles(partials: [:]).last == "*")
  }

  @Test func `a long text that is included again and again is not searched again and again`() throws
  {
    let partials = ["p": try Self.template(String(repeating: "x<", count: 200_000), "p")]
    let text = String(repeating: "{{> p}}", count: 20_000)
    #expect(try Self.template(text, "t").roles(partials: partials) == ["user", "*"])
  }
}

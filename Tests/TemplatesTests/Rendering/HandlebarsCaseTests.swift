import Foundation
import Notation
import TestSupport
import Testing

@testable import Templates

/// One of the public Handlebars.js cases.
struct HandlebarsCase: Sendable, CustomTestStringConvertible {
  let value: Value

  var testDescription: String {
    "\(value["suite"]?.string ?? "") \(value["it"]?.string ?? "") \(value["number"]?.string ?? "")"
  }

  /// What Handlebars.js prints, or that it refuses.
  enum Outcome: Hashable { case text(String), refused }

  /// As Handlebars.js by itself; the case's options apply.
  var upstream: Outcome {
    value["upstream"]?["expected"]?.string.map(Outcome.text) ?? .refused
  }

  /// As Dotprompt sets Handlebars.js up.
  var dotprompt: Outcome {
    value["dotpromptMode"]?["output"]?.string.map(Outcome.text) ?? .refused
  }

  func outcome(_ dialect: Dialect) throws -> Outcome {
    var dialect = dialect
    let options = value["compileOptions"]
    if options?["strict"] == true { dialect.lookup = .strict }
    if options?["assumeObjects"] == true { dialect.lookup = .assumeObjects }
    if options?["compat"] == true { dialect.scope = .enclosing }
    if options?["preventIndent"] == true { dialect.indentation = .firstLine }
    if options?["ignoreStandalone"] == true { dialect.standaloneLines = .kept }
    if options?["knownHelpersOnly"] == true { dialect.helpers = .knownOnly }
    do {
      return .text(try rendered(dialect))
    } catch is TemplateError {
      return .refused
    } catch is RenderError {
      return .refused
    }
  }

  private func rendered(_ dialect: Dialect) throws -> String {
    var partials: [String: Template] = [:]
    for (name, source) in value["partials"]?.map?.entries.map({ $0 }) ?? [] {
      partials[name] = try Template.parse(source.string ?? "", name: name, dialect: dialect)
    }
    let source = try #require(value["template"]?.string)
    let template = try CompiledTemplate(
      Template.parse(source, dialect: dialect), partials: partials)
    let context = value["runtimeOptions"]?["data"]?.map ?? ValueMap()
    if let sparse { return try template.render(sparse).text }
    let input = RenderInput(variables: value["data"] ?? .null, context: context)
    return try template.render(input).text
  }

  /// The data with a list that has holes, which JSON spells as a map with a mark.
  private var sparse: RenderInput? {
    guard let array = value["data"]?["array"]?.map, array["!sparsearray"] != nil else { return nil }
    var builder = TapeBuilder()
    var members = [Entry](repeating: Entry(key: .none, cell: .missing), count: 4)
    for (key, member) in array.entries {
      guard let index = Int(key) else { continue }
      members[index].cell = builder.add(member)
    }
    let name = builder.add("array")
    let list = builder.tape.close(.list, &members, from: 0)
    let key = Key(builder.tape.bytes.span, offset: name.offset, count: name.count, .input)
    var root = [Entry(key: key, cell: list)]
    let variables = builder.tape.close(.map, &root, from: 0)
    return RenderInput(builder.tape, variables: variables)
  }

  static let all: [HandlebarsCase] = {
    guard let data = Specs.data("handlebars/cases.json"),
      let list = try? JSON.parse([UInt8](data)).list
    else { return [] }
    return list.map(HandlebarsCase.init)
  }()
}

@Suite struct HandlebarsCaseTests {
  @Test(arguments: HandlebarsCase.all)
  func `general Handlebars renders as Handlebars.js does`(_ item: HandlebarsCase) throws {
    #expect(try item.outcome(.handlebars) == item.upstream)
  }

  @Test(arguments: HandlebarsCase.all)
  func `Dotprompt's Handlebars renders as its reference does`(_ item: HandlebarsCase) throws {
    #expect(try item.outcome(.dotprompt) == item.dotprompt)
  }

  @Test func `the suite is whole`() {
    #expect(HandlebarsCase.all.isEmpty || HandlebarsCase.all.count == 129)
  }
}

import Notation

extension Remark {
  /// One sentence that says what is wrong.
  var message: String {
    switch self {
    case .secret(let name): "this looks like a secret: \(name)"
    case .invisible(let scalar):
      "the character \(Invisible.spelling(scalar)) cannot be seen and is refused in sources"
    case .handWrittenMarker(let marker): "'\(marker)' is written by hand"
    case .ambiguousScalar(let text, let older, let newer):
      "YAML 1.1 reads '\(text)' as \(older.phrase), YAML 1.2 as \(newer.phrase)"
    case .ambiguousKey(let text): "YAML 1.1 does not read the key '\(text)' as a text"
    case .versionNumber(let text): "the version \(text) is a number; other readers want a text"
    case .misspelledField(let key, _): "Dotprompt has no field '\(key)'"
    case .misplacedSetting(let key): "'\(key)' has no meaning at the top level"
    case .dottedField(let key): "'\(key)' is an extension, not the setting of that name"
    case .floatingModel(let model): "the model '\(model)' names neither a date nor a version"
    case .listBrackets(_, let item): "'\(item)[]' is not a type of Picoschema"
    case .flowDescription(let text):
      "'\(text)' became a property of its own: a comma ends a value within braces"
    case .nullType(let name): "'\(name)' has no type, which readers take differently"
    case .unmarkedJSONSchema: "other readers do not see that this is JSON Schema"
    case .anyAtTop: "other readers turn this into the type 'any', which JSON Schema has not"
    case .cutDescription: "the description ends at its own parenthesis"
    case .closingBrace: "a tag that opens with two braces closes with three"
    case .sectionBlock: "'section' is no block: a section lasts until the next one begins"
    case .operatorInTag(let symbol): "templates have no operator '\(symbol)'"
    case .unknownRole(let role, _): "there is no role '\(role)'"
    case .unknownHelper(let name, _): "there is no helper '\(name)'"
    case .missingPartial(let name, nil, _): "there is no partial '\(name)'"
    case .missingPartial(let name, let includer?, _):
      "there is no partial '\(name)', which '\(includer)' includes"
    case .dynamicPartial(nil): "which partial this includes is known only while rendering"
    case .dynamicPartial(let includer?):
      "which partial '\(includer)' includes is known only while rendering"
    case .helperName(let name): "'{{\(name)}}' calls the helper '\(name)', not this variable"
    case .noSchema: "the variables of the prompt are declared nowhere"
    case .undeclared(let name, nil, _): "'\(name)' is read and not declared in the input schema"
    case .undeclared(let name, let partial?, _):
      "'\(name)' is read by the partial '\(partial)' and not declared in the input schema"
    case .unused(let name): "'\(name)' is declared and never read"
    case .objectAsText(let name, _): "'\(name)' is an object and prints as '[object Object]'"
    case .plainIndex(let path): "other readers refuse the number in '\(path)'"
    }
  }

  /// What to do about it.
  var fix: String? {
    switch self {
    case .secret: "take it out and revoke it: what is published is never erased"
    case .invisible: "delete it; text around it may have been pasted with it"
    case .handWrittenMarker: "use the helper: {{role …}}, {{history}}, {{media …}}, {{section …}}"
    case .ambiguousScalar(let text, _, .number(let number)):
      "write \(JSON.text(.number(number))), or quote it: \"\(text)\""
    case .ambiguousScalar(let text, _, _): "quote it: \"\(text)\""
    case .ambiguousKey(let text): "quote it: \"\(text)\""
    case .versionNumber(let text): "quote it: \"\(text)\""
    case .misspelledField(_, let nearest): "did you mean '\(nearest)'?"
    case .misplacedSetting(let key): "put '\(key)' under 'config'"
    case .dottedField(let key): Self.nested(key)
    case .floatingModel: "name the exact model, so that a version always means the same one"
    case .listBrackets(let property, let item): "write '\(property)(array): \(item)'"
    case .flowDescription: "write the schema in block style, one property a line"
    case .nullType(let name): "write the type you mean: '\(name): string'"
    case .unmarkedJSONSchema: "add a 'type'"
    case .anyAtTop: "leave the schema out"
    case .cutDescription: "leave the inner parentheses out"
    case .closingBrace(let inner): "write '{{\(inner)~}} }' where a brace must follow"
    case .sectionBlock(let name): "write '{{section \"\(name ?? "name")\"}}' and no closing tag"
    case .operatorInTag(let symbol): Self.advice(instead: symbol)
    case .unknownHelper(let name, nil): "a variable stands alone, as in '{{\(name)}}'"
    case .unknownRole(_, let nearest), .unknownHelper(_, let nearest),
      .missingPartial(_, _, let nearest), .undeclared(_, _, let nearest):
      nearest.map { "did you mean '\($0)'?" }
    case .dynamicPartial: "list the candidates in the front matter: stet.includes: [name, name]"
    case .helperName(let name): "write '{{./\(name)}}', or rename the variable"
    case .noSchema(let schema):
      "declare them in the front matter:\n"
        + YAML.text(["input": ["schema": schema]])
    case .unused: "delete it, or read it"
    case .objectAsText(_, let written): "write '{{json \(written)}}'"
    case .plainIndex(let path): "write '\(Self.bracketed(path))'"
    }
  }

  /// `xs.[1].name` for `xs.1.name`.
  private static func bracketed(_ path: String) -> String {
    path.split(separator: ".", omittingEmptySubsequences: false)
      .map { !$0.isEmpty && $0.allSatisfy(\.isNumber) ? "[\($0)]" : String($0) }
      .joined(separator: ".")
  }

  private static func nested(_ key: String) -> String {
    let parts = key.split(separator: ".", maxSplits: 1)
    return "write '\(parts[0]):' and '\(parts.last ?? ""):' in a line under it"
  }

  private static func advice(instead symbol: String) -> String {
    switch symbol {
    case "==", "===", "=": "write '{{#ifEquals a b}}…{{/ifEquals}}'"
    case "!=", "!==": "write '{{#unlessEquals a b}}…{{/unlessEquals}}'"
    case "&&": "write one '{{#if}}' within the other"
    case "||", "??": "write '{{#if a}}…{{else if b}}…{{/if}}'"
    default: "compute it before rendering and pass the answer as a variable"
    }
  }
}

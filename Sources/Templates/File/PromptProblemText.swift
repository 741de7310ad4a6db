import Notation

extension PromptProblem {
  /// One sentence that says what was refused and by which rule.
  package var message: String {
    switch self {
    case .notUTF8: "the file is not UTF-8 from here on"
    case .sourceTooLarge(let limit): "the file is longer than \(limit) bytes"
    case .frontMatterTooLarge(let limit): "the front matter is longer than \(limit) bytes"
    case .invisible(let scalar): Remark.invisible(scalar).message
    case .unclosedFence: "the front matter that begins here has no second '---'"
    case .frontMatter(let error): "the front matter is not YAML as Stet reads it: \(error.message)"
    case .frontMatterNotMap(let found): "the front matter is \(found), not a map of fields"
    case .wrongType(let field, let expected, let found):
      "'\(field)' must be \(expected), and is \(found)"
    case .schema(let problem): problem.message
    case .template(let error): error.message
    case .rendering(let error): error.message
    }
  }

  /// What to do about it, where there is one thing to do.
  package var hint: String? {
    switch self {
    case .notUTF8: "save it as UTF-8"
    case .sourceTooLarge: nil
    case .frontMatterTooLarge: "put long texts into the template or a partial"
    case .invisible(let scalar): Remark.invisible(scalar).fix
    case .unclosedFence: "end it with a line '---'; a template must not begin with such a line"
    case .frontMatter(let error): error.hint
    case .frontMatterNotMap: "write 'model: …' and the like, one field a line"
    case .wrongType(_, let expected, _): expected == "a text" ? "quote it" : nil
    case .schema(let problem): problem.hint
    case .template(let error): error.hint
    case .rendering(let error): error.hint
    }
  }

  /// Whether the prompt or the rendering is larger, deeper or longer than is allowed.
  package var isLimit: Bool {
    switch self {
    case .sourceTooLarge, .frontMatterTooLarge: true
    case .frontMatter(let error): error.isLimit
    case .template(let error): error.problem.rule == .limit
    case .rendering(let error): error.isLimit
    case .notUTF8, .invisible, .unclosedFence, .frontMatterNotMap, .wrongType, .schema: false
    }
  }

  /// The rule of lint that the problem belongs to.
  var rule: LintRule {
    switch self {
    case .notUTF8: .encoding
    case .sourceTooLarge, .frontMatterTooLarge: .limit
    case .invisible: .invisible
    case .unclosedFence: .fence
    case .frontMatter, .frontMatterNotMap: .frontMatter
    case .wrongType: .fieldType
    case .schema: .picoschema
    case .template(let error): error.problem.rule
    case .rendering: .template
    }
  }
}

extension TemplateError.Problem {
  fileprivate var rule: LintRule {
    switch self {
    case .sourceTooLarge, .nestedTooDeep: .limit
    case .notUTF8: .encoding
    case .operatorInTag: .operatorInTag
    case .tripleClose: .closingBrace
    case .helperTakesNoBlock(.section): .sectionBlock
    case .unknownHelper: .unknownHelper
    case .unknownRole: .unknownRole
    case .unclosedTag, .unclosedComment, .unclosedString, .unclosedSegment, .emptyTag,
      .unexpectedText, .doubleCloseOfTriple, .invalidPath, .unclosedBlock, .mismatchedClose,
      .closeWithoutOpen, .elseWithoutBlock, .secondElse, .elseInPartial, .chainedElseInInverted,
      .inlineWithoutName,
      .decorator, .partialArguments, .helperNeedsBlock, .helperTakesNoBlock, .helperHasNoValue,
      .argumentCount, .argumentMissing:
      .template
    }
  }
}

extension PicoschemaError.Problem {
  fileprivate var message: String {
    switch self {
    case .notASchema(let found): "a schema is a type or a map of fields, and this is \(found)"
    case .unknownType(let type): "there is no type and no schema '\(type)'"
    case .unknownKind(let kind): "a field can be (array), (object) or (enum), not (\(kind))"
    case .enumWithoutList(let found): "the values of (enum) are a list, and this is \(found)"
    case .notAType(let found): "a field has a type or fields of its own, and this is \(found)"
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .notASchema(let found): found == "a list" ? "write one field a line" : nil
    case .unknownType(let type): Self.meant(by: type)
    case .unknownKind(let kind): Self.kind(meantBy: kind)
    case .enumWithoutList: "write 'field(enum): [ONE, OTHER]'"
    case .notAType(let found): found == "a list" ? "write 'field(array): string'" : nil
    }
  }

  private static func meant(by type: String) -> String? {
    let word = type.split(separator: " ").first.map { $0.lowercased() } ?? ""
    if type.hasSuffix("[]") { return "write 'field(array): \(type.dropLast(2))'" }
    if Picoschema.scalars.contains(type.lowercased()) { return "write '\(type.lowercased())'" }
    if Picoschema.scalars.contains(word) { return "write '\(word)', and a comma before the rest" }
    switch word {
    case "str", "text", "date", "datetime", "time", "url", "uuid": return "write 'string'"
    case "int", "long": return "write 'integer'"
    case "float", "double", "decimal": return "write 'number'"
    case "bool": return "write 'boolean'"
    case "list", "array": return "write 'field(array): string'"
    case "object", "dict", "map": return "write 'field(object):' with the fields under it"
    case "enum": return "write 'field(enum): [ONE, OTHER]'"
    default:
      return Nearest.to(type, among: Picoschema.scalars).map { "did you mean '\($0)'?" }
        ?? "the types are \(Picoschema.scalars.joined(separator: ", "))"
    }
  }

  private static func kind(meantBy kind: String) -> String? {
    if kind == "list" { return "write 'field(array): …'" }
    return Picoschema.scalars.contains(kind) ? "write 'field: \(kind)'" : nil
  }
}

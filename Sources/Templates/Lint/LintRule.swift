/// The rules of lint; the raw value is the id that outputs carry and that never changes.
package enum LintRule: String, CaseIterable, Hashable, Sendable {
  // what stops the reading of a file
  case encoding, limit, invisible, fence
  case frontMatter = "front-matter"
  case fieldType = "field-type"
  case picoschema
  case template
  // errors that have a name of their own
  case secret
  case listBrackets = "list-brackets"
  case flowDescription = "flow-description"
  case closingBrace = "closing-brace"
  case sectionBlock = "section-block"
  case operatorInTag = "operator"
  case unknownHelper = "unknown-helper"
  case unknownRole = "unknown-role"
  case missingPartial = "missing-partial"
  case dynamicPartial = "dynamic-partial"
  // what is allowed and probably not meant
  case ambiguousScalar = "ambiguous-scalar"
  case versionNumber = "version-number"
  case unknownField = "unknown-field"
  case floatingModel = "floating-model"
  case nullType = "null-type"
  case plainSchema = "plain-schema"
  case cutDescription = "cut-description"
  case helperName = "helper-name"
  case noSchema = "no-schema"
  case undeclared, unused
  case objectAsText = "object-as-text"
  case plainIndex = "plain-index"
  case handWrittenMarker = "marker"

  /// Errors stop `check` and `publish`; warnings do so with `--strict`.
  package var severity: Finding.Severity {
    switch self {
    case .encoding, .limit, .invisible, .fence, .frontMatter, .fieldType, .picoschema, .template,
      .secret, .listBrackets, .flowDescription, .closingBrace, .sectionBlock, .operatorInTag,
      .unknownHelper, .unknownRole, .missingPartial, .dynamicPartial:
      .error
    case .ambiguousScalar, .versionNumber, .unknownField, .floatingModel, .nullType, .plainSchema,
      .cutDescription, .helperName, .noSchema, .undeclared, .unused, .objectAsText, .plainIndex,
      .handWrittenMarker:
      .warning
    }
  }

  /// Whether the rule names a fault for which the parser has a general word.
  var isAboutTags: Bool {
    switch self {
    case .closingBrace, .sectionBlock, .operatorInTag, .unknownHelper, .unknownRole: true
    case .encoding, .limit, .invisible, .fence, .frontMatter, .fieldType, .picoschema, .template,
      .secret, .listBrackets, .flowDescription, .missingPartial, .dynamicPartial,
      .ambiguousScalar, .versionNumber, .unknownField, .floatingModel, .nullType, .plainSchema,
      .cutDescription, .helperName, .noSchema, .undeclared, .unused, .objectAsText, .plainIndex,
      .handWrittenMarker:
      false
    }
  }
}

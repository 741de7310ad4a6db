import Notation

/// What lint says about a place, as data; `RemarkText` has the words.
enum Remark: Hashable {
  case secret(String)
  case invisible(Unicode.Scalar)
  case handWrittenMarker(String)

  case ambiguousScalar(String, older: PlainReading, newer: PlainReading)
  case ambiguousKey(String)
  case versionNumber(String)
  case misspelledField(String, nearest: String)
  case misplacedSetting(String)
  case dottedField(String)
  case floatingModel(String)

  case listBrackets(property: String, item: String)
  case flowDescription(String)
  case nullType(String)
  case unmarkedJSONSchema
  case anyAtTop
  case cutDescription

  case closingBrace(String)
  case sectionBlock(String?)
  case operatorInTag(String)
  case unknownRole(String, nearest: String?)
  case unknownHelper(String, nearest: String?)

  case missingPartial(String, in: String?, nearest: String?)
  case dynamicPartial(in: String?)
  case helperName(String)
  case noSchema(inferred: Value)
  case undeclared(String, partial: String?, nearest: String?)
  case unused(String)
  /// What is read, and how the template writes it: within `{{#each}}` another name.
  case objectAsText(String, written: String)
  case plainIndex(String)

  /// The rule that the remark belongs to.
  var rule: LintRule {
    switch self {
    case .secret: .secret
    case .invisible: .invisible
    case .handWrittenMarker: .handWrittenMarker
    case .ambiguousScalar, .ambiguousKey: .ambiguousScalar
    case .versionNumber: .versionNumber
    case .misspelledField, .misplacedSetting, .dottedField: .unknownField
    case .floatingModel: .floatingModel
    case .listBrackets: .listBrackets
    case .flowDescription: .flowDescription
    case .nullType: .nullType
    case .unmarkedJSONSchema, .anyAtTop: .plainSchema
    case .cutDescription: .cutDescription
    case .closingBrace: .closingBrace
    case .sectionBlock: .sectionBlock
    case .operatorInTag: .operatorInTag
    case .unknownRole: .unknownRole
    case .unknownHelper: .unknownHelper
    case .missingPartial: .missingPartial
    case .dynamicPartial: .dynamicPartial
    case .helperName: .helperName
    case .noSchema: .noSchema
    case .undeclared: .undeclared
    case .unused: .unused
    case .objectAsText: .objectAsText
    case .plainIndex: .plainIndex
    }
  }

  /// Whether the excerpt may show what the remark points at.
  var subject: Excerpt.Subject {
    if case .secret = self { .starred } else { .asIs }
  }
}

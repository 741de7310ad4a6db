/// One way in which a contract can change; the ids are written into records and never change.
package enum Rule: String, CaseIterable, Sendable {
  case inputSchemaAdded = "input-schema-added"
  case inputSchemaRemoved = "input-schema-removed"
  case inputRequiredAdded = "input-required-added"
  case inputOptionalAdded = "input-optional-added"
  case inputBecameRequired = "input-became-required"
  case inputBecameOptional = "input-became-optional"
  case inputRemoved = "input-removed"
  case inputTypeChanged = "input-type-changed"
  case inputNarrowed = "input-narrowed"
  case inputWasOpen = "input-was-open"
  case inputWidened = "input-widened"
  case inputUncertain = "input-uncertain"
  case inputDefaultChanged = "input-default-changed"
  case variableAdded = "variable-added"
  case variableRemoved = "variable-removed"
  case outputSchemaAdded = "output-schema-added"
  case outputSchemaRemoved = "output-schema-removed"
  case outputFormatChanged = "output-format-changed"
  case outputPropertyAdded = "output-property-added"
  case outputPropertyRemoved = "output-property-removed"
  case outputBecameRequired = "output-became-required"
  case outputBecameOptional = "output-became-optional"
  case outputTypeChanged = "output-type-changed"
  case outputNarrowed = "output-narrowed"
  case outputWidened = "output-widened"
  case outputOpened = "output-opened"
  case outputUncertain = "output-uncertain"
  case rolesChanged = "roles-changed"
  case modelChanged = "model-changed"
  case configChanged = "config-changed"
  case toolsChanged = "tools-changed"

  /// The number of this table, written into every record that it judged; the release that judges
  /// otherwise than the one before raises it.
  package static let tableVersion = 1

  /// Who feels the change: whoever gives the input and sends the messages, or whoever reads what
  /// the model answers.
  package enum Hits: String, Sendable { case caller, consumer }
}

extension Rule {
  /// How far a change of this kind moves the number.
  package var bump: Bump {
    switch self {
    case .inputSchemaAdded, .inputRequiredAdded, .inputBecameRequired, .inputRemoved,
      .inputTypeChanged, .inputNarrowed, .inputWasOpen, .inputUncertain, .outputSchemaAdded,
      .outputSchemaRemoved, .outputFormatChanged, .outputPropertyRemoved, .outputBecameOptional,
      .outputTypeChanged, .outputWidened, .outputUncertain:
      .major
    case .inputSchemaRemoved, .inputOptionalAdded, .inputBecameOptional, .inputWidened,
      .inputDefaultChanged, .variableAdded, .variableRemoved, .outputPropertyAdded,
      .outputBecameRequired, .outputNarrowed, .outputOpened, .rolesChanged, .modelChanged,
      .configChanged, .toolsChanged:
      .minor
    }
  }

  /// Who feels it.
  package var hits: Hits {
    switch self {
    case .inputSchemaAdded, .inputSchemaRemoved, .inputRequiredAdded, .inputOptionalAdded,
      .inputBecameRequired, .inputBecameOptional, .inputRemoved, .inputTypeChanged, .inputNarrowed,
      .inputWasOpen, .inputWidened, .inputUncertain, .inputDefaultChanged, .variableAdded,
      .variableRemoved, .rolesChanged:
      .caller
    case .outputSchemaAdded, .outputSchemaRemoved, .outputFormatChanged, .outputPropertyAdded,
      .outputPropertyRemoved, .outputBecameRequired, .outputBecameOptional, .outputTypeChanged,
      .outputNarrowed, .outputWidened, .outputOpened, .outputUncertain, .modelChanged,
      .configChanged, .toolsChanged:
      .consumer
    }
  }

  /// Whether people should be told although no schema is broken.
  package var isWarning: Bool { self == .rolesChanged }

  /// What changed, as a sentence without names.
  package var message: String {
    switch self {
    case .inputSchemaAdded: "input is now held to a schema"
    case .inputSchemaRemoved: "input is no longer held to a schema"
    case .inputRequiredAdded: "a variable was added that callers must give"
    case .inputOptionalAdded: "a variable was added that callers may give"
    case .inputBecameRequired: "a variable that could be left out must now be given"
    case .inputBecameOptional: "a variable may now be left out"
    case .inputRemoved: "a variable was removed"
    case .inputTypeChanged: "a variable has another type"
    case .inputNarrowed: "fewer values are accepted than before"
    case .inputWasOpen: "any value was accepted under this name before"
    case .inputWidened: "more values are accepted than before"
    case .inputUncertain: "it cannot be shown that what was accepted still is"
    case .inputDefaultChanged: "what stands in for a missing variable changed"
    case .variableAdded: "the template reads another variable"
    case .variableRemoved: "the template no longer reads a variable"
    case .outputSchemaAdded: "output is now held to a schema"
    case .outputSchemaRemoved: "output is no longer held to a schema"
    case .outputFormatChanged: "output comes in another format"
    case .outputPropertyAdded: "output has another property"
    case .outputPropertyRemoved: "a property of the output was removed"
    case .outputBecameRequired: "a property of the output is now always there"
    case .outputBecameOptional: "a property of the output may now be missing"
    case .outputTypeChanged: "a part of the output may have another type"
    case .outputNarrowed: "output has fewer possible values than before"
    case .outputWidened: "output may have values that it could not have before"
    case .outputOpened: "output may have properties that are not named"
    case .outputUncertain: "it cannot be shown that output stays within what was promised"
    case .rolesChanged: "the messages have other roles, or another order of them"
    case .modelChanged: "another model is asked for"
    case .configChanged: "the model is configured differently"
    case .toolsChanged: "other tools are offered"
    }
  }
}

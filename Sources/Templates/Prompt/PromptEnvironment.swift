package import Notation

/// What a prompt may name and does not hold: schemas, tools, the settings of models.
///
/// A registry has none of them, since its prompts are whole; a program that embeds Stet may.
package struct PromptEnvironment: Sendable {
  /// The JSON Schema of a name in Picoschema.
  package var schema: @Sendable (String) -> Value? = { _ in nil }
  /// The definition of a tool that `tools` names.
  package var tool: @Sendable (String) -> Value? = { _ in nil }
  /// The settings that `config` overlays, by model.
  package var modelConfig: @Sendable (String) -> ValueMap? = { _ in nil }
  /// The model of a prompt that names none.
  package var defaultModel: String?

  /// Nothing is known; set what is.
  package init() {}
}

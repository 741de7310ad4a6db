package import Notation

/// What a version of a prompt promises: which input it takes, which output it asks for, and the
/// facts that its users feel when they change.
package struct Contract: Hashable, Sendable {
  /// The JSON Schema of the input; nil where any input is taken.
  package var input: Value?
  /// Values of `input.default`, which stand in for what a caller leaves out.
  package var defaults = ValueMap()
  /// The variables that the template reads, partials included; they count where no schema does.
  package var variables: Set<String> = []
  /// The JSON Schema of the output; nil where nothing is promised of it.
  package var output: Value?
  /// `json`, `text` or another word of `output.format`.
  package var outputFormat: String?
  /// The roles that messages can have, in the order of the template; `history` for the caller's.
  package var roles: [String] = []
  /// The model that the front matter names.
  package var model: String?
  /// Settings of the model, key by key.
  package var config = ValueMap()
  /// Names and definitions of tools, as the front matter gives them.
  package var tools: Value?

  /// A contract without any promise, to be filled in.
  package init() {}
}

extension Contract {
  /// The schema of what a caller must give: what has a default is not asked for.
  var askedInput: Value? {
    guard case .map(var schema)? = input, let required = schema["required"]?.list,
      !defaults.isEmpty
    else { return input }
    schema["required"] = .list(
      required.filter { name in name.string.map { defaults[$0] == nil } ?? true })
    return .map(schema)
  }
}

package import Notation

/// What goes to a runtime beside the messages: model, settings, tools, schemas, extensions.
package struct PromptMetadata: Hashable, Sendable {
  /// In Dotprompt's form: `config`, `ext` and `metadata` are always there, the rest if given.
  package private(set) var values: ValueMap

  /// The fields of a file; without front matter, the three maps that are always there.
  init(_ frontMatter: FrontMatter?) {
    values = ValueMap(["config", "ext", "metadata"].map { ($0, [:]) })
    guard let frontMatter else { return }
    for key in FrontMatter.reservedKeys {
      guard let value = frontMatter.raw[key], value != .null else { continue }
      values[key] = value
    }
    if let version = frontMatter.version { values["version"] = .string(version) }
    values["ext"] = .map(frontMatter.ext)
    values["raw"] = .map(frontMatter.raw)
  }

  /// Lays other fields over these: a later field replaces an earlier one, except that `config`
  /// and `input.default` are merged key by key.
  package mutating func overlay(_ fields: ValueMap) {
    for (key, value) in fields.entries where value != .null {
      switch key {
      case "config": values[key] = Self.merged(values[key], value)
      case "input":
        let defaults = value["default"].map { Self.merged(values[key]?["default"], $0) }
        values[key] = Self.merged(values[key], value)
        if let defaults { replaceMember("default", of: key, with: defaults) }
      default: values[key] = value
      }
    }
  }

  /// Puts the settings of the chosen model under `config`, known tools into `toolDefs`.
  mutating func resolve(in environment: PromptEnvironment) {
    let model = values["model"]?.string ?? environment.defaultModel
    if let settings = model.flatMap(environment.modelConfig) {
      values["config"] = Self.merged(.map(settings), values["config"] ?? [:])
    }
    guard let tools = values["tools"]?.list else { return }
    let known = tools.map { $0.string.flatMap(environment.tool) }
    let definitions = (values["toolDefs"]?.list ?? []) + known.compactMap(\.self)
    values["toolDefs"] = .list(definitions)
    values["tools"] = .list(zip(tools, known).filter { $1 == nil }.map(\.0))
  }

  /// Puts another value in the place of one that is there, such as a compiled schema.
  mutating func replaceMember(_ member: String, of field: String, with value: Value?) {
    guard var map = values[field]?.map, map[member] != nil else { return }
    map[member] = value
    values[field] = .map(map)
  }

  /// The same without `input`, which means nothing once a prompt is rendered.
  package var rendered: ValueMap {
    var rest = values
    rest["input"] = nil
    return rest
  }

  private static func merged(_ earlier: Value?, _ later: Value) -> Value {
    guard case .map(var map)? = earlier, case .map(let additions) = later else { return later }
    for (key, value) in additions.entries { map[key] = value }
    return .map(map)
  }
}

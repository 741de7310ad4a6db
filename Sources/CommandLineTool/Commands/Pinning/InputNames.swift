import Notation

/// The variables of an input schema, as Picoschema writes them, so that a changed lock shows what
/// callers have to change.
enum InputNames {
  /// Sorted; `name?` for what may be left out; empty where anything is taken.
  static func names(in schema: Value?) -> [String] {
    let required = Set((schema?["required"]?.list ?? []).compactMap(\.string))
    return (schema?["properties"]?.map?.keys ?? []).sorted().map { name in
      required.contains(name) ? name : "\(name)?"
    }
  }
}

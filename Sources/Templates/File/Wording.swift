import Notation

extension Value {
  /// The word by which messages call this kind of value.
  var kindName: String {
    switch self {
    case .null: "nothing"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a text"
    case .list: "a list"
    case .map: "a map"
    }
  }
}

extension [PathStep] {
  /// The path as people write it: `input.schema.tags[2]`.
  var dotted: String {
    var text = ""
    for step in self {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}

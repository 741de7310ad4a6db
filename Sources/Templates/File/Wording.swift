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

extension PlainReading {
  /// What a plain scalar of YAML is, in the middle of a sentence.
  var phrase: String {
    switch self {
    case .text: "a text"
    case .null: "nothing"
    case .bool(let bool): "\(bool)"
    case .number(let number): "the number \(JSON.text(.number(number)))"
    case .notFinite: "a number beyond all others"
    case .timestamp: "a date"
    case .merge: "a merge"
    case .defaultValue: "a default value"
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

package import Notation

/// A JSON Schema that remembers which line of the front matter each of its parts came from.
package struct CompiledSchema: Sendable {
  /// The JSON Schema.
  package let value: Value
  /// What was accepted although another reader of Dotprompt would not, or not so.
  package let notes: [PicoschemaNote]
  private let origins: [[PathStep]: [PathStep]]
  private let root: [PathStep]

  init(
    value: Value, origins: [[PathStep]: [PathStep]], root: [PathStep], notes: [PicoschemaNote]
  ) {
    self.value = value
    self.origins = origins
    self.root = root
    self.notes = notes
  }

  /// The path in the front matter of the part of `value` at this path.
  ///
  /// A part that has no line of its own, such as `additionalProperties: false` or the inside of
  /// a named schema, has the path of what it belongs to.
  package func source(of path: [PathStep]) -> [PathStep] {
    if origins.isEmpty { return root + path }
    var known = path
    while !known.isEmpty {
      if let origin = origins[known] { return origin }
      known.removeLast()
    }
    return root
  }
}

/// One place of a schema that deserves a remark.
package struct PicoschemaNote: Hashable, Sendable {
  /// What is remarkable.
  package enum Kind: Hashable, Sendable {
    /// `e: null`, which the references read as an empty object or not at all.
    case nullType
    /// JSON Schema that the references do not recognise as such.
    case unmarkedJSONSchema
    /// `e(enum, the (best) one)`: the description ends at the second parenthesis.
    case cutDescription
    /// `schema: any` at the top, which the references turn into `{"type": "any"}`.
    case anyAtTop
  }
  package let kind: Kind
  /// The path in the front matter.
  package let path: [PathStep]
}

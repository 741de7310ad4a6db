import Notation

/// One difference between two schemas, at one part of the values they describe.
struct SchemaChange: Hashable {
  enum Kind: Hashable {
    /// A property that only the new schema names.
    case propertyAdded(isRequired: Bool)
    /// The old schema let any value be under a name that the new one now has rules for.
    case propertyClaimed
    /// A property that only the old schema names.
    case propertyRemoved
    case becameRequired, becameOptional
    /// Properties without a name of their own are now allowed, or no longer.
    case opened, closed
    case type(Effect)
    case keyword(String, Effect)
  }

  let path: [PathStep]
  let kind: Kind
  /// What the old and the new schema say there; null where they say nothing.
  let before: Value
  let after: Value

  /// What the change does to the set of valid values.
  var effect: Effect {
    switch kind {
    case .propertyAdded(let isRequired): isRequired ? [.narrows, .widens] : .widens
    case .propertyClaimed, .becameRequired, .closed: .narrows
    case .propertyRemoved: [.narrows, .widens]
    case .becameOptional, .opened: .widens
    case .type(let effect), .keyword(_, let effect): effect
    }
  }
}

/// What a change may do to the set of values that are valid; neither means no difference.
struct Effect: OptionSet, Hashable {
  let rawValue: UInt8

  /// Some value that was valid may be no more.
  static let narrows = Effect(rawValue: 1)
  /// Some value that was not valid may now be.
  static let widens = Effect(rawValue: 2)
  /// What it does is not shown: it counts as breaking, and the reason says so.
  static let isDoubtful = Effect(rawValue: 4)
  /// It is not shown that it does either; it counts as both.
  static let unproven: Effect = [.narrows, .widens, .isDoubtful]

  /// The effect on what a schema excludes.
  var inverted: Effect {
    var inverted = intersection(.isDoubtful)
    if contains(.narrows) { inverted.insert(.widens) }
    if contains(.widens) { inverted.insert(.narrows) }
    return inverted
  }
}

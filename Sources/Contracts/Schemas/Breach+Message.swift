import Notation
import Patterns

extension Breach {
  /// What is wrong, as a sentence about the part of the value.
  var message: String {
    switch self {
    case .never: "nothing is allowed here"
    case .type(let types, let found):
      "must be \(Self.list(types.names)), not \(found.names.joined())"
    case .choice(_, let values): Self.choice(values)
    case .minimum(let bound): "must be at least \(Self.text(bound))"
    case .maximum(let bound): "must be at most \(Self.text(bound))"
    case .exclusiveMinimum(let bound): "must be more than \(Self.text(bound))"
    case .exclusiveMaximum(let bound): "must be less than \(Self.text(bound))"
    case .multipleOf(let unit): "must be a multiple of \(Self.text(unit))"
    case .minLength(let least): "must have at least \(Self.count(least, "character"))"
    case .maxLength(let most): "must have at most \(Self.count(most, "character"))"
    case .pattern(let source): "must match the pattern '\(source)'"
    case .format(let name): "must have the format '\(name)'"
    case .minItems(let least): "must have at least \(Self.count(least, "item"))"
    case .maxItems(let most): "must have at most \(Self.count(most, "item"))"
    case .uniqueItems: "must not have the same item twice"
    case .contains(let count, let found): Self.contains(count, found: found)
    case .rest, .unevaluatedItems: "is one item too many"
    case .minProperties(let least): "must have at least \(Self.count(least, "property"))"
    case .maxProperties(let most): "must have at most \(Self.count(most, "property"))"
    case .required(let name): "the property '\(name)' is missing"
    case .dependentRequired(let name, let other):
      "the property '\(name)' is missing, which '\(other)' asks for"
    case .additionalProperties(let name), .unevaluatedProperties(let name):
      "there is no property '\(name)'"
    case .propertyNames(let name): "'\(name)' is not a name that a property may have here"
    case .any(let count): "must fit at least one of \(count) alternatives, and fits none"
    case .one(let count, 0): "must fit exactly one of \(count) alternatives, and fits none"
    case .one(let count, let found):
      "must fit exactly one of \(count) alternatives, and fits \(found)"
    case .not: "must not fit the schema under 'not'"
    case .limit(let limit): limit.message
    case .json(let error):
      "line \(error.position.line), column \(error.position.column): \(error.message)"
    }
  }
}

extension Breach {
  /// Values of an `enum` that a message lists before it only counts the rest.
  private static let listedValues = 12

  private static func choice(_ values: [Value]) -> String {
    guard !values.isEmpty else { return "no value is allowed here" }
    let listed = values.prefix(listedValues).map { JSON.text($0) }
    let rest = values.count - listed.count
    return "must be " + list(listed + (rest > 0 ? ["one of \(rest) others"] : []))
  }

  private static func contains(_ count: CountRange, found: Int) -> String {
    let bound =
      found < count.least
      ? "at least \(Self.count(count.least, "item"))"
      : "at most \(Self.count(count.most ?? 0, "item"))"
    return "must have \(bound) that fit the schema under 'contains', and has \(found)"
  }

  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    let plural = noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
    return "\(count) \(count == 1 ? noun : String(plural))"
  }

  private static func text(_ number: Double) -> String { JSON.text(.number(number)) }
}

extension ValidationRun.Limit {
  fileprivate var message: String {
    switch self {
    case .depth: "is nested too deep to be checked (\(ValidationRun.depthLimit) schemas)"
    case .steps: "takes too long to check (\(ValidationRun.stepLimit) steps)"
    case .violations: "has more than \(ValidationRun.violationLimit) faults; the rest is not listed"
    case .pattern(let error): "cannot be checked: \(error.message)"
    }
  }
}

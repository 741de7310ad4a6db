package import Notation

extension Schema {
  /// What a text stands for where it is given for one property of an object: itself where the
  /// schema takes a text there, or else the JSON value that it spells.
  package func value(of text: String, for name: String) -> Value {
    // What is no JSON can only be a text.
    guard let spelt = try? JSON.parse(Array(text.utf8)) else { return .string(text) }
    let (asText, asSpelt) = (misfit(of: .string(text), for: name), misfit(of: spelt, for: name))
    return asText > asSpelt || asText == .kind ? spelt : .string(text)
  }

  /// How badly a value is out of place, the least first.
  private enum Misfit: Int, Comparable {
    case none, rule, alternatives, kind

    static func < (one: Misfit, other: Misfit) -> Bool { one.rawValue < other.rawValue }
  }

  private func misfit(of value: Value, for name: String) -> Misfit {
    violations(in: .map(ValueMap([(name, value)]))).filter { $0.steps.first == .key(name) }
      .map { violation in
        guard violation.steps.count == 1 else { return .rule }
        return switch violation.breach {
        case .type: .kind
        case .any, .one: .alternatives
        case _: .rule
        }
      }.max() ?? .none
  }
}

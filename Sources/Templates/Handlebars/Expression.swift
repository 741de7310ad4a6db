/// What may stand as an argument.
package indirect enum Expression: Hashable, Sendable {
  case path(TemplatePath)
  case string(String, Range<Int>)
  case number(Double, Range<Int>)
  case bool(Bool, Range<Int>)
  case null(Range<Int>)
  case undefined(Range<Int>)
  /// `(helper …)`
  case call(Call)

  /// Where it stands in the source, in bytes.
  package var range: Range<Int> {
    switch self {
    case .path(let path): path.range
    case .string(_, let range), .number(_, let range), .bool(_, let range): range
    case .null(let range), .undefined(let range): range
    case .call(let call): call.range
    }
  }
}

/// A variable as written: `a.b`, `../a`, `@index`, `this`, `[odd name]`.
package struct TemplatePath: Hashable, Sendable {
  /// Where the first step is looked for.
  package enum Root: Hashable, Sendable {
    /// The context, or the one `depth` contexts around it.
    case context
    /// The `@` variables.
    case data
  }

  package let root: Root
  /// How many `../` stand in front.
  package let depth: Int
  package let steps: [Step]
  /// Whether it begins with `.`, `..` or `this` and so never names a helper or a block parameter.
  package let isScoped: Bool
  /// The path as Handlebars spells it; opening and closing tags are compared by it.
  package let spelling: String
  package let range: Range<Int>

  /// One name of a path.
  package struct Step: Hashable, Sendable {
    package let name: String
    package let range: Range<Int>
  }

  /// The name, when the path is one bare name that a helper or a block parameter may carry.
  package var simpleName: String? {
    guard root == .context, !isScoped, steps.count == 1 else { return nil }
    return steps[0].name
  }
}

/// One node of a template's tree; every node knows the bytes it was read from.
package enum TemplateNode: Sendable {
  /// Literal text, a place in `Template.texts`.
  case text(Int)
  case comment(Comment)
  /// `{{x}}`, `{{{x}}}`, `{{&x}}` and calls of helpers.
  indirect case mustache(Mustache)
  /// `{{#x}}…{{/x}}`, `{{^x}}…{{/x}}` and `{{{{x}}}}…{{{{/x}}}}`.
  indirect case block(Block)
  /// `{{> name}}` and `{{#> name}}…{{/name}}`.
  indirect case partial(Partial)
  /// `{{#*inline "name"}}…{{/inline}}`.
  indirect case inline(InlinePartial)
}

/// Literal text: what stands in the source, and what remains of it after `~` and lone tags.
package struct TemplateText: Hashable, Sendable {
  package let original: Range<Int>
  package private(set) var kept: Range<Int>
  private(set) var isTrimmedAtStart = false
  private(set) var isTrimmedAtEnd = false

  enum End { case start, end }

  init(_ range: Range<Int>) {
    original = range
    kept = range
  }

  /// Keeps less of the text; the last trimming of an end counts.
  mutating func trim(_ rest: Range<Int>, _ end: End) {
    switch end {
    case .start: isTrimmedAtStart = rest != kept
    case .end: isTrimmedAtEnd = rest != kept
    }
    kept = rest
  }
}

/// Whether a tag strips the white space before it (`{{~`) and after it (`~}}`).
package struct Strip: Hashable, Sendable {
  package var before = false
  package var after = false
}

/// A tag that prints nothing.
package struct Comment: Hashable, Sendable {
  package let range: Range<Int>
  package let strip: Strip
}

/// A name and what it is given: `name a b key=c`.
package struct Call: Hashable, Sendable {
  package let range: Range<Int>
  /// The called helper or the read variable; a literal counts as the variable of that name.
  package let callee: TemplatePath
  package let parameters: [Expression]
  package let hash: [HashArgument]

  /// Whether only a helper can be meant.
  package var hasArguments: Bool { !parameters.isEmpty || !hash.isEmpty }
}

/// `key=value` in a call.
package struct HashArgument: Hashable, Sendable {
  package let name: String
  package let value: Expression
  package let range: Range<Int>
}

/// A tag that prints a value or calls a helper.
package struct Mustache: Hashable, Sendable {
  /// Whether a dialect that escapes does so here.
  package enum Form: Hashable, Sendable { case plain, unescaped }

  package let range: Range<Int>
  package let call: Call
  package let form: Form
  package let strip: Strip
}

/// Nodes between two tags.
package struct Branch: Sendable {
  package let range: Range<Int>
  package let nodes: [TemplateNode]
  /// `as |item index|` of the tag before the branch.
  package let parameters: [BlockParameter]
  /// Whether the branch is one `{{else helper …}}`, whose block is the only node.
  package let isChained: Bool
}

/// One name of `as |item index|`.
package struct BlockParameter: Hashable, Sendable {
  package let name: String
  package let range: Range<Int>
}

/// A block and its branches.
package struct Block: Sendable {
  /// How the block was opened.
  package enum Form: Hashable, Sendable {
    /// `{{#x}}` or `{{else x}}`
    case section
    /// `{{^x}}`
    case inverted
    /// `{{{{x}}}}`: the inside is text.
    case raw
  }

  package let range: Range<Int>
  /// The tag that opens the block.
  package let opening: Range<Int>
  package let form: Form
  package let call: Call
  /// Rendered when the condition holds, for each item, and so on.
  package let body: Branch?
  /// Rendered otherwise.
  package let inverse: Branch?
}

/// An included template.
package struct Partial: Sendable {
  /// How the included template is named.
  package enum Name: Hashable, Sendable {
    case fixed(String)
    /// `(lookup . "which")`: known while rendering.
    case dynamic(Expression)
  }

  package let range: Range<Int>
  package let opening: Range<Int>
  package let name: Name
  package let nameRange: Range<Int>
  /// At most one: what the partial sees as its context.
  package let context: Expression?
  package let hash: [HashArgument]
  /// What stands inside `{{#> name}}…{{/name}}`.
  package let block: Branch?
  package let strip: Strip
  /// White space before a partial that stands alone on its line.
  package internal(set) var indentation: Range<Int>?
}

/// A partial defined inside a template.
package struct InlinePartial: Sendable {
  package let range: Range<Int>
  package let opening: Range<Int>
  package let name: Expression
  package let body: Branch
}

extension TemplateNode {
  /// The nodes inside, in the order of rendering: body, then inverse.
  package var branches: [Branch] {
    switch self {
    case .text, .comment, .mustache: []
    case .block(let block): [block.body, block.inverse].compactMap { $0 }
    case .partial(let partial): partial.block.map { [$0] } ?? []
    case .inline(let inline): [inline.body]
    }
  }

  /// Notes the white space before a partial that stands alone; nothing for other nodes.
  mutating func indent(_ indentation: Range<Int>) {
    guard case .partial(var partial) = self, partial.block == nil else { return }
    partial.indentation = indentation
    self = .partial(partial)
  }
}

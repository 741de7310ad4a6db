extension Template {
  /// Calls `body` with every node, outer before inner, in the order of the source.
  package func forEachNode(_ body: (TemplateNode) -> Void) {
    Self.visit(nodes, body)
  }

  private static func visit(_ nodes: [TemplateNode], _ body: (TemplateNode) -> Void) {
    for node in nodes {
      body(node)
      for branch in node.branches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        visit(branch.nodes, body)
      }
    }
  }

  /// The partials that the template names, in the order of the source.
  package var includes: [TemplateInclude] {
    var walk = IncludeWalk(everywhere: inlineNames)
    walk.visit(nodes, outer: [])
    return walk.found
  }

  /// The partials that the template defines itself.
  private var inlineNames: Set<String> {
    var names: Set<String> = []
    forEachNode { node in
      if let name = node.inlineName { names.insert(name) }
    }
    return names
  }
}

/// Finds what a template includes; a partial defined in a block exists in that block alone.
private struct IncludeWalk {
  /// The names that the template defines somewhere.
  let everywhere: Set<String>
  private(set) var found: [TemplateInclude] = []

  init(everywhere: Set<String>) { self.everywhere = everywhere }

  mutating func visit(_ nodes: [TemplateNode], outer: Set<String>) {
    let defined = outer.union(nodes.compactMap(\.inlineName))
    for node in nodes {
      if case .partial(let partial) = node { note(partial, defined) }
      for branch in node.branches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        visit(branch.nodes, outer: defined)
      }
    }
  }

  private mutating func note(_ partial: Partial, _ defined: Set<String>) {
    let given = defined.union(partial.block?.nodes.compactMap(\.inlineName) ?? [])
    var include = TemplateInclude(target: .dynamic, in: partial, inlines: given)
    if case .fixed(let name) = partial.name {
      if name == TemplateInclude.partialBlock { return }
      let isInline = defined.contains(name)
      include.target = isInline ? .inline(name) : .partial(name)
      // Where an inline partial is called, names may mean something that no source shows.
      if !isInline, everywhere.contains(name) { include.hasFallback = true }
    }
    found.append(include)
  }
}

extension TemplateNode {
  /// The name of the partial that the node defines.
  fileprivate var inlineName: String? {
    guard case .inline(let inline) = self, case .string(let name, _) = inline.name else {
      return nil
    }
    return name
  }
}

/// One `{{> …}}` of a template.
package struct TemplateInclude: Hashable, Sendable {
  /// What is included.
  package enum Target: Hashable, Sendable {
    /// Another file.
    case partial(String)
    /// A partial that this template defines around the tag.
    case inline(String)
    /// Whatever an expression names while rendering.
    case dynamic
  }

  package fileprivate(set) var target: Target
  /// The name or the expression.
  package let range: Range<Int>
  /// Whether something stands in when the partial is missing: a block, or perhaps a definition.
  package fileprivate(set) var hasFallback: Bool
  /// The partials defined in this template that the included one can use.
  let inlines: Set<String>

  /// The name under which a partial reaches the block it was called with.
  static let partialBlock = "@partial-block"

  fileprivate init(target: Target, in partial: Partial, inlines: Set<String>) {
    self.target = target
    self.inlines = inlines
    range = partial.nameRange
    hasFallback = partial.block != nil
  }
}

extension Call {
  /// The call and those inside its arguments, outer before inner.
  package var all: [Call] {
    [self] + (parameters + hash.map(\.value)).flatMap(\.calls)
  }
}

extension Expression {
  /// The sub-expressions in it.
  package var calls: [Call] {
    switch self {
    case .call(let call): call.all
    case .path, .string, .number, .bool, .null, .undefined: []
    }
  }
}

extension TemplateNode {
  /// The calls of the node's own tag, with those inside them.
  package var calls: [Call] {
    switch self {
    case .text, .comment: []
    case .mustache(let mustache): mustache.call.all
    case .block(let block): block.call.all
    case .partial(let partial): partial.arguments.flatMap(\.calls)
    case .inline(let inline): inline.name.calls
    }
  }
}

extension Partial {
  /// The name when it is an expression, the context and the values of the hash.
  package var arguments: [Expression] {
    let given = (context.map { [$0] } ?? []) + hash.map(\.value)
    guard case .dynamic(let name) = name else { return given }
    return [name] + given
  }
}

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
    let inlines = inlineNames
    var includes: [TemplateInclude] = []
    forEachNode { node in
      guard case .partial(let partial) = node else { return }
      guard case .fixed(let name) = partial.name else {
        includes.append(TemplateInclude(target: .dynamic, in: partial))
        return
      }
      if name == TemplateInclude.partialBlock { return }
      let target = inlines.contains(name) ? TemplateInclude.Target.inline(name) : .partial(name)
      includes.append(TemplateInclude(target: target, in: partial))
    }
    return includes
  }

  /// The partials that the template defines itself.
  var inlineNames: Set<String> {
    var names: Set<String> = []
    forEachNode { node in
      guard case .inline(let inline) = node, case .string(let name, _) = inline.name else { return }
      names.insert(name)
    }
    return names
  }
}

/// One `{{> …}}` of a template.
package struct TemplateInclude: Hashable, Sendable {
  /// What is included.
  package enum Target: Hashable, Sendable {
    /// Another file.
    case partial(String)
    /// A partial that this template defines somewhere.
    case inline(String)
    /// Whatever an expression names while rendering.
    case dynamic
  }

  package let target: Target
  /// The name or the expression.
  package let range: Range<Int>
  /// Whether a block stands in when the partial is missing.
  package let hasFallback: Bool

  /// The name under which a partial reaches the block it was called with.
  static let partialBlock = "@partial-block"

  init(target: Target, in partial: Partial) {
    self.target = target
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

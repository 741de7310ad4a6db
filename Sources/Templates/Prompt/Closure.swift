/// The partials that a template includes, directly and through others, known without rendering.
package struct Closure: Sendable {
  /// The names, each once, in the order in which a reader of the sources meets them.
  package let names: [String]
  /// What was read for each name.
  package let partials: [String: Template]
  /// Includes of partials that do not exist and have no failover block.
  package let missing: [Inclusion]
  /// Includes whose name is only known while rendering, where nobody listed the candidates.
  package let dynamic: [Inclusion]

  /// One tag that includes a partial.
  package struct Inclusion: Sendable {
    /// The name of the partial; nil where it is computed.
    package let name: String?
    /// The template in which the tag stands.
    package let template: Template
    /// The name within the tag.
    package let range: Range<Int>
    /// The same in the including template: the tag that leads, through others, to this one.
    package let tag: Range<Int>
  }

  /// Walks the includes of a template.
  ///
  /// `candidates` are the partials that a dynamic include may choose from (`stet.includes`);
  /// `load` reads a partial by name, and gives nil where there is none.
  package init(
    of template: Template, candidates: [String]?,
    load: (String) throws(PromptError) -> Template?
  ) throws(PromptError) {
    var walk = ClosureWalk(candidates: candidates)
    try walk.visit(template, inlines: [], load: load)
    names = walk.names
    partials = walk.partials
    missing = walk.missing
    dynamic = walk.dynamic
  }
}

/// The state of one walk over the includes.
private struct ClosureWalk {
  typealias Load = (String) throws(PromptError) -> Template?

  /// A partial read with the inline partials that its includer defines for it.
  private struct Visit: Hashable {
    let name: String
    let inlines: Set<String>
  }

  let candidates: [String]?
  var names: [String] = []
  var partials: [String: Template] = [:]
  var missing: [Closure.Inclusion] = []
  var dynamic: [Closure.Inclusion] = []
  private var visited: Set<Visit> = []
  /// The include of the first template that is being followed.
  private var tag: Range<Int>?

  init(candidates: [String]?) { self.candidates = candidates }

  mutating func visit(
    _ template: Template, inlines: Set<String>, load: Load
  ) throws(PromptError) {
    let isOutermost = tag == nil
    for include in template.includes {
      if isOutermost { tag = include.range }
      defer { if isOutermost { tag = nil } }
      let origin = Origin(template: template, inlines: inlines.union(include.inlines))
      switch include.target {
      case .inline: break
      case .partial(let name):
        guard !inlines.contains(name) else { continue }
        try follow(name, include, origin, load)
      case .dynamic:
        guard let candidates else {
          dynamic.append(inclusion(nil, include, template))
          continue
        }
        for name in candidates {
          try follow(name, include, origin, load)
        }
      }
    }
  }

  /// Where an include stands, and the inline partials that what it includes can use.
  private struct Origin {
    let template: Template
    let inlines: Set<String>
  }

  private mutating func follow(
    _ name: String, _ include: TemplateInclude, _ origin: Origin, _ load: Load
  ) throws(PromptError) {
    let visit = Visit(name: name, inlines: origin.inlines)
    guard visited.insert(visit).inserted else { return }
    var found = partials[name]
    if found == nil { found = try load(name) }
    guard let partial = found else {
      if !include.hasFallback { missing.append(inclusion(name, include, origin.template)) }
      return
    }
    if partials.updateValue(partial, forKey: name) == nil { names.append(name) }
    try self.visit(partial, inlines: origin.inlines, load: load)
  }

  private func inclusion(
    _ name: String?, _ include: TemplateInclude, _ template: Template
  ) -> Closure.Inclusion {
    Closure.Inclusion(
      name: name, template: template, range: include.range, tag: tag ?? include.range)
  }
}

/// One place where a template, or a partial it includes, reads an input.
package struct TemplateReference: Hashable, Sendable {
  /// Whose value is read.
  package enum Source: Hashable, Sendable {
    /// The prompt's variables.
    case variables
    /// The `@` variables that the caller gives as context.
    case context
  }

  /// One step from the whole input to what is read.
  package enum Step: Hashable, Sendable {
    case key(String)
    /// Any member of a list or a map.
    case item
    /// Inside `{{#x}}`: the members of a list, or the value itself.
    case itemOrSelf
  }

  /// What the template does with the value.
  package enum Use: Hashable, Sendable {
    case printed, json, tested, iterated, entered, compared, passed
  }

  package let source: Source
  package let steps: [Step]
  package let use: Use
  /// The file that holds the expression.
  package let template: String
  package let range: Range<Int>
  /// What the including template has in the place of this: the same range, or the outermost tag
  /// that leads to the partial.
  package let tag: Range<Int>
}

extension TemplateReference: CustomStringConvertible {
  /// `items[].name`; `@user.name` for a context variable; `this` for the whole input.
  package var description: String {
    var text = source == .context ? "@" : ""
    for step in steps {
      switch step {
      case .key(let name): text += (text.isEmpty || text == "@" ? "" : ".") + name
      case .item: text += "[]"
      case .itemOrSelf: text += "[?]"
      }
    }
    return text.isEmpty ? "this" : text
  }
}

/// What a template reads, as far as that could be followed.
package struct TemplateReads: Sendable {
  /// In the order of reading.
  package let references: [TemplateReference]
  /// Whether all was followed; partials that multiply one another are at some point not.
  package let isComplete: Bool

  /// The variables of the prompt, each once, in the order of reading.
  package var variables: [String] {
    var seen: Set<String> = []
    return references.compactMap { reference in
      guard reference.source == .variables, case .key(let name)? = reference.steps.first else {
        return nil
      }
      return seen.insert(name).inserted ? name : nil
    }
  }
}

extension Template {
  /// What this template reads, in the order of reading; partials are not followed.
  package var references: [TemplateReference] { references(partials: [:]) }

  /// What this template and the given partials read together when it is rendered.
  package func references(partials: [String: Template]) -> [TemplateReference] {
    reads(partials: partials).references
  }

  /// What this template and the given partials read together when it is rendered.
  ///
  /// Blocks and block parameters are followed as far as the tree tells; a dynamic partial may be
  /// any of `candidates`.
  package func reads(
    partials: [String: Template], candidates: [String] = []
  ) -> TemplateReads {
    var walk = ReferenceWalk(template: self, partials: partials, candidates: candidates)
    walk.visit(nodes, in: ReferenceScope(place: .input(.variables, [])))
    return TemplateReads(references: walk.found, isComplete: walk.isComplete)
  }
}
